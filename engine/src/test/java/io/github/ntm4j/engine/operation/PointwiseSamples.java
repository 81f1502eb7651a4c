package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.apartFrom;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.uniform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Pointwise terms: samples of each function, with all forms of broadcasting, and the equations in double precision. */
final class PointwiseSamples {
    /** Where the functions have kinks, but for those at other operands. */
    private static final double[] KINKS = {-1, 0, 1};

    private PointwiseSamples() {}

    private record Unary(String name, UnaryOperator<Term> term, DoubleUnaryOperator exact) {}

    private record Binary(String name, BinaryOperator<Term> term, DoubleBinaryOperator exact) {}

    private static final List<Unary> UNARY = List.of(
            new Unary("negative", Term::negative, x -> -x),
            new Unary("complement", Term::complement, x -> 1 - x),
            new Unary("square", Term::square, x -> x * x),
            new Unary("square root", x -> x.square().plus(0.1).squareRoot(), x -> Math.sqrt(x * x + (double) 0.1f)),
            new Unary("reciprocal", x -> x.square().plus(0.5).reciprocal(), x -> 1 / (x * x + 0.5)),
            new Unary("exp", Term::exp, Math::exp),
            new Unary("log", x -> x.exp().plus(0.5).log(), x -> Math.log(Math.exp(x) + 0.5)),
            new Unary("sigmoid", Term::sigmoid, x -> 1 / (1 + Math.exp(-x))),
            new Unary("tanh", Term::tanh, Math::tanh),
            new Unary("softplus", Term::softplus, x -> Math.log1p(Math.exp(x))),
            new Unary("one plus", Term::onePlus, x -> 1 + Math.log1p(Math.exp(x))),
            new Unary("at least", x -> x.atLeast(0), x -> Math.max(x, 0)),
            new Unary("clip", x -> x.clip(-1, 1), x -> Math.clamp(x, -1, 1)));

    private static final List<Binary> BINARY = List.of(
            new Binary("sum", Term::plus, Double::sum),
            new Binary("difference", Term::minus, (a, b) -> a - b),
            new Binary("product", Term::times, (a, b) -> a * b),
            new Binary("quotient", (a, b) -> a.over(b.square().plus(0.5)), (a, b) -> a / (b * b + 0.5)),
            new Binary("product and sum", (a, b) -> a.timesPlus(b, a), (a, b) -> a * b + a),
            new Binary("larger", Term::larger, Math::max),
            new Binary("smaller", Term::smaller, Math::min),
            new Binary("choice", (a, b) -> a.above(b).choose(a, b.times(3)), (a, b) -> a > b ? a : 3 * b));

    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Unary f : UNARY) {
            subjects.add(Subject.onFewSizes("Pointwise, " + f.name, Pointwise.class, (size, batch, heads) -> unary(f, size, batch, heads))
                    .withExtreme(ElementSamples.extreme("extreme pointwise " + f.name, (x, d) -> extreme(f, x, d)).stream()
                            .filter(sample -> !overflows(f, sample))
                            .toList()));
        }
        for (Binary f : BINARY) {
            subjects.add(Subject.onFewSizes("Pointwise, " + f.name, Pointwise.class, (size, batch, heads) -> full(f, size, batch, heads)));
            subjects.add(Subject.onFewSizes("Pointwise, broadcast " + f.name, Pointwise.class, (size, batch, heads) -> broadcast(f, size, batch, heads)));
        }
        subjects.add(Subject.of("Pointwise, the link matrix of a DNC", Pointwise.class, PointwiseSamples::link));
        subjects.add(Subject.of("Pointwise, columns", Pointwise.class, PointwiseSamples::columns));
        return subjects;
    }

    private static boolean overflows(Unary f, Sample sample) {
        for (float x : sample.operands().getFirst().values()) {
            double exact = f.exact.applyAsDouble(x);
            double slope = f.name.contains("root") || f.name.equals("reciprocal") || f.name.equals("log") ? (double) x * x : exact;
            if (!(Math.abs(exact) < 1e37 && Math.abs(slope) < 1e37) || (f.name.equals("log") && x > 80)) {
                return true;
            }
        }
        return false;
    }

    private static Sample unary(Unary f, int size, int batch, int heads) {
        String description = Subject.described("pointwise " + f.name, size, batch, heads);
        float[] values = apartFrom(Values.random(description), batch * heads * size, 1e-3, KINKS);
        return sample(f, description, Operand.columns("operand", batch, heads, size, values));
    }

    private static Sample extreme(Unary f, float[] values, String description) {
        return sample(f, description, Operand.columns("operand", 1, 1, values.length, values));
    }

    private static Sample sample(Unary f, String description, Operand operand) {
        return Sample.of(
                description,
                List.of(operand),
                (tape, x) -> List.of(f.term.apply(Term.of(tape, x.getFirst())).at()),
                x -> List.of(Array3.of(
                        operand.batch(), operand.lines(), operand.size(), (b, i, j) -> f.exact.applyAsDouble(x.getFirst().at(b, i, j)))));
    }

    private static Sample full(Binary f, int size, int batch, int heads) {
        String description = Subject.described("pointwise " + f.name, size, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] left = normal(random, batch * heads * size);
        float[] right = left.clone();
        for (int i = 0; i < left.length; i++) {
            right[i] += (random.nextBoolean() ? 1 : -1) * (0.01f + random.nextFloat());
        }
        return sample(
                f,
                description,
                List.of(Operand.columns("operand", batch, heads, size, left), Operand.whole("operand", batch, heads, size, right)));
    }

    /** A column against a line: every element of the result has others. */
    private static Sample broadcast(Binary f, int size, int batch, int heads) {
        String description = Subject.described("broadcast " + f.name, size, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] line = new float[batch * size];
        for (int i = 0; i < line.length; i++) {
            line[i] = (random.nextInt(80) - 40 + 0.25f + 0.5f * random.nextFloat()) / 16;
        }
        float[] column = new float[batch * 3 * heads];
        for (int i = 0; i < column.length; i++) {
            column[i] = (random.nextInt(64) - 32) / 16f;
        }
        return sample(
                f,
                description,
                List.of(Operand.columns("operand", batch, 3 * heads, 1, column),
                        Operand.columns("operand", batch, 1, size, line)));
    }

    private static Sample sample(Binary f, String description, List<Operand> operands) {
        return Sample.of(
                description,
                operands,
                (tape, x) -> List.of(f.term.apply(Term.of(tape, x.get(0)), Term.of(tape, x.get(1))).at()),
                x -> List.of(broadcast(x.get(0), x.get(1), f.exact)));
    }

    static Array3 broadcast(Array3 a, Array3 b, DoubleBinaryOperator f) {
        return Array3.of(a.batch, Math.max(a.lines, b.lines), Math.max(a.size, b.size), (s, i, j) ->
                f.applyAsDouble(a.broadcastAt(s, i, j), b.broadcastAt(s, i, j)));
    }

    /** Graves et al. 2016: full matrices, lines, columns and a number in one chain; the derivatives by a line are sums of both kinds. */
    private static Sample link(int size, int batch, int heads) {
        int rows = Math.min(size, 20 * heads);
        String description = Subject.described("link", size, batch, heads);
        RandomGenerator random = Values.random(description);
        return Sample.of(
                description,
                List.of(
                        Operand.whole("operand", batch, rows, rows, normal(random, batch * rows * rows)),
                        Operand.columns("column", batch, 1, rows, uniform(random, 0, 1, batch * rows)),
                        Operand.whole("operand", batch, 1, rows, uniform(random, 0, 1, batch * rows)),
                        Operand.columns("operand", batch, 1, 1, uniform(random, 0, 1, batch))),
                (tape, x) -> {
                    Term link = Term.of(tape, x.get(0));
                    Term write = Term.of(tape, x.get(1));
                    Term precedence = Term.of(tape, x.get(2));
                    Term number = Term.of(tape, x.get(3));
                    Term to = write.column();
                    Term linked = to.plus(write).complement().times(link).plus(to.times(precedence));
                    return List.of(linked.times(number).at());
                },
                x -> List.of(Array3.of(batch, rows, rows, (b, i, j) -> {
                    double w = x.get(1).at(b, 0, i);
                    double kept = (1 - (w + x.get(1).at(b, 0, j))) * x.get(0).at(b, i, j);
                    return (kept + w * x.get(2).at(b, 0, j)) * x.get(3).at(b, 0, 0);
                })));
    }

    /** Columns that are dense are computed as lines, others one by one. */
    private static Sample columns(int size, int batch, int heads) {
        String description = Subject.described("columns", size, batch, heads);
        RandomGenerator random = Values.random(description);
        boolean dense = heads == 1;
        float[] left = normal(random, batch * size);
        float[] right = normal(random, batch * size);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("operand", batch, size, 1, left),
                        dense
                                ? Operand.columns("operand", batch, size, 1, right)
                                : Operand.lines("operand", batch, size, 1, right)),
                (tape, x) -> {
                    Term column = Term.of(tape, x.get(0)).times(Term.of(tape, x.get(1))).tanh();
                    return List.of(column.at(), column.row().times(2).at());
                },
                x -> {
                    Array3 y = broadcast(x.get(0), x.get(1), (a, b) -> Math.tanh(a * b));
                    return List.of(y, Array3.of(batch, 1, size, (b, i, j) -> 2 * y.at(b, j, 0)));
                });
    }
}
