package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.SimilarityKernels;
import io.github.ntm4j.engine.random.Random64;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Cosines of keys with the words of a memory of 128 x 20. */
@State(Scope.Thread)
public class SimilarityKernelsBenchmark extends Measured {
    private static final float EPSILON = 1e-6f;

    /** Length of a key among the values. */
    private static final int KEY = padded(WIDTH);

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Heads at the memory; masks serve one at a time. */
    @Param({"1", "4"})
    public int heads;

    private SimilarityKernels kernels;
    private int memoryAt;
    private int keyAt;
    private int maskAt;
    private int keyNormAt;
    private int normAt;
    private int cosineAt;
    private float[] values;
    private float[] derivatives;
    private float[] dMemory;

    /** Creates the kernels and what they work on. */
    @Setup
    public void create() {
        kernels = provider.create().similarities();
        memoryAt = FIRST;
        keyAt = memoryAt + WIDTH * ROWS;
        maskAt = keyAt + heads * KEY;
        keyNormAt = maskAt + KEY;
        normAt = keyNormAt + padded(heads);
        cosineAt = normAt + ROWS;
        values = new float[cosineAt + heads * ROWS];
        derivatives = new float[values.length];
        dMemory = new float[values.length];
        Random64 random = Random64.of(1, "benchmark", 0);
        for (int i = FIRST; i < values.length; i++) {
            values[i] = random.nextFloat(0.5, 1.5);
        }
        renew();
    }

    /** What {@code similaritiesBackward} finds: it works in place, so that it would make more and more of it. */
    private void renew() {
        Arrays.fill(derivatives, cosineAt, cosineAt + ROWS, 1f);
        Arrays.fill(derivatives, normAt, normAt + ROWS, 0f);
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        Buffers.check(values);
        Buffers.check(derivatives);
        Buffers.check(dMemory);
    }

    @Benchmark
    public void similarities() {
        kernels.similarities(
                values, keyAt, KEY, keyNormAt, heads, memoryAt, ROWS, WIDTH, ROWS, 0f, 0f, EPSILON, normAt, cosineAt, ROWS);
    }

    @Benchmark
    public void maskedSimilarities() {
        kernels.maskedSimilarities(
                values, keyAt, maskAt, values[keyNormAt], memoryAt, ROWS, WIDTH, ROWS, 0f, 0f, EPSILON, normAt, cosineAt);
    }

    @Benchmark
    public float similaritiesBackward() {
        renew();
        return kernels.similaritiesBackward(
                values[keyNormAt], EPSILON, 0f, values, normAt, cosineAt, ROWS, derivatives, cosineAt, normAt);
    }

    @Benchmark
    public void maskedProductsBackward() {
        kernels.maskedProductsBackward(
                values, keyAt, maskAt, memoryAt, ROWS, WIDTH, ROWS, derivatives, cosineAt, normAt, keyAt, maskAt, dMemory, memoryAt);
    }
}
