package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Layers {@code h = f(W x + b)} without memory of their own: whatever the machine remembers is in its memory. */
public final class FeedForwardController implements Controller<State.None> {
    private final Parameters parameters;
    private final int size;
    private final Initialisation initialisation;
    private final List<Matrix> layers = new ArrayList<>();
    private final List<Columns> activation;

    /**
     * Declares the parameters {@code <name>_0.weight [size][inputs]} and {@code .bias [size]} for each layer.
     *
     * @param parameters where to declare them
     * @param name prefix of the names
     * @param inputs width of the input
     * @param size units in a layer
     * @param layers number of layers
     * @param activation f
     * @param initialisation how the weights begin
     */
    public FeedForwardController(
            Parameters parameters,
            String name,
            int inputs,
            int size,
            int layers,
            Activation activation,
            Initialisation initialisation) {
        this.parameters = parameters;
        this.size = size;
        this.initialisation = initialisation;
        this.activation = List.of(Columns.of(0, size, activation));
        for (int i = 0; i < layers; i++) {
            String layer = name + "_" + i;
            Matrix matrix = parameters.addMatrix(layer, i == 0 ? inputs : size, 1, size);
            parameters.declareWeights(layer + ".weight", matrix, 0, matrix.inputs(), 0, size);
            parameters.declareBias(layer + ".bias", matrix, 0, size);
            this.layers.add(matrix);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void initialise(Random64 random) {
        for (Matrix layer : layers) {
            initialisation.fill(layer, parameters.values(), random);
        }
    }

    @Override
    public State.None initialState(Tape tape, int batch) {
        return new State.None();
    }

    @Override
    public Step<State.None> step(Tape tape, List<Tensor> inputs, State.None state) {
        List<Tensor> below = inputs;
        for (Matrix layer : layers) {
            below = List.of(ActivateColumns.of(tape, Linear.of(tape, layer, below), activation));
        }
        return new Step<>(below.getFirst(), state);
    }
}
