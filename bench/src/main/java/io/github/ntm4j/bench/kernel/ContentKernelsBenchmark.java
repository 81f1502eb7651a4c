package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.ContentKernels;
import io.github.ntm4j.engine.kernel.KernelProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How heads compare their keys with a memory of 128 x 20. */
@State(Scope.Thread)
public class ContentKernelsBenchmark extends Measured {
    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Heads that address together. */
    @Param({"1", "2", "8"})
    public int heads;

    private final Buffers buffers = new Buffers();
    private final float[] memory = buffers.uniform(WIDTH, ROWS, -1, 1);
    private final float[] dMemory = buffers.zeros(WIDTH, ROWS);
    private final float[] inverseNorm = buffers.constant(1, ROWS, 0.5f);
    private final float[] shrink = buffers.zeros(1, ROWS);
    private final float[] dCosine = buffers.uniform(1, ROWS, -1, 1);
    private final float[] dProductOfOne = buffers.zeros(1, ROWS);
    private ContentKernels kernels;
    private float[] key;
    private float[] dKey;
    private float[] inverseKeyNorm;
    private float[] cosine;
    private float[] dProduct;

    /** Creates the kernels and what they work on. */
    @Setup
    public void create() {
        kernels = provider.create().content();
        key = buffers.uniform(1, heads * WIDTH, -1, 1);
        dKey = buffers.zeros(1, heads * WIDTH);
        inverseKeyNorm = buffers.constant(1, heads, 0.5f);
        cosine = buffers.uniform(heads, ROWS, -1, 1);
        dProduct = buffers.uniform(heads, ROWS, -1, 1);
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public void cosines() {
        kernels.cosines(
                key,
                FIRST,
                WIDTH,
                inverseKeyNorm,
                FIRST,
                heads,
                memory,
                FIRST,
                ROWS,
                WIDTH,
                ROWS,
                inverseNorm,
                FIRST,
                cosine,
                FIRST,
                ROWS);
    }

    @Benchmark
    public float cosinesBackward() {
        return kernels.cosinesBackward(
                0.5f, inverseNorm, FIRST, cosine, FIRST, dCosine, FIRST, ROWS, dProductOfOne, FIRST, shrink, FIRST);
    }

    @Benchmark
    public void productsBackward() {
        kernels.productsBackward(
                key,
                FIRST,
                WIDTH,
                heads,
                dProduct,
                FIRST,
                ROWS,
                shrink,
                FIRST,
                memory,
                FIRST,
                ROWS,
                WIDTH,
                ROWS,
                dMemory,
                FIRST,
                dKey,
                FIRST);
    }
}
