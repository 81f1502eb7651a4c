package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.Controller;
import io.github.ntm4j.core.layer.FeedForwardController;
import io.github.ntm4j.core.layer.LstmController;
import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.core.memory.Access;
import io.github.ntm4j.core.memory.HeadSettings;
import io.github.ntm4j.core.memory.Heads;
import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/**
 * The Neural Turing Machine of Graves, Wayne and Danihelka 2014 (arXiv 1410.5401): a controller that reads and writes a memory through
 * heads.
 *
 * @param <C> the controller's state
 */
public final class NtmMachine<C extends State> implements Machine<NtmState<C>> {
    private final NtmConfig config;
    private final int inputs;
    private final Parameters parameters;
    private final Controller<C> controller;
    private final Heads heads;
    private final InitialMemoryState initial;
    private final Matrix output;

    private NtmMachine(NtmConfig config, int inputs, int outputs, Parameters parameters, Controller<C> controller) {
        this.config = config;
        this.inputs = inputs;
        this.parameters = parameters;
        this.controller = controller;
        this.heads = new Heads(
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
                        config.parameterClip(),
                        config.readStart(),
                        config.writeStart()));
        this.output = parameters.addMatrix("output", controller.size() + config.readHeads() * config.width(), 1, outputs);
        parameters.declareWeights("output.weight", output, 0, output.inputs(), 0, outputs);
        parameters.declareBias("output.bias", output, 0, outputs);
        this.initial = new InitialMemoryState(parameters, config, heads.banks());
    }

    static NtmMachine<?> of(NtmConfig config, int inputs, int outputs) {
        Parameters parameters = new Parameters();
        int width = inputs + config.readHeads() * config.width();
        return switch (config.type()) {
            case NTM_LSTM -> new NtmMachine<>(
                    config,
                    inputs,
                    outputs,
                    parameters,
                    new LstmController(
                            parameters,
                            "controller.lstm",
                            width,
                            config.controllerSize(),
                            config.controllerLayers(),
                            config.initialController(),
                            config.forgetBias(),
                            config.weightInitialisation()));
            case NTM_FF -> new NtmMachine<>(
                    config,
                    inputs,
                    outputs,
                    parameters,
                    new FeedForwardController(
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
     * The settings.
     *
     * @return what this machine was built from
     */
    public NtmConfig config() {
        return config;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return output.groupSize();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        controller.initialise(random);
        heads.initialise(config.weightInitialisation(), random);
        config.weightInitialisation().fill(output, parameters.values(), random);
        initial.initialise(random);
    }

    @Override
    public NtmState<C> initialState(Tape tape, int batch) {
        C control = controller.initialState(tape, batch);
        Tensor memory = initial.memory(tape, batch);
        tape.name("memory_before", memory);
        return new NtmState<>(
                control,
                memory,
                initial.weightings(tape, batch),
                initial.reads(tape, batch));
    }

    @Override
    public Step<NtmState<C>> step(Tape tape, Tensor input, NtmState<C> state) {
        Step<C> control = controller.step(tape, List.of(input, state.reads()), state.controller());
        Tensor hidden = control.output();
        Tensor emitted = heads.emit(tape, hidden);
        Access access = heads.access(tape, emitted, state.memory(), state.weightings());
        tape.name("memory", access.memory());
        Tensor logits = Linear.of(tape, output, List.of(hidden, access.reads()));
        Tensor clipped = config.outputClip() > 0 ? Clip.of(tape, logits, (float) config.outputClip()) : logits;
        return new Step<>(clipped, new NtmState<>(control.state(), access.memory(), access.weightings(), access.reads()));
    }
}
