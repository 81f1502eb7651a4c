package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.MatrixKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.tape.DeferredGradient;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;
import java.util.List;

/**
 * The linear map {@code y = W [x1 ; x2 ; ...] + b} of several inputs side by side. Inputs without derivatives come first: nothing is
 * computed for them on the way back. The derivative by W and b is left to {@link DeferredGradient}.
 */
public final class Linear implements Operation {
    /** From so many columns on, one sequence goes back without a transposed copy of the weights, which every update would have to renew. */
    private static final int MANY_COLUMNS = 256;

    private final Tape tape;
    private final Matrix matrix;
    private final Tensor[] inputs;
    private final Tensor joined;
    private final Tensor result;
    private final DeferredGradient deferred;
    private final int deferredRows;
    private final int firstWithGradient;

    private Linear(Tape tape, Matrix matrix, Tensor[] inputs, Tensor joined, Tensor result, int columnsWithoutGradient) {
        this.tape = tape;
        this.matrix = matrix;
        this.inputs = inputs;
        this.joined = joined;
        this.result = result;
        this.firstWithGradient = columnsWithoutGradient;
        this.deferred = tape.deferred(matrix);
        int rows = 0;
        if (result.hasGradient()) {
            for (int b = 0; b < result.batch(); b++) {
                rows = deferred.record(joined.at(b, 0), result.gradientAt(b, 0));
            }
            if (firstWithGradient < matrix.inputs() && byTransposedCopy()) {
                tape.parameters().requireTransposed(matrix, firstWithGradient);
            }
        }
        deferredRows = rows;
    }

    /**
     * Records {@code y = W [x1 ; x2 ; ...] + b}.
     *
     * @param tape the tape
     * @param matrix W and b
     * @param inputs {@code [batch][lines][size]} each, read line after line; together as wide as W
     * @return {@code [batch][groups][groupSize]}
     * @throws IllegalArgumentException if the widths don't add up, the batches differ, or an input without derivatives comes late
     */
    public static Tensor of(Tape tape, Matrix matrix, List<Tensor> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(matrix.name() + ": expected inputs of " + matrix.inputs() + " in all, got none");
        }
        int batch = inputs.getFirst().batch();
        int width = 0;
        int withoutGradient = 0;
        for (Tensor x : inputs) {
            x.require(matrix.name() + ": an input", batch, x.lines(), x.size());
            if (!x.hasGradient()) {
                if (withoutGradient < width) {
                    throw new IllegalArgumentException(matrix.name() + ": expected inputs without derivatives before all others");
                }
                withoutGradient += x.lines() * x.size();
            }
            width += x.lines() * x.size();
        }
        if (width != matrix.inputs()) {
            throw new IllegalArgumentException(matrix.name() + ": expected inputs of " + matrix.inputs() + " in all, got " + width);
        }
        Tensor joined = tape.allocateValues(batch, 1, matrix.depth());
        Tensor result = tape.allocate(batch, matrix.groups(), matrix.groupSize(), rowStride(matrix));
        tape.record(new Linear(tape, matrix, inputs.toArray(Tensor[]::new), joined, result, withoutGradient));
        return result;
    }

    /**
     * The parameters.
     *
     * @return W and b
     */
    public Matrix matrix() {
        return matrix;
    }

    /**
     * Inputs that the derivative is computed for.
     *
     * @return all but the plain inputs
     */
    public int inputsWithGradient() {
        return matrix.inputs() - firstWithGradient;
    }

    private static int rowStride(Matrix matrix) {
        return matrix.groups() == 1 ? Rows.padded(matrix.groupSize()) : matrix.groupStride();
    }

    @Override
    public Work work() {
        return work(matrix.inputs(), matrix.depth());
    }

    /** Without the derivatives by the weights, which are computed for all steps at once. */
    @Override
    public Work workBackward() {
        return work(inputsWithGradient(), inputsWithGradient());
    }

    /** The weights are read once for all sequences. */
    private Work work(int columns, int depth) {
        long products = (long) columns * matrix.groups() * matrix.groupSize();
        return new Work(result.batch() * products, (long) Float.BYTES * depth * matrix.columns(), 0);
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < joined.batch(); b++) {
            int to = joined.at(b, 0);
            for (Tensor x : inputs) {
                for (int line = 0; line < x.lines(); line++) {
                    System.arraycopy(values, x.at(b, line), values, to, x.size());
                    to += x.size();
                }
            }
            values[to] = 1f;
        }
        tape.kernels()
                .matrices()
                .multiply(
                        values,
                        joined.at(0, 0),
                        joined.batchStride(),
                        joined.batch(),
                        matrix.depth(),
                        tape.parameters().values(),
                        matrix.at(),
                        matrix.columns() / Rows.BLOCK,
                        values,
                        result.at(0, 0),
                        result.batchStride());
    }

    @Override
    public void backward() {
        deferred.use(deferredRows);
        if (firstWithGradient == matrix.inputs()) {
            return;
        }
        int stride = Rows.padded(matrix.inputs() - first());
        tape.reserveScratch(Rows.FIRST + result.batch() * stride);
        float[] dx = tape.scratch();
        float[] gradients = tape.gradients();
        multiplyTransposed(gradients, dx, stride);
        for (int b = 0; b < result.batch(); b++) {
            int from = Rows.FIRST + b * stride + firstWithGradient - first();
            for (Tensor x : inputs) {
                if (!x.hasGradient()) {
                    continue;
                }
                for (int line = 0; line < x.lines(); line++) {
                    tape.kernels().elements().add(dx, from, x.size(), gradients, x.gradientAt(b, line));
                    from += x.size();
                }
            }
        }
    }

    private boolean byTransposedCopy() {
        return result.batch() > 1 || matrix.columns() < MANY_COLUMNS;
    }

    /** The first input whose derivative {@link #multiplyTransposed} computes. */
    private int first() {
        return byTransposedCopy() ? matrix.transposedFrom() : firstWithGradient;
    }

    /** {@code dx = dy W}, by a transposed copy of W or without. */
    private void multiplyTransposed(float[] gradients, float[] dx, int stride) {
        MatrixKernels kernels = tape.kernels().matrices();
        int panels = matrix.columns() / Rows.BLOCK;
        int dyAt = result.gradientAt(0, 0);
        if (byTransposedCopy()) {
            kernels.multiply(
                    gradients,
                    dyAt,
                    result.batchStride(),
                    result.batch(),
                    matrix.columns(),
                    tape.parameters().transposed(),
                    matrix.transposedAt(),
                    stride / Rows.BLOCK,
                    dx,
                    Rows.FIRST,
                    stride);
        } else {
            kernels.multiplyTransposed(
                    gradients,
                    dyAt,
                    result.batchStride(),
                    result.batch(),
                    tape.parameters().values(),
                    matrix.at(),
                    panels,
                    matrix.depth(),
                    firstWithGradient,
                    matrix.inputs() - firstWithGradient,
                    dx,
                    Rows.FIRST,
                    stride);
        }
    }
}
