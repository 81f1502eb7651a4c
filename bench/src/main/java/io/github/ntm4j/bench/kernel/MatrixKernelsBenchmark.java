package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.DEPTH;
import static io.github.ntm4j.bench.DefaultMachine.INPUTS;
import static io.github.ntm4j.bench.DefaultMachine.PANELS;
import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.MatrixKernels;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The products with the LSTM's matrix. */
@State(Scope.Thread)
public class MatrixKernelsBenchmark extends Measured {
    private static final int COLUMNS = PANELS * BLOCK;
    /** Inputs that the derivative is computed for. */
    private static final int STATE = DEPTH - 1 - INPUTS;

    private static final int X_STRIDE = padded(DEPTH);
    private static final int DX_STRIDE = padded(STATE);

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private MatrixKernels kernels;

    /** Creates the kernels. */
    @Setup
    public void create() {
        kernels = provider.create().matrices();
    }

    /** The products of a step. */
    @State(Scope.Thread)
    public static class Step {
        /** Sequences. */
        @Param({"1", "2", "4", "8", "16"})
        public int rows;

        private final Buffers buffers = new Buffers();
        private final float[] weights = buffers.uniform(PANELS, DEPTH * BLOCK, -1, 1);
        private final float[] transposed = buffers.uniform(DX_STRIDE / BLOCK, COLUMNS * BLOCK, -1, 1);
        private float[] x;
        private float[] y;
        private float[] dy;
        private float[] dx;

        /** Fills the rows. */
        @Setup
        public void fill() {
            x = buffers.uniform(rows, DEPTH, -1, 1);
            y = buffers.zeros(rows, COLUMNS);
            dy = buffers.uniform(rows, COLUMNS, -1, 1);
            dx = buffers.zeros(rows, STATE);
        }

        /** Checks what is left. */
        @TearDown
        public void check() {
            buffers.check();
        }
    }

    /** The product at the end of a sequence. */
    @State(Scope.Thread)
    public static class Sequence {
        /** Steps times sequences. */
        @Param({"21", "84"})
        public int steps;

        private final Buffers buffers = new Buffers();
        private final float[] gradient = buffers.zeros(PANELS, DEPTH * BLOCK);
        private float[] x;
        private float[] dy;
        private int[] xAt;
        private int[] dyAt;

        /** Fills the rows. */
        @Setup
        public void fill() {
            x = buffers.uniform(steps, DEPTH, -1, 1);
            dy = buffers.uniform(steps, COLUMNS, -1, 1);
            xAt = new int[steps];
            dyAt = new int[steps];
            Arrays.setAll(xAt, r -> FIRST + r * X_STRIDE);
            Arrays.setAll(dyAt, r -> FIRST + r * COLUMNS);
        }

        /** Checks what is left. */
        @TearDown
        public void check() {
            buffers.check();
        }
    }

    /** Forwards. */
    @Benchmark
    public void multiply(Step s) {
        kernels.multiply(s.x, FIRST, X_STRIDE, s.rows, DEPTH, s.weights, FIRST, PANELS, s.y, FIRST, COLUMNS);
    }

    /** Backwards by a transposed copy of the weights, as batches go. */
    @Benchmark
    public void multiplyByTransposedCopy(Step s) {
        kernels.multiply(
                s.dy, FIRST, COLUMNS, s.rows, COLUMNS, s.transposed, FIRST, DX_STRIDE / BLOCK, s.dx, FIRST, DX_STRIDE);
    }

    /** Backwards by the weights as they are, as single sequences go. */
    @Benchmark
    public void multiplyTransposed(Step s) {
        kernels.multiplyTransposed(
                s.dy, FIRST, COLUMNS, s.rows, s.weights, FIRST, PANELS, DEPTH, INPUTS, STATE, s.dx, FIRST, DX_STRIDE);
    }

    /** The derivative by the weights, over all steps. */
    @Benchmark
    public void gradient(Sequence s) {
        kernels.gradient(false, s.x, s.xAt, s.dy, s.dyAt, s.steps, DEPTH, s.gradient, FIRST, PANELS);
    }
}
