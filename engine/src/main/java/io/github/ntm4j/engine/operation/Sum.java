package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.Place;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Sums: of each line, {@code y(i) = sum over j of x(i, j)}, in the fixed tree; or of the lines, {@code y(j) = sum over i of x(i, j)}, in their
 * order.
 */
public final class Sum implements Operation {
    private static final Expression IDENTITY = identity();

    private final Tape tape;
    private final Tensor x;
    private final Tensor y;
    private final Place[] from;
    private final Place[] to;
    private final Place[] upstream;
    private final Place[] derivative;

    private Sum(Tape tape, Tensor x, Tensor y) {
        this.tape = tape;
        this.x = x;
        this.y = y;
        this.from = new Place[] {x.place()};
        this.to = new Place[] {y.place()};
        boolean differentiable = x.hasGradient() && y.hasGradient();
        this.upstream = differentiable ? new Place[] {y.gradientPlace()} : new Place[0];
        this.derivative = differentiable ? new Place[] {x.gradientPlace()} : new Place[0];
    }

    private static Expression identity() {
        Expression.Builder nodes = new Expression.Builder();
        return nodes.build(nodes.input(0));
    }

    /**
     * Records the sums of the lines' elements.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @return {@code [batch][lines][1]}
     */
    public static Tensor ofEachLine(Tape tape, Tensor x) {
        return record(tape, x, x.lines(), 1);
    }

    /**
     * Records the sum of the lines.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @return {@code [batch][1][size]}
     */
    public static Tensor ofLines(Tape tape, Tensor x) {
        return record(tape, x, 1, x.size());
    }

    private static Tensor record(Tape tape, Tensor x, int lines, int size) {
        x.require("sum", x.batch(), x.lines(), x.size());
        Sum operation = new Sum(tape, x, Term.allocate(tape, x.batch(), lines, size));
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < y.batch(); b++) {
            for (int line = 0; line < y.lines(); line++) {
                Arrays.fill(values, y.at(b, line), y.at(b, line) + y.size(), 0f);
            }
        }
        tape.kernels()
                .arrays()
                .pointwise(IDENTITY, x.batch(), x.lines(), x.size(), values, tape.gradients(), from, to, true);
    }

    @Override
    public void backward() {
        if (derivative.length > 0) {
            tape.kernels()
                    .arrays()
                    .pointwise(
                            IDENTITY, x.batch(), x.lines(), x.size(), tape.values(), tape.gradients(), upstream, derivative, true);
        }
    }
}
