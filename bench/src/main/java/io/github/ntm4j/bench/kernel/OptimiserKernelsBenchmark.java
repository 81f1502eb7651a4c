package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.PARAMETERS;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.OptimiserKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What an update does with all parameters of the default machine. */
@State(Scope.Thread)
public class OptimiserKernelsBenchmark extends Measured {
    private static final int END = FIRST + PARAMETERS;
    /** So small that the weights hardly move. */
    private static final float RATE = 1e-9f;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private final Buffers buffers = new Buffers();
    private final float[] gradient = buffers.uniform(1, PARAMETERS, -1, 1);
    private final float[] weights = buffers.uniform(1, PARAMETERS, -1, 1);
    private final float[] shares = buffers.zeros(1, PARAMETERS);
    private final float[] squares = buffers.zeros(1, PARAMETERS);
    private final float[] means = buffers.zeros(1, PARAMETERS);
    private final float[] steps = buffers.zeros(1, PARAMETERS);
    private OptimiserKernels kernels;

    /** Creates the kernels. */
    @Setup
    public void create() {
        kernels = provider.create().optimiser();
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public float sumOfSquares() {
        return kernels.sumOfSquares(gradient, FIRST, END);
    }

    /** By a factor that keeps the magnitudes, call after call. */
    @Benchmark
    public void scale() {
        kernels.scale(-1f, gradient, FIRST, END);
    }

    /** With a limit that nothing exceeds, as in most updates. */
    @Benchmark
    public boolean clip() {
        return kernels.clip(10f, gradient, FIRST, END);
    }

    /** With shares of nothing, so that gradients stay as they are. */
    @Benchmark
    public void decay() {
        kernels.decay(shares, weights, gradient, FIRST, END);
    }

    @Benchmark
    public void rmsProp() {
        kernels.rmsProp(RATE, 0.95f, 0.9f, 1e-4f, gradient, squares, means, steps, weights, FIRST, END);
    }

    @Benchmark
    public void adam() {
        kernels.adam(RATE, 0.9f, 0.999f, 1f, 1e-8f, gradient, means, squares, weights, FIRST, END);
    }
}
