package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.oneHot;

import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The order of writing in its largest entries: samples, the equations in double precision, and in plain terms on a table of rows by rows. */
final class SparseLinkSamples {
    private static final int[] ROWS = {1, 2, 3, 8, 9, 16, 17, 20, 39};

    private static final double MARGIN = 1e-3;

    private SparseLinkSamples() {}

    static List<Subject> subjects() {
        List<Sample> links = new ArrayList<>();
        List<Sample> steps = new ArrayList<>();
        for (int rows : ROWS) {
            for (int batch = 1; batch <= 2; batch++) {
                for (int heads = 1; heads <= 3; heads += 2) {
                    for (int entries : new int[] {1, 3, 8}) {
                        if (entries <= rows) {
                            String tail = ", entries " + entries;
                            links.add(link(Subject.described("SparseLink", rows, batch, heads) + tail, rows, entries, batch, heads));
                            if (rows < 18 || rows == 20) {
                                steps.add(steps(Subject.described("SparseLink, steps", rows, batch, heads) + tail, rows, entries, batch, heads));
                            }
                        }
                    }
                }
            }
        }
        List<Sample> extreme = extreme();
        extreme.add(link("large sparse link", 1024, 8, 1, 3));
        return List.of(
                new Subject("SparseLink", SparseLink.class, links, extreme),
                new Subject("SparseLink, steps", SparseLink.class, steps, List.of()));
    }

    private static Sample link(String description, int rows, int entries, int batch, int heads) {
        RandomGenerator random = Values.random(description);
        Sample sample;
        do {
            sample = link(
                    description,
                    rows,
                    entries,
                    batch,
                    heads,
                    links(random, batch, rows, entries),
                    peaks(random, batch, rows),
                    peaks(random, batch, rows),
                    distributions(random, batch * heads, rows));
        } while (!isApart(sample.arrays().get(0), sample.arrays().get(1), sample.arrays().get(2)));
        return sample;
    }

    /** Whether no entry is so near to what is dropped that a small change would decide. */
    private static boolean isApart(Array3 link, Array3 precedence, Array3 write) {
        double least = (double) write.size / link.size;
        for (int b = 0; b < link.batch; b++) {
            for (double[] line : table(link, precedence, write, b)) {
                if (Arrays.stream(line).anyMatch(l -> Math.abs(l - least) < MARGIN)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Some rows have no entries, some a few, some all of them, none near what is dropped. */
    private static float[] links(RandomGenerator random, int batch, int rows, int entries) {
        float[] links = new float[batch * 2 * rows * entries];
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < rows; i++) {
                int at = (b * 2 * rows + i) * entries;
                int own = i;
                int[] others = random.ints(0, rows).filter(j -> j != own).distinct().limit(Math.min(random.nextInt(entries + 1), rows - 1)).sorted().toArray();
                for (int k = 0; k < entries; k++) {
                    boolean there = k < others.length;
                    links[at + k] = there ? others[k] : SparseLink.NOWHERE;
                    links[at + rows * entries + k] = there ? (float) random.nextDouble(1.2 / entries, 1.6 / entries) : 0f;
                }
            }
        }
        return links;
    }

    /** Weightings with two or three large elements, and all others small and different. */
    private static float[] peaks(RandomGenerator random, int lines, int rows) {
        float[] values = new float[lines * rows];
        for (int line = 0; line < lines; line++) {
            int[] order = random.ints(0, rows).distinct().limit(rows).toArray();
            for (int n = 0; n < rows; n++) {
                double small = 0.03 * (n + 0.5) / rows;
                values[line * rows + order[n]] = (float) (n < 3 ? 0.5 / (n + 1) + small : small);
            }
        }
        return values;
    }

    private static List<Sample> extreme() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 2, 16, 17, 20}) {
            for (int entries : new int[] {1, 8}) {
                if (entries > rows) {
                    continue;
                }
                String tail = ", sparse, rows " + rows + ", entries " + entries;
                RandomGenerator random = Values.random("extreme links" + tail);
                float[] full = links(random, 2, rows, entries);
                float[] empty = new float[full.length];
                for (int i = 0; i < empty.length; i++) {
                    empty[i] = i / (rows * entries) % 2 == 0 ? SparseLink.NOWHERE : 0f;
                }
                float[] zero = new float[2 * rows];
                float[] sharp = oneHot(random, 2, rows);
                float[] even = all(1f / rows, 2 * rows);
                float[] read = oneHot(random, 4, rows);
                samples.add(link("empty link" + tail, rows, entries, 2, 2, empty, zero, sharp, read));
                samples.add(link("no write" + tail, rows, entries, 2, 2, full, sharp, zero, read));
                samples.add(link("next to no write" + tail, rows, entries, 2, 2, full, sharp, all(1e-38f, 2 * rows), read));
                samples.add(link("sharp write" + tail, rows, entries, 2, 2, full, sharp, sharp, read));
                samples.add(link("even write" + tail, rows, entries, 2, 2, full, even, even, read));
                samples.add(link("negative zeros" + tail, rows, entries, 2, 2, full, all(-0f, 2 * rows), all(-0f, 2 * rows), read));
                samples.add(link("read of nothing" + tail, rows, entries, 2, 2, full, sharp, sharp, new float[4 * rows]));
            }
        }
        return samples;
    }

    private static Sample link(
            String description, int rows, int entries, int batch, int heads, float[] link, float[] precedence, float[] write, float[] read) {
        return Sample.of(
                        description,
                        List.of(
                                Operand.whole("link", batch, 2, rows * entries, link).with(Operand.Derivative.TURNED),
                                Operand.lines("precedence", batch, 1, rows, precedence),
                                Operand.lines("write weighting", batch, 1, rows, write),
                                Operand.lines("read weighting", batch, heads, rows, read)),
                        (tape, x) -> results(SparseLink.of(tape, x.get(0), x.get(1), x.get(2), x.get(3))),
                        x -> link(x.get(0), x.get(1), x.get(2), x.get(3)))
                .withComposition(SparseLinkSamples::composed);
    }

    private static List<Tensor> results(SparseLink step) {
        return List.of(step.link(), step.forwardWeighting(), step.backwardWeighting());
    }

    private interface Step<T> {
        List<T> of(T link, T precedence, T write, T read);
    }

    /** Three steps from an empty link, from operands that stand for what a machine does between the steps. */
    private static Sample steps(String description, int rows, int entries, int batch, int heads) {
        RandomGenerator random = Values.random(description);
        float[] empty = new float[batch * 2 * rows * entries];
        for (int i = 0; i < empty.length; i++) {
            empty[i] = i / (rows * entries) % 2 == 0 ? SparseLink.NOWHERE : 0f;
        }
        List<Operand> operands = new ArrayList<>();
        operands.add(Operand.whole("link", batch, 2, rows * entries, empty).with(Operand.Derivative.TURNED));
        for (int t = 0; t < 3; t++) {
            operands.add(Operand.lines("precedence", batch, 1, rows, peaks(random, batch, rows)));
            operands.add(Operand.lines("write weighting", batch, 1, rows, peaks(random, batch, rows)));
            operands.add(Operand.lines("read weighting", batch, heads, rows, distributions(random, batch * heads, rows)));
        }
        return Sample.of(
                        description,
                        operands,
                        (tape, x) -> steps(x, (link, p, w, r) -> results(SparseLink.of(tape, link, p, w, r))),
                        x -> steps(x, SparseLinkSamples::link))
                .withComposition((tape, x) -> steps(x, (link, p, w, r) -> composed(tape, List.of(link, p, w, r))));
    }

    /** The weightings of all steps, and the last link. */
    private static <T> List<T> steps(List<T> x, Step<T> step) {
        List<T> results = new ArrayList<>();
        T link = x.getFirst();
        for (int t = 0; t < 3; t++) {
            List<T> parts = step.of(link, x.get(1 + 3 * t), x.get(2 + 3 * t), x.get(3 + 3 * t));
            link = parts.getFirst();
            results.addAll(parts.subList(1, 3));
        }
        results.add(link);
        return results;
    }

    private static List<Array3> link(Array3 link, Array3 precedence, Array3 write, Array3 read) {
        int rows = write.size;
        int entries = link.size / rows;
        Array3 after = Array3.of(link.batch, 2, link.size, (b, line, i) -> line == 0 ? SparseLink.NOWHERE : 0);
        Array3 forward = new Array3(link.batch, read.lines, rows);
        Array3 backward = new Array3(link.batch, read.lines, rows);
        for (int b = 0; b < link.batch; b++) {
            double[][] table = table(link, precedence, write, b);
            for (int i = 0; i < rows; i++) {
                int k = i * entries;
                for (int j = 0; j < rows; j++) {
                    double l = table[i][j];
                    if (l < 1.0 / entries) {
                        continue;
                    }
                    after.set(b, 0, k, j);
                    after.set(b, 1, k++, l);
                    for (int head = 0; head < read.lines; head++) {
                        forward.set(b, head, i, forward.at(b, head, i) + l * read.at(b, head, j));
                        backward.set(b, head, j, backward.at(b, head, j) + l * read.at(b, head, i));
                    }
                }
            }
        }
        return List.of(after, forward, backward);
    }

    /** The new link of rows by rows, with what is too small. */
    private static double[][] table(Array3 link, Array3 precedence, Array3 write, int b) {
        int rows = write.size;
        int entries = link.size / rows;
        double[] to = largest(write, b, entries);
        double[] from = largest(precedence, b, entries);
        double[][] table = new double[rows][rows];
        for (int k = 0; k < link.size; k++) {
            int j = (int) Math.round(link.at(b, 0, k));
            if (j >= 0) {
                table[k / entries][j] = link.at(b, 1, k);
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                table[i][j] = i == j ? 0 : (1 - to[i] - to[j]) * table[i][j] + to[i] * from[j];
            }
        }
        return table;
    }

    private static double[] largest(Array3 weighting, int b, int count) {
        double[] shares = new double[weighting.size];
        int[] chosen = IntStream.range(0, weighting.size)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> -weighting.at(b, 0, n)))
                .limit(count)
                .mapToInt(n -> n)
                .toArray();
        double sum = Arrays.stream(chosen).mapToDouble(n -> weighting.at(b, 0, n)).sum();
        for (int n : chosen) {
            shares[n] = sum == 0 ? 0 : weighting.at(b, 0, n) / sum;
        }
        return shares;
    }

    private static List<Tensor> composed(Tape tape, List<Tensor> x) {
        int rows = x.get(2).size();
        int entries = x.get(0).size() / rows;
        Term columns = constant(tape, x, 1, rows, (i, j) -> j);
        Term others = constant(tape, x, rows, rows, (i, j) -> i == j ? 0 : 1);
        Term lines = constant(tape, x, 1, rows * entries, (i, j) -> j / entries * rows);
        Term places = Term.of(tape, x.get(0)).lines(0, 1).stop();
        Term there = places.plus(1).above(places.times(0)); // where there is no entry, nothing is added to the first column
        Term amounts = Term.of(tape, x.get(0)).lines(1, 1).times(there);
        Term last = amounts.scatter(places.atLeast(0).plus(lines), rows * rows).split(rows, rows);
        Term to = largest(Term.of(tape, x.get(2)), entries);
        Term from = largest(Term.of(tape, x.get(1)), entries);
        Term all = to.column().plus(to).complement().times(last).plus(to.column().times(from)).times(others);
        Term small = all.times(0).plus(1.0 / entries).above(all);
        Term kept = all.times(small.complement());
        Term read = Term.of(tape, x.get(3));
        Term order = small.times(rows).plus(columns).order(0).slice(0, entries);
        Term none = small.gather(order);
        Term rowsBefore = flat(order.times(none.complement()).minus(none));
        Term link = Term.stack(rowsBefore, flat(kept.gather(order)));
        return List.of(link.at(), read.against(kept).at(), read.through(kept).at());
    }

    private static Term largest(Term weighting, int count) {
        Term rows = weighting.negative().order(0).slice(0, count);
        Term chosen = weighting.gather(rows);
        return chosen.over(chosen.sum().atLeast(1e-30)).scatter(rows, weighting.at().size());
    }

    /** Lines side by side. */
    private static Term flat(Term lines) {
        Term[] all = new Term[lines.at().lines()];
        Arrays.setAll(all, i -> lines.lines(i, 1));
        return Term.join(all);
    }

    private interface Cell {
        float at(int line, int column);
    }

    private static Term constant(Tape tape, List<Tensor> x, int lines, int size, Cell cell) {
        float[] values = new float[lines * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = cell.at(i / size, i % size);
        }
        return Term.of(tape, Constant.of(tape, x.getFirst().batch(), lines, values));
    }
}
