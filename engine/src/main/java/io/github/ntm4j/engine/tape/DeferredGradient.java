package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.parameter.Matrix;
import java.util.Arrays;

/**
 * The inputs and output derivatives of one linear map over all steps of a sequence. Their product, the derivative by the
 * weights, is taken once at the end: a real matrix product instead of an outer product per step.
 */
public final class DeferredGradient {
    private final Matrix matrix;
    private int[] inputAt = new int[64];
    private int[] outputAt = new int[64];
    private int recorded;
    private int used;

    DeferredGradient(Matrix matrix) {
        this.matrix = matrix;
    }

    /**
     * Adds a row while recording.
     *
     * @param inputOffset its inputs in the value arena
     * @param outputOffset the derivatives of its outputs in the gradient arena
     * @return the number of rows so far
     */
    public int record(int inputOffset, int outputOffset) {
        if (recorded == inputAt.length) {
            inputAt = Arrays.copyOf(inputAt, 2 * recorded);
            outputAt = Arrays.copyOf(outputAt, 2 * recorded);
        }
        inputAt[recorded] = inputOffset;
        outputAt[recorded] = outputOffset;
        return ++recorded;
    }

    /**
     * Says that the rows up to a number have their derivatives and count in the product.
     *
     * @param rows number of rows, as {@link #record} returned it
     */
    public void use(int rows) {
        used = Math.max(used, rows);
    }

    void multiply(Tape tape, float[] parameterGradients) {
        tape.kernels()
                .matrices()
                .accumulateGradient(
                        tape.values(),
                        inputAt,
                        tape.gradients(),
                        outputAt,
                        used,
                        matrix.depth(),
                        parameterGradients,
                        matrix.at(),
                        matrix.columns() / Rows.BLOCK);
        used = 0;
    }
}
