package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.parameter.Matrix;
import java.util.Arrays;

/**
 * The inputs and output derivatives of one linear map over all steps of a sequence, or of a part of it. Their product, the derivative by
 * the weights, is taken once at the end: a real matrix product instead of an outer product per step.
 */
public final class DeferredGradient {
    private final Tape tape;
    private final Matrix matrix;
    private int[] inputAt = new int[64];
    private int[] outputAt = new int[64];
    private int[] operation = new int[64];
    private int[] reversedInputAt = new int[0];
    private int[] reversedOutputAt = new int[0];
    private int recorded;
    private int used;

    DeferredGradient(Tape tape, Matrix matrix) {
        this.tape = tape;
        this.matrix = matrix;
    }

    /**
     * Adds a row of the operation that is recorded next.
     *
     * @param inputOffset its inputs in the value arena
     * @param outputOffset the derivatives of its outputs in the gradient arena
     * @return the number of rows so far
     */
    public int record(int inputOffset, int outputOffset) {
        if (recorded == inputAt.length) {
            inputAt = Arrays.copyOf(inputAt, 2 * recorded);
            outputAt = Arrays.copyOf(outputAt, 2 * recorded);
            operation = Arrays.copyOf(operation, 2 * recorded);
        }
        inputAt[recorded] = inputOffset;
        outputAt[recorded] = outputOffset;
        operation[recorded] = tape.operationCount();
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

    /** Puts the product of the used rows, summed from the first to the last, in the matrix's place. */
    void multiply(float[] parameterGradients) {
        multiply(false, inputAt, outputAt, used, parameterGradients);
    }

    /** The map's parameters. */
    Matrix matrix() {
        return matrix;
    }

    /** Adds the product of the used rows that belong to an operation or to later ones, summed from the last to the first. */
    void multiplyLastFirst(int firstOperation, float[] parameterGradients) {
        if (reversedInputAt.length < recorded) {
            reversedInputAt = new int[recorded];
            reversedOutputAt = new int[recorded];
        }
        int rows = 0;
        for (int row = used - 1; row >= 0 && operation[row] >= firstOperation; row--) {
            reversedInputAt[rows] = inputAt[row];
            reversedOutputAt[rows] = outputAt[row];
            rows++;
        }
        multiply(true, reversedInputAt, reversedOutputAt, rows, parameterGradients);
    }

    private void multiply(boolean add, int[] inputs, int[] outputs, int rows, float[] parameterGradients) {
        tape.kernels()
                .matrices()
                .gradient(
                        add,
                        tape.values(),
                        inputs,
                        tape.gradients(),
                        outputs,
                        rows,
                        matrix.depth(),
                        parameterGradients,
                        matrix.at(),
                        matrix.columns() / Rows.BLOCK);
        used = 0;
    }
}
