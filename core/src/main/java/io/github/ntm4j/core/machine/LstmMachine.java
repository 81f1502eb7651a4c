package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.layer.LstmController;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** The baseline: stacked LSTM layers and a linear output, {@code y = W h + b}. */
public final class LstmMachine implements Machine<LstmController.Layers> {
    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final LstmController controller;
    private final Matrix output;
    private final Initialisation initialisation;

    LstmMachine(LstmConfig config, int inputs, int outputs) {
        this.inputs = inputs;
        this.initialisation = config.weightInitialisation();
        this.controller = new LstmController(
                parameters,
                "controller.lstm",
                inputs,
                config.controllerSize(),
                config.controllerLayers(),
                config.initialController(),
                config.forgetBias(),
                initialisation);
        this.output = parameters.addMatrix("output", config.controllerSize(), 1, outputs);
        parameters.declareWeights("output.weight", output, 0, output.inputs(), 0, outputs);
        parameters.declareBias("output.bias", output, 0, outputs);
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
        initialisation.fill(output, parameters.values(), random);
    }

    @Override
    public LstmController.Layers initialState(Tape tape, int batch) {
        return controller.initialState(tape, batch);
    }

    @Override
    public Step<LstmController.Layers> step(Tape tape, Tensor input, LstmController.Layers state) {
        Step<LstmController.Layers> control = controller.step(tape, List.of(input), state);
        return new Step<>(Linear.of(tape, output, List.of(control.output())), control.state());
    }
}
