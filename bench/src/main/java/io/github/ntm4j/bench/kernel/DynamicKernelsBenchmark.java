package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;
import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.DynamicKernels;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The row by row arithmetic of a Differentiable Neural Computer, for a memory of 128 x 20 and some read heads. */
@State(Scope.Thread)
public class DynamicKernelsBenchmark extends Measured {
    private static final float EPSILON = 1e-6f;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Read heads, and weightings in a mixture. */
    @Param({"1", "3"})
    public int heads;

    private DynamicKernels kernels;

    /** Rows, one after the other: usage, write weighting, retention, result; then one for each head, then the memory. */
    private final int usageAt = FIRST;

    private final int writeAt = usageAt + ROWS;
    private final int retentionAt = writeAt + ROWS;
    private final int yAt = retentionAt + ROWS;
    private final int readAt = yAt + ROWS;
    private int memoryAt;
    private int shareAt;
    private int[] at;
    private float[] values;
    private float[] gradients;

    /** Creates the kernels and what they work on: values, and derivatives at the same places. */
    @Setup
    public void create() {
        kernels = provider.create().dynamic();
        memoryAt = readAt + heads * ROWS;
        shareAt = memoryAt + WIDTH * ROWS;
        at = new int[heads];
        Arrays.setAll(at, k -> readAt + k * ROWS);
        values = new float[shareAt + BLOCK];
        gradients = new float[values.length];
        Random64 random = Random64.of(1, "benchmark", 0);
        for (int i = FIRST; i < values.length; i++) {
            values[i] = random.nextFloat(0.5, 1.5) / ROWS;
            gradients[i] = random.nextFloat(-1, 1);
        }
        Arrays.fill(values, retentionAt, retentionAt + ROWS, 1f); // so that what is turned in place stays as it is
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        Buffers.check(values);
        Buffers.check(gradients);
    }

    @Benchmark
    public void usage() {
        kernels.usage(values, usageAt, 1, writeAt, ROWS, heads, shareAt, 1, readAt, ROWS, ROWS, retentionAt, yAt);
    }

    @Benchmark
    public void usageBackward() {
        kernels.usageBackward(
                values,
                usageAt,
                1,
                writeAt,
                ROWS,
                heads,
                shareAt,
                1,
                readAt,
                ROWS,
                ROWS,
                retentionAt,
                gradients,
                retentionAt,
                yAt,
                usageAt,
                true,
                writeAt,
                shareAt,
                readAt);
    }

    @Benchmark
    public void mix() {
        kernels.mix(values, shareAt, values, at, ROWS, yAt);
    }

    @Benchmark
    public void mixBackward() {
        kernels.mixBackward(values, shareAt, values, at, ROWS, gradients, yAt, at, gradients, shareAt);
    }

    @Benchmark
    public void precedence() {
        kernels.precedence(values, usageAt, writeAt, ROWS, yAt);
    }

    @Benchmark
    public void precedenceBackward() {
        kernels.precedenceBackward(values, usageAt, writeAt, ROWS, gradients, yAt, usageAt, writeAt);
    }

    @Benchmark
    public void retain() {
        kernels.retain(values, memoryAt, ROWS, WIDTH, ROWS, retentionAt, values, memoryAt);
    }

    @Benchmark
    public void retainBackward() {
        kernels.retainBackward(values, memoryAt, ROWS, WIDTH, ROWS, retentionAt, gradients, memoryAt, retentionAt);
    }

    @Benchmark
    public void shiftedLog() {
        kernels.shiftedLog(values, readAt, EPSILON, ROWS, yAt);
    }

    @Benchmark
    public void shiftedLogBackward() {
        kernels.shiftedLogBackward(values, readAt, EPSILON, ROWS, gradients, yAt, gradients, readAt);
    }
}
