package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.MemoryKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What heads do with a memory of 128 x 20. As on a tape, their vectors lie side by side in a row, what they read in padded lines. */
@State(Scope.Thread)
public class MemoryKernelsBenchmark extends Measured {
    private static final int READ_STRIDE = padded(WIDTH);

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Heads at the memory. */
    @Param({"1", "2", "8"})
    public int heads;

    private final Buffers buffers = new Buffers();
    private final float[] memory = buffers.uniform(WIDTH, ROWS, -1, 1);
    private final float[] dMemory = buffers.uniform(WIDTH, ROWS, -1, 1);
    private final float[] written = buffers.zeros(WIDTH, ROWS);
    private MemoryKernels kernels;
    private float[] weighting;
    private float[] dWeighting;
    private float[] vector;
    private float[] read;
    private float[] erase;
    /** Erases nothing: {@code eraseAddBackward} works in place, so that any erase would let the derivative decay from call to call. */
    private float[] eraseNothing;

    private float[] dErase;
    private float[] add;
    private float[] dAdd;

    /** Creates the kernels and what they work on. */
    @Setup
    public void create() {
        kernels = provider.create().memory();
        weighting = buffers.weightings(heads, ROWS);
        dWeighting = buffers.zeros(heads, ROWS);
        vector = buffers.uniform(1, heads * WIDTH, -1, 1);
        read = buffers.zeros(heads, WIDTH);
        erase = buffers.uniform(1, heads * WIDTH, 0, 1);
        eraseNothing = buffers.zeros(1, heads * WIDTH);
        dErase = buffers.zeros(1, heads * WIDTH);
        add = buffers.uniform(1, heads * WIDTH, -1, 1);
        dAdd = buffers.zeros(1, heads * WIDTH);
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public void read() {
        kernels.read(memory, FIRST, ROWS, WIDTH, ROWS, heads, weighting, FIRST, ROWS, read, FIRST, READ_STRIDE);
    }

    @Benchmark
    public void readBackward() {
        kernels.readBackward(
                vector,
                FIRST,
                WIDTH,
                weighting,
                FIRST,
                ROWS,
                heads,
                memory,
                FIRST,
                ROWS,
                WIDTH,
                ROWS,
                dMemory,
                FIRST,
                dWeighting,
                FIRST);
    }

    @Benchmark
    public void eraseAdd() {
        kernels.eraseAdd(
                memory,
                FIRST,
                ROWS,
                WIDTH,
                ROWS,
                heads,
                weighting,
                FIRST,
                ROWS,
                erase,
                FIRST,
                WIDTH,
                add,
                FIRST,
                WIDTH,
                written,
                FIRST);
    }

    @Benchmark
    public void eraseAddBackward() {
        kernels.eraseAddBackward(
                memory,
                FIRST,
                ROWS,
                WIDTH,
                ROWS,
                heads,
                weighting,
                FIRST,
                ROWS,
                eraseNothing,
                FIRST,
                WIDTH,
                add,
                FIRST,
                WIDTH,
                dMemory,
                FIRST,
                dWeighting,
                FIRST,
                dErase,
                FIRST,
                dAdd,
                FIRST);
    }
}
