package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.ControllerMaker;
import io.github.ntm4j.machines.layer.FeedForwardController;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.MachineState;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;

/**
 * The Neural Turing Machine of Graves, Wayne and Danihelka 2014 (arXiv 1410.5401): a {@link MemoryMachine} of an
 * {@link NtmMemory}, as its settings want it, and of LSTM or feed-forward layers or a controller of one's own.
 *
 * @param <C> the controller's state
 */
public final class NtmMachine<C extends State> implements StepMachine<MachineState<C, NtmMemoryState>> {
    private final NtmConfig config;
    private final MemoryMachine<C, NtmMemoryState> parts;

    private NtmMachine(NtmConfig config, int inputs, int outputs, Parameters parameters, Controller<C> controller) {
        this.config = config;
        Signals signals = new Signals();
        Signal content = signals.store("memory", config.memory().rows(), config.memory().width()).detail();
        Heads heads = new Heads(
                parameters,
                signals,
                content,
                controller.size(),
                new HeadSettings(
                        config.memory().width(),
                        config.memory().readHeads(),
                        config.memory().writeHeads(),
                        config.memory().shiftRange(),
                        config.heads().order() == NtmConfig.HeadOrder.READ_FIRST,
                        config.heads().writeAddressing() == NtmConfig.WriteAddressing.TOGETHER,
                        config.heads().keyActivation().activation(),
                        config.heads().addActivation().activation(),
                        config.heads().strengthActivation().strength(),
                        config.heads().strengthActivation().sharpening(),
                        config.heads().shiftActivation().activation(),
                        config.heads().parameterClip(),
                        config.readStart(),
                        config.writeStart()),
                config.weights().initialisation());
        OutputLayer output = new OutputLayer(
                parameters, controller.size() + heads.readWidth(), outputs, config.outputClip(), config.weights().initialisation());
        NtmMemory memory = new NtmMemory(
                parameters,
                content,
                heads,
                new MemoryStart(
                        config.memory().rows(),
                        config.start().memory(),
                        config.start().memoryValue(),
                        config.start().weighting(),
                        config.start().read()));
        this.parts = new MemoryMachine<>(parameters, signals, inputs, controller, memory, output);
    }

    static NtmMachine<?> of(NtmConfig config, Parameters parameters, int inputs, int outputs) {
        return switch (config.type()) {
            case NTM_LSTM -> of(
                    config,
                    parameters,
                    inputs,
                    outputs,
                    (place, width) -> new LstmController(
                            place,
                            "controller.lstm",
                            width,
                            config.controller().size(),
                            config.controller().layers(),
                            config.start().controller(),
                            config.weights().forgetBias(),
                            config.weights().initialisation()));
            case NTM_FF -> of(
                    config,
                    parameters,
                    inputs,
                    outputs,
                    (place, width) -> new FeedForwardController(
                            place,
                            "controller.layer",
                            width,
                            config.controller().size(),
                            config.controller().layers(),
                            config.controller().activation().activation(),
                            config.weights().initialisation()));
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
        return of(config, new Parameters(), inputs, outputs, controller);
    }

    private static <C extends State> NtmMachine<C> of(
            NtmConfig config, Parameters parameters, int inputs, int outputs, ControllerMaker<C> controller) {
        int width = inputs + config.memory().readHeads() * config.memory().width();
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
    public Signals signals() {
        return parts.signals();
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
