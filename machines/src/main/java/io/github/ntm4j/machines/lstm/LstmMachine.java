package io.github.ntm4j.machines.lstm;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.Step;
import java.util.List;

/** The baseline: stacked LSTM layers and a linear output, {@code y = W h + b}. */
public final class LstmMachine implements StepMachine<LstmController.Layers> {
    private final Parameters parameters;
    private final int inputs;
    private final LstmController controller;
    private final OutputLayer output;

    LstmMachine(LstmConfig config, Parameters parameters, int inputs, int outputs) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.controller = new LstmController(
                parameters,
                "controller.lstm",
                inputs,
                config.controllerSize(),
                config.controllerLayers(),
                config.initialController(),
                config.forgetBias(),
                config.weightInitialisation());
        this.output = new OutputLayer(parameters, config.controllerSize(), outputs, 0, config.weightInitialisation());
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
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        controller.initialise(random);
        output.initialise(random);
    }

    @Override
    public LstmController.Layers initialState(Tape tape, int batch) {
        return controller.initialState(tape, batch);
    }

    @Override
    public Step<LstmController.Layers> step(Tape tape, Tensor input, LstmController.Layers state) {
        Step<LstmController.Layers> control = controller.step(tape, List.of(input), state);
        return new Step<>(output.of(tape, List.of(control.output())), control.state());
    }
}
