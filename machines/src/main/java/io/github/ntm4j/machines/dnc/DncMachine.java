package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Dropout;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.AddressingSettings.Clip;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.DeepLstmController;
import io.github.ntm4j.machines.layer.FeedForwardController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.MachineState;
import io.github.ntm4j.machines.signal.Signals;
import java.util.List;

/**
 * The Differentiable Neural Computer of Graves et al. 2016: a controller that sees the input and what was read in the step before, the memory
 * ({@link Dnc}), and an output that sees the controller and what is read in this step.
 *
 * @param <C> the controller's state
 */
public final class DncMachine<C extends State> implements StepMachine<MachineState<C, DncState>> {
    private final DncConfig config;
    private final Parameters parameters;
    private final Signals signals = new Signals();
    private final int inputs;
    private final Controller<C> controller;
    private final Dnc memory;
    private final OutputLayer output;

    private DncMachine(DncConfig config, int inputs, int outputs, Parameters parameters, Controller<C> controller) {
        this.config = config;
        this.parameters = parameters;
        this.inputs = inputs;
        this.controller = controller;
        this.memory = new Dnc(parameters, signals, controller.size(), config);
        double limit = config.addressing().clip() == Clip.STATE ? config.addressing().clipValue() : 0;
        this.output = new OutputLayer(
                parameters, controller.size() + memory.readWidth(), outputs, limit, config.controller().weightInitialisation());
    }

    /**
     * A machine whose parameters are all zero.
     *
     * @param config the settings
     * @param parameters where to declare them
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the machine
     */
    static DncMachine<?> of(DncConfig config, Parameters parameters, int inputs, int outputs) {
        ControllerSettings settings = config.controller();
        int width = inputs + config.store().readHeads() * config.store().width();
        return switch (settings.controller()) {
            case LSTM -> new DncMachine<>(
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
            case FEED_FORWARD -> new DncMachine<>(
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

    private static DeepLstmController.Limits limits(DncConfig config) {
        double limit = config.addressing().clipValue();
        Clip clip = config.addressing().clip();
        return new DeepLstmController.Limits(
                clip == Clip.STATE ? limit : 0, clip == Clip.HIDDEN ? limit : 0, config.controller().controllerGradientClip());
    }

    /**
     * The settings.
     *
     * @return what this machine was built from
     */
    public DncConfig config() {
        return config;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return output.outputs();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Signals signals() {
        return signals;
    }

    @Override
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        controller.initialise(random);
        memory.initialise(random);
        output.initialise(random);
        memory.initialiseState(random);
    }

    @Override
    public MachineState<C, DncState> initialState(Tape tape, int batch) {
        return new MachineState<>(controller.initialState(tape, batch), memory.initialState(tape, batch));
    }

    @Override
    public Step<MachineState<C, DncState>> step(Tape tape, Tensor input, MachineState<C, DncState> last) {
        Step<C> control = controller.step(tape, List.of(input, fed(tape, last.memory().reads())), last.controller()); // eq. 1
        DncState after = memory.step(tape, control.output(), last.memory()); // eq. 2 to 12
        Tensor logits = output.of(tape, List.of(bypass(tape, control.output()), after.reads())); // eq. 13
        return new Step<>(logits, new MachineState<>(control.state(), after));
    }

    /** What the output sees of the controller: in training some of it is left out, so that it has to be read from the memory. */
    private Tensor bypass(Tape tape, Tensor hidden) {
        double dropout = config.controller().bypassDropout();
        return dropout == 0
                ? hidden
                : Dropout.of(tape, hidden, Noise.dropout(tape, hidden.batch(), hidden.lines(), hidden.size(), (float) (1 - dropout)));
    }

    private Tensor fed(Tape tape, Tensor reads) {
        return config.controller().feedReads() ? reads : Constant.of(tape, reads.batch(), 1, new float[memory.readWidth()]);
    }
}
