package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.GATE_STRIDE;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.KernelProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the LSTM does with 104 floats: 100 units and their padding. */
@State(Scope.Thread)
public class ElementKernelsBenchmark extends Measured {
    private static final int UNITS = GATE_STRIDE;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private final Buffers buffers = new Buffers();
    private final float[] x = buffers.uniform(1, UNITS, -4, 4);
    private final float[] dx = buffers.zeros(1, UNITS);
    private final float[] y = buffers.uniform(1, UNITS, 0.25, 0.75);
    private final float[] dy = buffers.uniform(1, UNITS, -1, 1);
    private final float[] result = buffers.zeros(1, UNITS);
    private final float[] gates = buffers.uniform(1, 4 * UNITS, 0.25, 0.75);
    private final float[] dGates = buffers.zeros(1, 4 * UNITS);
    private final float[] dCell = buffers.uniform(1, UNITS, -1, 1);
    private final float[] dPrevious = buffers.zeros(1, UNITS);
    private final float[] squashed = buffers.zeros(1, UNITS);
    private final float[] hidden = buffers.zeros(1, UNITS);
    private ElementKernels kernels;

    /** Which function. */
    @State(Scope.Thread)
    public static class Function {
        /** The function. */
        @Param
        public Activation activation;
    }

    /** Creates the kernels. */
    @Setup
    public void create() {
        kernels = provider.create().elements();
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public void activate(Function f) {
        kernels.activate(f.activation, x, FIRST, UNITS, result, FIRST);
    }

    @Benchmark
    public void activateBackward(Function f) {
        kernels.activateBackward(f.activation, x, FIRST, y, FIRST, dy, FIRST, UNITS, dx, FIRST);
    }

    @Benchmark
    public void lstmCell() {
        kernels.lstmCell(gates, FIRST, UNITS, x, FIRST, result, FIRST, squashed, FIRST, hidden, FIRST);
    }

    @Benchmark
    public void lstmCellBackward() {
        kernels.lstmCellBackward(
                gates, FIRST, UNITS, x, FIRST, y, FIRST, dy, FIRST, dCell, FIRST, dPrevious, FIRST, dGates, FIRST);
    }

    @Benchmark
    public void add() {
        kernels.add(x, FIRST, UNITS, result, FIRST);
    }

    @Benchmark
    public void clip() {
        kernels.clip(1f, x, FIRST, UNITS, result, FIRST);
    }

    @Benchmark
    public void clipBackward() {
        kernels.clipBackward(1f, x, FIRST, dy, FIRST, UNITS, dx, FIRST);
    }
}
