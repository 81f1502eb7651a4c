package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.apartFrom;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.uniform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Plain arithmetic on arrays, but for {@link PointwiseSamples pointwise}: samples, and the equations in double precision. */
final class ArraySamples {
    private ArraySamples() {}

    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>(List.of(
                Subject.of("Product, long sums", Product.class, (n, batch, heads) -> through("sums", n, 2 * heads + 3, n, 3, batch, heads)),
                Subject.of("Product, long lines", Product.class, (n, batch, heads) -> through("lines", n, 5, 3, n, batch, heads)),
                Subject.of("Product, transposed, long sums", Product.class, (n, batch, heads) -> against("sums", n, 2, n, 9, batch, heads)),
                Subject.of("Product, transposed, long lines", Product.class, (n, batch, heads) -> against("lines", n, 3, 5, n, batch, heads)),
                Subject.of("Sum, of each line", Sum.class, (n, batch, heads) -> sum(n, batch, heads, true)),
                Subject.of("Sum, of lines", Sum.class, (n, batch, heads) -> sum(n, batch, heads, false)),
                Subject.onFewSizes("Largest", Largest.class, ArraySamples::largest),
                Subject.onFewSizes("Transpose", Transpose.class, ArraySamples::transpose),
                Subject.of("MaskedSoftmax", MaskedSoftmax.class, (n, batch, heads) -> softmax(n, batch, heads, false)),
                Subject.of("MaskedSoftmax, masked", MaskedSoftmax.class, (n, batch, heads) -> softmax(n, batch, heads, true)),
                Subject.onFewSizes("Gather", Gather.class, ArraySamples::gather),
                Subject.onFewSizes("Scatter", Scatter.class, ArraySamples::scatter),
                Subject.onFewSizes("Sort", Sort.class, (n, batch, heads) -> sort(n, batch, heads, 0)),
                Subject.onFewSizes("Sort, rounded", Sort.class, (n, batch, heads) -> sort(n, batch, heads, 0.25)),
                Subject.onFewSizes("Roll, elements", Roll.class, (n, batch, heads) -> roll(n, batch, heads, 0, 3)),
                Subject.onFewSizes("Roll, elements back", Roll.class, (n, batch, heads) -> roll(n, batch, heads, 0, -1)),
                Subject.onFewSizes("Roll, lines", Roll.class, (n, batch, heads) -> roll(n, batch, heads + 2, 2, 0)),
                Subject.onFewSizes("Pad", Pad.class, ArraySamples::pad),
                Subject.onFewSizes("Draw", Draw.class, ArraySamples::draw),
                Subject.onFewSizes("Pad, Join and Product, a convolution", Pad.class, ArraySamples::convolution),
                Subject.onFewSizes("Join, side by side", Join.class, ArraySamples::joinColumns),
                Subject.onFewSizes("Join, below one another", Join.class, ArraySamples::joinLines)));
        for (Scan.Way way : Scan.Way.values()) {
            subjects.add(Subject.onFewSizes("Scan, sum, " + way, Scan.class, (n, batch, heads) -> runningSum(n, batch, heads, way)));
            subjects.add(Subject.onFewSizes("Scan, product, " + way, Scan.class, (n, batch, heads) -> runningProduct(n, batch, heads, way)));
        }
        return subjects;
    }

    private static Sample through(String name, int n, int lines, int depth, int size, int batch, int heads) {
        String description = Subject.described("product, " + name, n, batch, heads);
        RandomGenerator random = Values.random(description);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("left factor", batch, lines, depth, normal(random, batch * lines * depth)),
                        Operand.lines("right factor", batch, depth, size, normal(random, batch * depth * size))),
                (tape, x) -> List.of(Product.through(tape, x.get(0), x.get(1))),
                x -> List.of(product(x.get(0), x.get(1))));
    }

    private static Sample against(String name, int n, int lines, int depth, int size, int batch, int heads) {
        String description = Subject.described("product, transposed, " + name, n, batch, heads);
        RandomGenerator random = Values.random(description);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("left factor", batch, lines, depth, normal(random, batch * lines * depth)),
                        Operand.whole("right factor", batch, size, depth, normal(random, batch * depth * size))),
                (tape, x) -> List.of(Product.against(tape, x.get(0), x.get(1))),
                x -> List.of(product(x.get(0), transposed(x.get(1)))));
    }

    static Array3 product(Array3 a, Array3 b) {
        return Array3.of(a.batch, a.lines, b.size, (s, i, j) -> {
            double sum = 0;
            for (int k = 0; k < a.size; k++) {
                sum += a.at(s, i, k) * b.at(s, k, j);
            }
            return sum;
        });
    }

    static Array3 transposed(Array3 x) {
        return Array3.of(x.batch, x.size, x.lines, (b, i, j) -> x.at(b, j, i));
    }

    private static Sample sum(int n, int batch, int heads, boolean ofEachLine) {
        String description = Subject.described(ofEachLine ? "sum of each line" : "sum of lines", n, batch, heads);
        int lines = 2 * heads - 1;
        return Sample.of(
                description,
                List.of(Operand.columns("sum", batch, lines, n, normal(Values.random(description), batch * lines * n))),
                (tape, x) -> List.of(ofEachLine ? Sum.ofEachLine(tape, x.getFirst()) : Sum.ofLines(tape, x.getFirst())),
                x -> List.of(ofEachLine ? sumOfEachLine(x.getFirst()) : transposed(sumOfEachLine(transposed(x.getFirst())))));
    }

    static Array3 sumOfEachLine(Array3 x) {
        return Array3.of(x.batch, x.lines, 1, (b, i, j) -> {
            double sum = 0;
            for (int k = 0; k < x.size; k++) {
                sum += x.at(b, i, k);
            }
            return sum;
        });
    }

    private static Sample largest(int n, int batch, int heads) {
        String description = Subject.described("largest", n, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] values = shuffled(random, batch * heads * n);
        return Sample.of(
                description,
                List.of(Operand.columns("largest", batch, heads, n, values)),
                (tape, x) -> List.of(Largest.ofEachLine(tape, x.getFirst())),
                x -> List.of(Array3.of(batch, heads, 1, (b, i, j) -> IntStream.range(0, n)
                        .mapToDouble(k -> x.getFirst().at(b, i, k))
                        .max()
                        .orElseThrow())));
    }

    /** Numbers that are some way apart. */
    private static float[] shuffled(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            values[i] = values[other];
            values[other] = (i - count / 2) / 16f;
        }
        return values;
    }

    private static Sample transpose(int n, int batch, int heads) {
        String description = Subject.described("transpose", n, batch, heads);
        return Sample.of(
                description,
                List.of(Operand.columns("transpose", batch, heads, n, normal(Values.random(description), batch * heads * n))),
                (tape, x) -> List.of(Transpose.of(tape, x.getFirst())),
                x -> List.of(transposed(x.getFirst())));
    }

    private static Sample softmax(int n, int batch, int heads, boolean masked) {
        String description = Subject.described(masked ? "masked softmax" : "softmax", n, batch, heads);
        RandomGenerator random = Values.random(description);
        List<Operand> operands = new ArrayList<>();
        operands.add(Operand.columns("softmax", batch, heads, n, normal(random, batch * heads * n)));
        if (masked) {
            float[] mask = new float[batch * n];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = i < n || random.nextInt(3) == 0 ? 0f : 1f; // nothing in the first sequence
            }
            operands.add(Operand.plain("mask", batch, 1, n, mask));
        }
        return Sample.of(
                description,
                operands,
                (tape, x) -> List.of(masked ? MaskedSoftmax.of(tape, x.get(0), x.get(1)) : MaskedSoftmax.of(tape, x.get(0))),
                x -> {
                    Array3 let = Array3.of(batch, heads, n, (b, i, j) -> lets(x, b, j) ? Math.exp(x.getFirst().at(b, i, j)) : 0);
                    Array3 sums = sumOfEachLine(let);
                    return List.of(Array3.of(batch, heads, n, (b, i, j) -> lets(x, b, j) ? let.at(b, i, j) / sums.at(b, i, 0) : 0));
                });
    }

    private static boolean lets(List<Array3> x, int b, int place) {
        return x.size() == 1 || x.get(1).at(b, 0, place) > 0;
    }

    private static Sample gather(int n, int batch, int heads) {
        String description = Subject.described("gather", n, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] index = new float[batch * (n + 2)];
        for (int i = 0; i < index.length; i++) {
            index[i] = random.nextInt(n);
        }
        return Sample.of(
                description,
                List.of(
                        Operand.columns("gather", batch, heads, n, normal(random, batch * heads * n)),
                        Operand.plain("index", batch, 1, n + 2, index)),
                (tape, x) -> List.of(Gather.of(tape, x.get(0), x.get(1))),
                x -> List.of(Array3.of(batch, heads, n + 2, (b, i, j) -> x.get(0).at(b, i, (int) Math.rint(x.get(1).at(b, 0, j))))));
    }

    private static Sample scatter(int n, int batch, int heads) {
        String description = Subject.described("scatter", n, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] index = new float[batch * heads * n];
        for (int i = 0; i < index.length; i++) {
            index[i] = random.nextInt(n + 3);
        }
        return Sample.of(
                description,
                List.of(
                        Operand.columns("scatter", batch, heads, n, normal(random, batch * heads * n)),
                        Operand.plain("index", batch, heads, n, index)),
                (tape, x) -> List.of(Scatter.of(tape, x.get(0), x.get(1), n + 3)),
                x -> {
                    Array3 y = new Array3(batch, heads, n + 3);
                    for (int b = 0; b < batch; b++) {
                        for (int i = 0; i < heads; i++) {
                            for (int k = 0; k < n; k++) {
                                int place = (int) x.get(1).at(b, i, k);
                                y.set(b, i, place, y.at(b, i, place) + x.get(0).at(b, i, k));
                            }
                        }
                    }
                    return List.of(y);
                });
    }

    private static Sample sort(int n, int batch, int heads, double step) {
        String description = Subject.described(step > 0 ? "sort, rounded" : "sort", n, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] values = normal(random, batch * heads * n);
        for (int i = 0; i < values.length; i += 3) {
            values[i] = values[random.nextInt(values.length)] == 0 ? -0f : values[random.nextInt(i + 1)]; // equal ones
        }
        return Sample.of(
                description,
                List.of(Operand.columns("sort", batch, heads, n, values)),
                (tape, x) -> List.of(Sort.of(tape, x.getFirst(), (float) step)),
                x -> {
                    Array3 order = new Array3(batch, heads, n);
                    for (int b = 0; b < batch; b++) {
                        for (int i = 0; i < heads; i++) {
                            int sequence = b;
                            int line = i;
                            int[] places = IntStream.range(0, n)
                                    .boxed()
                                    .sorted(Comparator.comparingDouble(k -> rounded(x.getFirst().at(sequence, line, k), step)))
                                    .mapToInt(k -> k)
                                    .toArray();
                            for (int j = 0; j < n; j++) {
                                order.set(b, i, j, places[j]);
                            }
                        }
                    }
                    return List.of(order);
                });
    }

    private static double rounded(double value, double step) {
        return 0.0 + (step > 0 ? Math.rint(value / step) : value);
    }

    private static Sample joinColumns(int n, int batch, int heads) {
        String description = Subject.described("joined columns", n, batch, heads);
        RandomGenerator random = Values.random(description);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("joined", batch, heads, 3, normal(random, batch * heads * 3)),
                        Operand.whole("joined", batch, heads, n, normal(random, batch * heads * n)),
                        Operand.plain("joined", batch, heads, 1, normal(random, batch * heads))),
                (tape, x) -> List.of(Join.columns(tape, x)),
                x -> List.of(Array3.of(batch, heads, n + 4, (b, i, j) ->
                        j < 3 ? x.get(0).at(b, i, j) : j < n + 3 ? x.get(1).at(b, i, j - 3) : x.get(2).at(b, i, 0))));
    }

    private static Sample joinLines(int n, int batch, int heads) {
        String description = Subject.described("joined lines", n, batch, heads);
        RandomGenerator random = Values.random(description);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("joined", batch, heads, n, normal(random, batch * heads * n)),
                        Operand.whole("joined", batch, 2, n, normal(random, batch * 2 * n))),
                (tape, x) -> List.of(Join.lines(tape, x)),
                x -> List.of(Array3.of(
                        batch, heads + 2, n, (b, i, j) -> i < heads ? x.get(0).at(b, i, j) : x.get(1).at(b, i - heads, j))));
    }

    private static Sample roll(int n, int batch, int height, int lines, int columns) {
        String description = Subject.described(lines > 0 ? "roll of lines" : "roll by " + columns, n, batch, height);
        return Sample.of(
                description,
                List.of(Operand.columns("roll", batch, height, n, normal(Values.random(description), batch * height * n))),
                (tape, x) -> List.of(lines > 0 ? Roll.lines(tape, x.getFirst(), lines) : Roll.columns(tape, x.getFirst(), columns)),
                x -> List.of(Array3.of(batch, height, n, (b, i, j) ->
                        x.getFirst().at(b, Math.floorMod(i - lines, height), Math.floorMod(j - columns, n)))));
    }

    private static Sample pad(int n, int batch, int heads) {
        String description = Subject.described("pad", n, batch, heads);
        return Sample.of(
                description,
                List.of(Operand.columns("pad", batch, heads, n, normal(Values.random(description), batch * heads * n))),
                (tape, x) -> List.of(Pad.of(tape, x.getFirst(), 1, 2, 3, 1)),
                x -> List.of(Array3.of(batch, heads + 3, n + 4, (b, i, j) ->
                        i < 1 || i > heads || j < 3 || j >= n + 3 ? 0 : x.getFirst().at(b, i - 1, j - 3))));
    }

    private static Sample draw(int n, int batch, int heads) {
        String description = Subject.described("draw", n, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] numbers = new float[batch * heads];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (random.nextInt(n) + 0.5f) / n;
        }
        float[] distributions = Values.all(1f / n, batch * heads * n);
        return Sample.of(
                description,
                List.of(
                        Operand.columns("distribution", batch, heads, n, distributions),
                        Operand.plain("number", batch, heads, 1, numbers)),
                (tape, x) -> List.of(Draw.of(tape, x.get(0), x.get(1))),
                x -> List.of(Array3.of(batch, heads, n, (b, i, j) -> j == (int) (x.get(1).at(b, i, 0) * n) ? 1 : 0)));
    }

    private static Sample convolution(int n, int batch, int heads) {
        String description = Subject.described("convolution", n, batch, heads);
        RandomGenerator random = Values.random(description);
        int taps = 3;
        int in = 2;
        int out = heads + 2;
        return Sample.of(
                description,
                List.of(
                        Operand.columns("channels", batch, n, in, normal(random, batch * n * in)),
                        Operand.whole("right factor", batch, taps * in, out, normal(random, batch * taps * in * out))),
                (tape, x) -> List.of(Term.of(tape, x.get(0)).convolve(Term.of(tape, x.get(1)), taps).at()),
                x -> List.of(Array3.of(batch, n, out, (b, i, j) -> {
                    double sum = 0;
                    for (int t = 0; t < taps; t++) {
                        int line = i + t - 1;
                        for (int c = 0; line >= 0 && line < n && c < in; c++) {
                            sum += x.get(0).at(b, line, c) * x.get(1).at(b, t * in + c, j);
                        }
                    }
                    return sum;
                })));
    }

    private static Sample runningSum(int n, int batch, int heads, Scan.Way way) {
        String description = Subject.described("running sum, " + way, n, batch, heads);
        return Sample.of(
                description,
                List.of(Operand.columns("scan", batch, heads, n, uniform(Values.random(description), 0, 1, batch * heads * n))),
                (tape, x) -> List.of(Scan.sum(tape, x.getFirst(), way)),
                x -> List.of(running(x.getFirst(), way, 0, Double::sum)));
    }

    private static Sample runningProduct(int n, int batch, int heads, Scan.Way way) {
        String description = Subject.described("running product, " + way, n, batch, heads);
        float[] values = apartFrom(Values.random(description), batch * heads * n, 0.1);
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 5 == 4 ? values[i] / 4 : 0.8f + 0.2f * (float) Math.tanh(values[i]);
        }
        if (values.length > 2) {
            values[2] = 0f; // its derivative is not the product divided by it
        }
        return Sample.of(
                description,
                List.of(Operand.columns("scan", batch, heads, n, values)),
                (tape, x) -> List.of(Scan.product(tape, x.getFirst(), way)),
                x -> List.of(running(x.getFirst(), way, 1, (p, q) -> p * q)));
    }

    private static Array3 running(Array3 x, Scan.Way way, double start, DoubleBinaryOperator operator) {
        boolean fromLast = way == Scan.Way.INCLUSIVE_FROM_THE_LAST || way == Scan.Way.EXCLUSIVE_FROM_THE_LAST;
        boolean exclusive = way == Scan.Way.EXCLUSIVE || way == Scan.Way.EXCLUSIVE_FROM_THE_LAST;
        Array3 y = new Array3(x.batch, x.lines, x.size);
        for (int b = 0; b < x.batch; b++) {
            for (int i = 0; i < x.lines; i++) {
                double before = start;
                for (int k = 0; k < x.size; k++) {
                    int j = fromLast ? x.size - 1 - k : k;
                    double with = operator.applyAsDouble(before, x.at(b, i, j));
                    y.set(b, i, j, exclusive ? before : with);
                    before = with;
                }
            }
        }
        return y;
    }
}
