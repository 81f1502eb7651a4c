package io.github.ntm4j.core.layer;

import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.random.Random64;

/** How the weights of linear maps begin. Biases begin at zero. */
public enum Initialisation {
    /** Uniform within 1 / sqrt(inputs). */
    FAN_IN,
    /** Uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
    XAVIER;

    /**
     * Draws the weights of a matrix.
     *
     * @param matrix which
     * @param values the buffer of the parameters
     * @param random where they come from
     */
    public void fill(Matrix matrix, float[] values, Random64 random) {
        int outputs = matrix.groups() * matrix.groupSize();
        double limit =
                switch (this) {
                    case FAN_IN -> 1 / Math.sqrt(matrix.inputs());
                    case XAVIER -> Math.sqrt(6.0 / (matrix.inputs() + matrix.groupSize()));
                };
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < matrix.inputs(); input++) {
                values[matrix.at(input, output)] = random.nextFloat(-limit, limit);
            }
            values[matrix.at(matrix.inputs(), output)] = 0;
        }
    }
}
