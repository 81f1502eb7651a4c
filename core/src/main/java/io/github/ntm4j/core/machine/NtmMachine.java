package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.Controller;
import io.github.ntm4j.core.layer.ControllerMaker;
import io.github.ntm4j.core.layer.FeedForwardController;
import io.github.ntm4j.core.layer.LstmController;
import io.github.ntm4j.core.layer.OutputLayer;
import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.core.memory.HeadSettings;
import io.github.ntm4j.core.memory.Heads;
import io.github.ntm4j.core.memory.MemoryStart;
import io.github.ntm4j.core.memory.NtmMemory;
import io.github.ntm4j.core.memory.NtmMemoryState;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The Neural Turing Machine of Graves, Wayne and Danihelka 2014 (arXiv 1410.5401): a {@link MemoryMachine} of an
 * {@link NtmMemory}, as its settings want it, and of LSTM or feed-forward layers or a controller of one's own.
 *
 * @param <C> the controller's state
 */
public final class NtmMachine<C extends State> implements Machine<MachineState<C, NtmMemoryState>> {
    private final NtmConfig config;
    private final MemoryMachine<C, NtmMemoryState> parts;

    private NtmMachine(NtmConfig config, int inputs, int outputs, Parameters parameters, Controller<C> controller) {
        this.config = config;
        Heads heads = new Heads(
                parameters,
                controller.size(),
                new HeadSettings(
                        config.width(),
                        config.readHeads(),
                        config.writeHeads(),
                        config.shiftRange(),
                        config.headOrder() == NtmConfig.HeadOrder.READ_FIRST,
                        config.writeAddressing() == NtmConfig.WriteAddressing.TOGETHER,
                        config.keyActivation().activation(),
                        config.addActivation().activation(),
                        config.strengthActivation().strength(),
                        config.strengthActivation().sharpening(),
                        config.shiftActivation().activation(),
                        config.parameterClip(),
                        config.readStart(),
                        config.writeStart()),
                config.weightInitialisation());
        OutputLayer output = new OutputLayer(
                parameters, controller.size() + heads.readWidth(), outputs, config.outputClip(), config.weightInitialisation());
        NtmMemory memory = new NtmMemory(
                parameters,
                heads,
                new MemoryStart(
                        config.rows(),
                        config.initialMemory(),
                        config.initialMemoryValue(),
                        config.initialWeighting(),
                        config.initialRead()));
        this.parts = new MemoryMachine<>(parameters, inputs, controller, memory, output);
    }

    static NtmMachine<?> of(NtmConfig config, int inputs, int outputs) {
        return switch (config.type()) {
            case NTM_LSTM -> of(
                    config,
                    inputs,
                    outputs,
                    (parameters, width) -> new LstmController(
                            parameters,
                            "controller.lstm",
                            width,
                            config.controllerSize(),
                            config.controllerLayers(),
                            config.initialController(),
                            config.forgetBias(),
                            config.weightInitialisation()));
            case NTM_FF -> of(
                    config,
                    inputs,
                    outputs,
                    (parameters, width) -> new FeedForwardController(
                            parameters,
                            "controller.layer",
                            width,
                            config.controllerSize(),
                            config.controllerLayers(),
                            config.controllerActivation().activation(),
                            config.weightInitialisation()));
        };
    }

    /**
     * A Neural Turing Machine with a controller of one's own; its parameters are all zero.
     *
     * @param config the settings; those of the controller mean nothing here
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @param controller makes the controller, which sees {@code inputs + read heads * width} floats
     * @param <C> the controller's state
     * @return the machine
     */
    public static <C extends State> NtmMachine<C> of(NtmConfig config, int inputs, int outputs, ControllerMaker<C> controller) {
        Parameters parameters = new Parameters();
        int width = inputs + config.readHeads() * config.width();
        return new NtmMachine<>(config, inputs, outputs, parameters, controller.make(parameters, width));
    }

    /**
     * The settings.
     *
     * @return what this machine was built from
     */
    public NtmConfig config() {
        return config;
    }

    @Override
    public int inputs() {
        return parts.inputs();
    }

    @Override
    public int outputs() {
        return parts.outputs();
    }

    @Override
    public Parameters parameters() {
        return parts.parameters();
    }

    @Override
    public void initialise(long seed) {
        parts.initialise(seed);
    }

    @Override
    public MachineState<C, NtmMemoryState> initialState(Tape tape, int batch) {
        return parts.initialState(tape, batch);
    }

    @Override
    public Step<MachineState<C, NtmMemoryState>> step(Tape tape, Tensor input, MachineState<C, NtmMemoryState> state) {
        return parts.step(tape, input, state);
    }
}
