package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.random.Random64;
import java.util.stream.IntStream;

/** How the weights of linear maps begin. Biases begin at zero. */
public enum Initialisation {
    /** Uniform within 1 / sqrt(inputs). */
    FAN_IN,
    /** Uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
    XAVIER,
    /**
     * As the public implementation pytorch-ntm: an LSTM uniform within 5 / sqrt(inputs), four to five times as far as the others, and all else
     * uniform within 1.4 sqrt(6 / (inputs + outputs)).
     */
    WIDE;

    private static final double LSTM_REACH = 5;
    private static final double GAIN = 1.4;

    /**
     * Draws the weights of a matrix.
     *
     * @param matrix which
     * @param values the buffer of the parameters
     * @param random where they come from
     */
    public void fill(Matrix matrix, float[] values, Random64 random) {
        fill(matrix, IntStream.range(0, matrix.groups() * matrix.groupSize()).toArray(), values, random);
    }

    /**
     * Draws the weights of some outputs of a matrix.
     *
     * @param matrix which
     * @param outputs its outputs, in the order of drawing
     * @param values the buffer of the parameters
     * @param random where they come from
     */
    public void fill(Matrix matrix, int[] outputs, float[] values, Random64 random) {
        double limit =
                switch (this) {
                    case FAN_IN -> 1 / Math.sqrt(matrix.inputs());
                    case XAVIER -> Math.sqrt(6.0 / (matrix.inputs() + matrix.groupSize()));
                    case WIDE -> matrix.groups() > 1
                            ? LSTM_REACH / Math.sqrt(matrix.inputs())
                            : GAIN * Math.sqrt(6.0 / (matrix.inputs() + outputs.length));
                };
        for (int output : outputs) {
            for (int input = 0; input < matrix.inputs(); input++) {
                values[matrix.at(input, output)] = random.nextFloat(-limit, limit);
            }
            values[matrix.at(matrix.inputs(), output)] = 0;
        }
    }
}
