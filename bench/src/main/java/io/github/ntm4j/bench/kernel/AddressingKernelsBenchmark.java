package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.SHIFTS;
import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.KernelProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What one head does with 128 rows. */
@State(Scope.Thread)
public class AddressingKernelsBenchmark extends Measured {
    private static final float SCALE = 1.5f;
    private static final float GATE = 0.25f;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private final Buffers buffers = new Buffers();
    private final float[] x = buffers.uniform(1, ROWS, -1, 1);
    private final float[] dx = buffers.zeros(1, ROWS);
    private final float[] y = buffers.zeros(1, ROWS);
    private final float[] dy = buffers.uniform(1, ROWS, -1, 1);
    private final float[] w = buffers.weightings(1, ROWS);
    private final float[] previous = buffers.weightings(1, ROWS);
    private final float[] dPrevious = buffers.zeros(1, ROWS);
    private final float[] shift = buffers.weightings(1, SHIFTS);
    private final float[] ring = buffers.weightings(1, ROWS + 2 * BLOCK);

    private AddressingKernels kernels;

    /** Creates the kernels. */
    @Setup
    public void create() {
        kernels = provider.create().addressing();
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public void softmax() {
        kernels.softmax(SCALE, x, FIRST, ROWS, y, FIRST);
    }

    @Benchmark
    public float softmaxBackward() {
        return kernels.softmaxBackward(SCALE, x, FIRST, w, FIRST, dy, FIRST, ROWS, dx, FIRST);
    }

    @Benchmark
    public void interpolate() {
        kernels.interpolate(GATE, w, FIRST, previous, FIRST, ROWS, y, FIRST);
    }

    @Benchmark
    public float interpolateBackward() {
        return kernels.interpolateBackward(GATE, w, FIRST, previous, FIRST, ROWS, dy, FIRST, dx, FIRST, dPrevious, FIRST);
    }

    @Benchmark
    public void correlate() {
        kernels.correlate(shift, FIRST, SHIFTS, ring, FIRST + BLOCK, SHIFTS / 2, -1, ROWS, y, FIRST);
    }

    @Benchmark
    public float dot() {
        return kernels.dot(x, FIRST, dy, FIRST, ROWS);
    }

    @Benchmark
    public void flooredLog() {
        kernels.flooredLog(w, FIRST, ROWS, y, FIRST);
    }

    @Benchmark
    public float sharpenBackward() {
        return kernels.sharpenBackward(1.5f, x, FIRST, w, FIRST, dy, FIRST, ROWS, dx, FIRST);
    }
}
