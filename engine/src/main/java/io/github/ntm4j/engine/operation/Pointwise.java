package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.Place;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain of pointwise arithmetic as one operation, {@code y(i, j) = f(x1(i, j), x2(i, j), ...)}; an operand of one line or one column counts for
 * all lines or columns. What lies between operands and result is nowhere kept: on the way back it is computed anew. The derivative by an operand
 * of one line is the sum over the lines, in their order; by one of one column the sum over the columns, in the fixed tree.
 */
public final class Pointwise implements Operation {
    /** The most nodes of an expression. */
    static final int MOST_NODES = 100;

    private final Tape tape;
    private final Expression expression;
    private final Expression derivative;
    private final int batch;
    private final int lines;
    private final int size;
    private final Place[] inputs;
    private final Place[] result;
    private final Place[] inputsAndUpstream;
    private final Place[] derivatives;
    private final Tensor y;

    private Pointwise(Tape tape, Expression expression, List<Tensor> operands, Tensor y) {
        this.tape = tape;
        this.expression = expression;
        this.y = y;
        this.batch = y.batch();
        Tensor[] from = operands.toArray(Tensor[]::new);
        int[] wanted = IntStream.range(0, from.length)
                .filter(i -> y.hasGradient() && from[i].hasGradient())
                .toArray();
        this.derivative = wanted.length == 0 ? expression : Differentiation.of(expression, from.length, wanted);
        this.inputs = new Place[from.length];
        this.inputsAndUpstream = new Place[from.length + 1];
        this.derivatives = new Place[wanted.length];
        boolean asLine = y.lines() > 1 && operands.stream().allMatch(x -> x.place().isDenseColumn());
        this.lines = asLine ? 1 : y.lines();
        this.size = asLine ? y.lines() : y.size();
        for (int i = 0; i < from.length; i++) {
            inputs[i] = asLine ? from[i].place().asLine() : from[i].place();
            inputsAndUpstream[i] = inputs[i];
        }
        this.result = new Place[] {asLine ? y.place().asLine() : y.place()};
        for (int i = 0; i < wanted.length; i++) {
            Place dx = from[wanted[i]].gradientPlace();
            derivatives[i] = asLine ? dx.asLine() : dx;
        }
        if (wanted.length > 0) {
            inputsAndUpstream[from.length] = asLine ? y.gradientPlace().asLine() : y.gradientPlace();
        }
    }

    /**
     * Records the evaluation of an expression.
     *
     * @param tape the tape
     * @param expression an expression with one output, whose input number i is the i-th operand
     * @param operands {@code [batch][lines or 1][size or 1]} each
     * @return {@code [batch][lines][size]}, the largest of the operands' axes
     * @throws IllegalArgumentException if operands don't fit together
     */
    public static Tensor of(Tape tape, Expression expression, List<Tensor> operands) {
        if (operands.isEmpty() || expression.outputs() != 1) {
            throw new IllegalArgumentException("pointwise: expected operands and one output, got " + operands.size() + " operands and "
                    + expression.outputs() + " outputs");
        }
        int lines = 1;
        int size = 1;
        for (Tensor x : operands) {
            lines = Math.max(lines, x.lines());
            size = Math.max(size, x.size());
        }
        for (Tensor x : operands) {
            x.require("operand", operands.getFirst().batch(), x.lines() == 1 ? 1 : lines, x.size() == 1 ? 1 : size);
        }
        Tensor y = Term.allocate(tape, operands.getFirst().batch(), lines, size);
        Pointwise operation = new Pointwise(tape, expression, operands, y);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        tape.kernels().arrays().pointwise(expression, batch, lines, size, tape.values(), tape.gradients(), inputs, result, false);
    }

    @Override
    public void backward() {
        if (derivatives.length > 0) {
            tape.kernels()
                    .arrays()
                    .pointwise(
                            derivative, batch, lines, size, tape.values(), tape.gradients(), inputsAndUpstream, derivatives, true);
        }
    }
}
