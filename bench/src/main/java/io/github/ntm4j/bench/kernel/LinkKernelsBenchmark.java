package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.stride;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.LinkKernels;
import io.github.ntm4j.engine.random.Random64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The link of one write head. Nothing is written, so that the derivative by the link, which is turned in place, neither decays nor explodes. */
@State(Scope.Thread)
public class LinkKernelsBenchmark extends Measured {
    /** Blocks between two links: as on a tape, they are no multiple of 4 KiB apart. */
    private static final int GAP = 5 * BLOCK;

    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    /** Rows of the memory. */
    @Param({"16", "64", "128", "256"})
    public int rows;

    /** Read heads. */
    @Param({"1", "4"})
    public int heads;

    private LinkKernels kernels;
    private int stride;
    private int linkAt;
    private int yAt;
    private int writeAt;
    private int precedenceAt;
    private int readAt;
    private int forwardAt;
    private int backwardAt;
    private float[] values;
    private float[] gradients;

    /** Creates the kernels and what they work on: values, and derivatives at the same places. */
    @Setup
    public void create() {
        kernels = provider.create().links();
        stride = stride(rows);
        linkAt = FIRST;
        yAt = linkAt + rows * stride + GAP;
        writeAt = yAt + rows * stride + GAP;
        precedenceAt = writeAt + stride;
        readAt = precedenceAt + stride;
        forwardAt = readAt + heads * stride;
        backwardAt = forwardAt + heads * stride;
        values = new float[backwardAt + heads * stride];
        gradients = new float[values.length];
        Random64 random = Random64.of(1, "benchmark", 0);
        fill(values, linkAt, rows, random);
        fill(values, precedenceAt, 1, random);
        fill(values, readAt, heads, random);
        fill(gradients, forwardAt, 2 * heads, random);
    }

    private void fill(float[] x, int at, int lines, Random64 random) {
        for (int line = 0; line < lines; line++) {
            for (int n = 0; n < rows; n++) {
                x[at + line * stride + n] = random.nextFloat(0.5, 1.5) / rows;
            }
        }
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        Buffers.check(values);
        Buffers.check(gradients);
    }

    @Benchmark
    public void update() {
        kernels.update(values, linkAt, stride, rows, writeAt, precedenceAt, yAt, heads, readAt, stride, forwardAt, backwardAt, stride);
    }

    @Benchmark
    public void updateBackward() {
        kernels.updateBackward(
                values,
                linkAt,
                stride,
                rows,
                writeAt,
                precedenceAt,
                heads,
                readAt,
                stride,
                gradients,
                forwardAt,
                backwardAt,
                stride,
                linkAt,
                writeAt,
                precedenceAt,
                readAt);
    }
}
