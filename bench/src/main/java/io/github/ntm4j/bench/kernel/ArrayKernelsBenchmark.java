package io.github.ntm4j.bench.kernel;

import static io.github.ntm4j.bench.DefaultMachine.HEADS;
import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.bench.Measured;
import io.github.ntm4j.engine.kernel.ArrayKernels;
import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Place;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A chain over a memory, and products of weightings with a memory. */
@State(Scope.Thread)
public class ArrayKernelsBenchmark extends Measured {
    /** Whose kernels. */
    @Param
    public KernelProvider provider;

    private final Buffers buffers = new Buffers();
    private final float[] values = buffers.uniform(WIDTH + ROWS + HEADS, ROWS, -1, 1);
    private final float[] results = buffers.zeros(WIDTH + HEADS, ROWS);
    private final Place memory = lines(false, 0, WIDTH, ROWS);
    private final Place byRows = lines(false, WIDTH, ROWS, WIDTH);
    private final Place weightings = lines(false, WIDTH + ROWS, HEADS, ROWS);
    private final Place changed = lines(true, 0, WIDTH, ROWS);
    private final Place read = lines(true, WIDTH, HEADS, WIDTH);
    private final Place[] inputs = {memory, lines(false, WIDTH + ROWS, 1, ROWS)};
    private final Place[] outputs = {changed};
    private final Expression expression = expression();

    private ArrayKernels kernels;

    private static Place lines(boolean second, int from, int lines, int size) {
        int stride = padded(ROWS);
        return new Place(second, FIRST + from * stride, lines, size, lines * stride, stride);
    }

    /** {@code tanh(m (1 - w) + w)}. */
    private static Expression expression() {
        Expression.Builder nodes = new Expression.Builder();
        int m = nodes.input(0);
        int w = nodes.input(1);
        int kept = nodes.apply(ElementFunction.TIMES, m, nodes.apply(ElementFunction.MINUS, nodes.constant(1f), w));
        return nodes.build(nodes.apply(ElementFunction.TANH, nodes.apply(ElementFunction.PLUS, kept, w)));
    }

    /** Creates the kernels. */
    @Setup
    public void create() {
        kernels = provider.create().arrays();
    }

    /** Checks what is left. */
    @TearDown
    public void check() {
        buffers.check();
    }

    @Benchmark
    public void pointwise() {
        kernels.pointwise(expression, 1, WIDTH, ROWS, values, results, inputs, outputs, false);
    }

    @Benchmark
    public void multiply() {
        kernels.multiply(weightings, byRows, read, 1, values, results, false);
    }

    @Benchmark
    public void multiplyTransposed() {
        kernels.multiplyTransposed(byRows, byRows, lines(true, 0, WIDTH, WIDTH), 1, values, results, false);
    }

    @Benchmark
    public void multiplyByTransposed() {
        kernels.multiplyByTransposed(weightings, memory, read, 1, values, results, false);
    }
}
