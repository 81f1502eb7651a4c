package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.kernel.ElementFunction.*;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Expressions that chance makes, of operands of all forms: smooth ones with a reference in double precision, and wild ones without. */
final class RandomExpressions {
    private static final int LINES = 5;

    /** The derivative by a number is a sum of so many terms times {@link #LINES}; of more, what is left of it is mostly rounding. */
    private static final int LONGEST = 150;

    /** Functions without kinks, whose values stay moderate. */
    private static final List<ElementFunction> SMOOTH =
            List.of(PLUS, MINUS, TIMES, TIMES_PLUS, NEGATIVE, SIGMOID, TANH, SOFTPLUS, TANH, SIGMOID);

    private static final List<ElementFunction> ALL =
            Stream.of(ElementFunction.values()).filter(f -> f.arguments() > 0).toList();

    /** Among them those at which functions overflow or are not defined. */
    private static final float[] WILD = {
        0f, -0f, 1f, -1f, 0.5f, 3f, -7f, 88f, 88.5f, 88.9f, -87.2f, -87.5f, -104f, 1e-38f, 1e-40f, -1e-40f, 1e30f, -1e30f,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MIN_VALUE, Float.MAX_VALUE
    };

    private RandomExpressions() {}

    static Subject smooth() {
        return Subject.of("Pointwise, random expressions", Pointwise.class, RandomExpressions::smooth);
    }

    private static Sample smooth(int length, int batch, int heads) {
        String description = Subject.described("random expression", length, batch, heads);
        int size = Math.min(length, LONGEST);
        RandomGenerator random = Values.random(description);
        Expression expression = expression(random, SMOOTH, 3 + random.nextInt(20));
        List<Operand> operands = operands(batch, size, count -> Values.normal(random, count));
        return Sample.of(
                description,
                operands,
                (tape, x) -> List.of(Pointwise.of(tape, expression, x)),
                x -> List.of(Array3.of(batch, LINES, size, (b, i, j) -> {
                    double[] values = new double[expression.nodes()];
                    for (int n = 0; n < values.length; n++) {
                        values[n] = expression.function(n) == INPUT
                                ? x.get(expression.argument(n, 0)).broadcastAt(b, i, j)
                                : exact(expression, n, values);
                    }
                    return values[expression.output(0)];
                })));
    }

    private static double exact(Expression expression, int n, double[] values) {
        double a = values[expression.argument(n, 0)];
        double b = values[expression.argument(n, 1)];
        double c = values[expression.argument(n, 2)];
        return switch (expression.function(n)) {
            case CONSTANT -> expression.constant(n);
            case NEGATIVE -> -a;
            case SIGMOID -> 1 / (1 + Math.exp(-a));
            case TANH -> Math.tanh(a);
            case SOFTPLUS -> Math.log1p(Math.exp(a));
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case TIMES_PLUS -> a * b + c;
            default -> throw new IllegalArgumentException(expression.function(n) + ": expected a smooth function");
        };
    }

    /** Whatever happens in them, it is the same everywhere. */
    static List<Sample> wild() {
        return IntStream.range(0, 150)
                .mapToObj(i -> {
                    String description = "wild expression " + i;
                    RandomGenerator random = Values.random(description);
                    Expression expression = expression(random, ALL, 1 + random.nextInt(Pointwise.MOST_NODES - 10));
                    int size = 1 + random.nextInt(i % 10 == 0 ? 700 : 40);
                    return Sample.of(
                            description,
                            operands(1 + i % 2, size, count -> {
                                float[] values = Values.normal(random, count);
                                for (int n = 0; n < count; n++) {
                                    values[n] = random.nextInt(4) == 0 ? WILD[random.nextInt(WILD.length)] : values[n];
                                }
                                return values;
                            }),
                            (tape, x) -> List.of(Pointwise.of(tape, expression, x)),
                            x -> List.of());
                })
                .toList();
    }

    private interface Numbers {
        float[] of(int count);
    }

    /** A full one, a line, a column, and a number; windows as well as whole tensors. */
    private static List<Operand> operands(int batch, int size, Numbers numbers) {
        return List.of(
                Operand.whole("operand", batch, LINES, size, numbers.of(batch * LINES * size)),
                Operand.columns("operand", batch, 1, size, numbers.of(batch * size)),
                Operand.columns("operand", batch, LINES, 1, numbers.of(batch * LINES)),
                Operand.columns("operand", batch, 1, 1, numbers.of(batch)),
                Operand.columns("operand", batch, LINES, size, numbers.of(batch * LINES * size)));
    }

    private static Expression expression(RandomGenerator random, List<ElementFunction> functions, int count) {
        Expression.Builder nodes = new Expression.Builder();
        List<Integer> made = new ArrayList<>();
        for (int input = 0; input < 5; input++) {
            made.add(nodes.input(input));
        }
        made.add(nodes.constant(0.75f));
        for (int n = 0; n < count; n++) {
            ElementFunction function = functions.get(random.nextInt(functions.size()));
            int[] arguments = new int[function.arguments()];
            for (int i = 0; i < arguments.length; i++) {
                // late ones are taken more often, so that most nodes count
                int back = Math.min(random.nextInt(made.size()), random.nextInt(made.size()));
                arguments[i] = made.get(made.size() - 1 - back);
            }
            int node = nodes.apply(function, arguments);
            if (random.nextInt(6) == 0 && functions.contains(TANH)) {
                node = nodes.apply(TANH, node);
            }
            made.add(node);
        }
        int last = made.getLast();
        // The full operand takes part, so that the result has its shape; the mean of two bounded values is moderate.
        return nodes.build(nodes.apply(PLUS, nodes.apply(TANH, last), nodes.apply(SIGMOID, made.getFirst())));
    }
}
