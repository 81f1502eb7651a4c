package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.dnc.AddressingSettings.Clip;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.DeepLstmController;
import io.github.ntm4j.machines.layer.FeedForwardController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.signal.Signals;

/**
 * The Differentiable Neural Computer of Graves et al. 2016: a controller that sees the input and what was read in the step before, the memory
 * ({@link Dnc}), and an output that sees the controller and what is read in this step.
 */
final class DncMachine {
    private DncMachine() {}

    /**
     * A machine whose parameters are all zero.
     *
     * @param config the settings
     * @param parameters where to declare them
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the machine
     */
    static MemoryMachine<?, DncState> of(DncConfig config, Parameters parameters, int inputs, int outputs) {
        ControllerSettings settings = config.controller();
        int width = inputs + config.store().readHeads() * config.store().width();
        return switch (settings.controller()) {
            case LSTM -> of(
                    config,
                    inputs,
                    outputs,
                    parameters,
                    new DeepLstmController(
                            parameters,
                            "controller.lstm",
                            width,
                            settings.controllerSize(),
                            settings.controllerLayers(),
                            settings.forgetBias(),
                            limits(config),
                            settings.weightInitialisation()));
            case FEED_FORWARD -> of(
                    config,
                    inputs,
                    outputs,
                    parameters,
                    new FeedForwardController(
                            parameters,
                            "controller.layer",
                            width,
                            settings.controllerSize(),
                            settings.controllerLayers(),
                            settings.controllerActivation().activation(),
                            settings.weightInitialisation()));
        };
    }

    private static <C extends State> MemoryMachine<C, DncState> of(
            DncConfig config, int inputs, int outputs, Parameters parameters, Controller<C> controller) {
        ControllerSettings settings = config.controller();
        Signals signals = new Signals();
        Dnc memory = new Dnc(parameters, signals, controller.size(), config);
        double limit = config.addressing().clip() == Clip.STATE ? config.addressing().clipValue() : 0;
        OutputLayer output = new OutputLayer(
                parameters, controller.size() + memory.readWidth(), outputs, limit, settings.weightInitialisation());
        return new MemoryMachine<>(
                parameters,
                signals,
                inputs,
                settings.feedReads() ? controller : new UnfedController<>(controller),
                memory,
                output.leavingOut(settings.bypassDropout()));
    }

    private static DeepLstmController.Limits limits(DncConfig config) {
        double limit = config.addressing().clipValue();
        Clip clip = config.addressing().clip();
        return new DeepLstmController.Limits(
                clip == Clip.STATE ? limit : 0, clip == Clip.HIDDEN ? limit : 0, config.controller().controllerGradientClip());
    }
}
