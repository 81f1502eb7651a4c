package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** The last layer of a machine, {@code y = W x + b}, clipped if wanted. */
public final class OutputLayer {
    private final Parameters parameters;
    private final Matrix matrix;
    private final double clip;
    private final Initialisation initialisation;

    /**
     * Declares the parameters {@code output.weight [outputs][inputs]} and {@code output.bias [outputs]}.
     *
     * @param parameters where to declare them
     * @param inputs width of what it sees
     * @param outputs width of the machine's output
     * @param clip the largest magnitude of an output, 0 for any
     * @param initialisation how the weights begin
     */
    public OutputLayer(Parameters parameters, int inputs, int outputs, double clip, Initialisation initialisation) {
        this.parameters = parameters;
        this.clip = clip;
        this.initialisation = initialisation;
        this.matrix = parameters.addMatrix("output", inputs, 1, outputs);
        parameters.declareWeights("output.weight", matrix, 0, inputs, 0, outputs);
        parameters.declareBias("output.bias", matrix, 0, outputs);
    }

    /**
     * Width of what it sees.
     *
     * @return floats
     */
    public int inputs() {
        return matrix.inputs();
    }

    /**
     * Width of the machine's output.
     *
     * @return floats
     */
    public int outputs() {
        return matrix.groupSize();
    }

    /**
     * Gives the parameters their first values.
     *
     * @param random where they come from
     */
    public void initialise(Random64 random) {
        initialisation.fill(matrix, parameters.values(), random);
    }

    /**
     * Records the layer.
     *
     * @param tape the tape
     * @param inputs {@code [batch][lines][size]} each, together as wide as {@link #inputs}
     * @return {@code [batch][1][outputs]}
     */
    public Tensor of(Tape tape, List<Tensor> inputs) {
        Tensor outputs = Linear.of(tape, matrix, inputs);
        return clip > 0 ? Clip.of(tape, outputs, (float) clip) : outputs;
    }
}
