package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.kernel.ElementFunction.ABOVE;
import static io.github.ntm4j.engine.kernel.ElementFunction.CHOOSE;
import static io.github.ntm4j.engine.kernel.ElementFunction.LARGER;
import static io.github.ntm4j.engine.kernel.ElementFunction.MINUS;
import static io.github.ntm4j.engine.kernel.ElementFunction.NEGATIVE;
import static io.github.ntm4j.engine.kernel.ElementFunction.OVER;
import static io.github.ntm4j.engine.kernel.ElementFunction.PLUS;
import static io.github.ntm4j.engine.kernel.ElementFunction.SIGMOID;
import static io.github.ntm4j.engine.kernel.ElementFunction.TIMES;
import static io.github.ntm4j.engine.kernel.ElementFunction.TIMES_PLUS;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import java.util.Arrays;

/**
 * The derivatives of an {@link Expression} are an expression too: of its inputs, whose values it computes anew, and of the derivative dy by its
 * result. All rules stand in {@link #differentiate}.
 */
final class Differentiation {
    private static final int NOTHING = -1;

    private final Expression.Builder nodes = new Expression.Builder();

    /** For each node of the expression its value, and the derivative by it, as nodes of the derivatives' expression. */
    private final int[] values;

    private final int[] derivatives;

    private Differentiation(int nodeCount) {
        values = new int[nodeCount];
        derivatives = new int[nodeCount];
        Arrays.fill(derivatives, NOTHING);
    }

    /**
     * The derivatives by some inputs.
     *
     * @param expression with one output
     * @param inputs number of its inputs
     * @param wanted the inputs by which it is differentiated
     * @return an expression with an output for each of those; dy is its input number {@code inputs}
     */
    static Expression of(Expression expression, int inputs, int[] wanted) {
        Differentiation it = new Differentiation(expression.nodes());
        int[] byInput = new int[inputs];
        Arrays.fill(byInput, NOTHING);
        for (int n = 0; n < expression.nodes(); n++) {
            it.values[n] = it.copy(expression, n);
        }
        it.derivatives[expression.output(0)] = it.nodes.input(inputs);
        for (int n = expression.nodes() - 1; n >= 0; n--) {
            if (it.derivatives[n] != NOTHING) {
                it.differentiate(expression, n);
                if (expression.function(n) == ElementFunction.INPUT) {
                    byInput[expression.argument(n, 0)] = it.derivatives[n];
                }
            }
        }
        return it.nodes.build(Arrays.stream(wanted)
                .map(input -> byInput[input] == NOTHING ? it.nodes.constant(0f) : byInput[input])
                .toArray());
    }

    private int copy(Expression expression, int n) {
        ElementFunction f = expression.function(n);
        return switch (f) {
            case INPUT -> nodes.input(expression.argument(n, 0));
            case CONSTANT -> nodes.constant(expression.constant(n));
            default -> {
                int[] arguments = new int[f.arguments()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = values[expression.argument(n, i)];
                }
                yield nodes.apply(f, arguments);
            }
        };
    }

    /** Adds what the derivative dy by y = f(a, b, c) means for a, b and c. */
    private void differentiate(Expression expression, int n) {
        int a = expression.argument(n, 0);
        int b = expression.argument(n, 1);
        int c = expression.argument(n, 2);
        int dy = derivatives[n];
        int y = values[n];
        switch (expression.function(n)) {
            case INPUT, CONSTANT, ABOVE -> {}
            case NEGATIVE -> add(a, nodes.apply(NEGATIVE, dy));
            case SQUARE_ROOT -> {
                // The slope is infinite at 0, where it counts as 0.
                int half = nodes.apply(OVER, nodes.apply(TIMES, nodes.constant(0.5f), dy), y);
                add(a, nodes.apply(CHOOSE, y, half, nodes.constant(0f)));
            }
            case EXP -> add(a, nodes.apply(TIMES, dy, y));
            case LOG -> add(a, nodes.apply(OVER, dy, nodes.apply(LARGER, values[a], nodes.constant(Float.MIN_NORMAL))));
            case SIGMOID -> add(a, nodes.apply(TIMES, dy, nodes.apply(TIMES, y, nodes.apply(MINUS, nodes.constant(1f), y))));
            case TANH -> {
                int slope = nodes.apply(TIMES_PLUS, nodes.apply(NEGATIVE, y), y, nodes.constant(1f));
                add(a, nodes.apply(TIMES, dy, slope));
            }
            case SOFTPLUS -> add(a, nodes.apply(TIMES, dy, nodes.apply(SIGMOID, values[a])));
            case PLUS -> {
                add(a, dy);
                add(b, dy);
            }
            case MINUS -> {
                add(a, dy);
                add(b, nodes.apply(NEGATIVE, dy));
            }
            case TIMES -> {
                addProduct(a, dy, values[b]);
                addProduct(b, dy, values[a]);
            }
            case OVER -> {
                int quotient = nodes.apply(OVER, dy, values[b]);
                add(a, quotient);
                add(b, nodes.apply(NEGATIVE, nodes.apply(TIMES, quotient, y)));
            }
            case LARGER -> choose(nodes.apply(ABOVE, values[b], values[a]), dy, a, b);
            case SMALLER -> choose(nodes.apply(ABOVE, values[a], values[b]), dy, a, b);
            case TIMES_PLUS -> {
                addProduct(a, dy, values[b]);
                addProduct(b, dy, values[a]);
                add(c, dy);
            }
            case CHOOSE -> choose(values[a], dy, c, b);
        }
    }

    /** The derivative goes to the second where the mask is above 0, else to the first. */
    private void choose(int mask, int dy, int first, int second) {
        int zero = nodes.constant(0f);
        add(first, nodes.apply(CHOOSE, mask, zero, dy));
        add(second, nodes.apply(CHOOSE, mask, dy, zero));
    }

    private void add(int argument, int derivative) {
        int before = derivatives[argument];
        derivatives[argument] = before == NOTHING ? derivative : nodes.apply(PLUS, before, derivative);
    }

    private void addProduct(int argument, int dy, int factor) {
        int before = derivatives[argument];
        derivatives[argument] = before == NOTHING ? nodes.apply(TIMES, dy, factor) : nodes.apply(TIMES_PLUS, dy, factor, before);
    }
}
