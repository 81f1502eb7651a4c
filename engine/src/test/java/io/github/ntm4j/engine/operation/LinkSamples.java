package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.oneHot;
import static io.github.ntm4j.engine.operation.Values.uniform;

import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order of writing: samples, and the equations in double precision. */
final class LinkSamples {
    /** Fewer than elsewhere: a link has as many elements as rows squared. */
    private static final int[] ROWS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 20, 25, 32, 39};

    private LinkSamples() {}

    static List<Subject> subjects() {
        List<Sample> links = new ArrayList<>();
        List<Sample> steps = new ArrayList<>();
        for (int rows : ROWS) {
            for (int batch = 1; batch <= 2; batch++) {
                for (int heads = 1; heads <= 5; heads++) {
                    links.add(link(Subject.described("TemporalLink", rows, batch, heads), rows, batch, heads));
                    if (rows < 18 || rows == 20) {
                        steps.add(steps(Subject.described("TemporalLink, steps", rows, batch, heads), rows, batch, heads));
                    }
                }
            }
        }
        List<Sample> extreme = extremeLinks();
        for (int rows : new int[] {64, 129, 1024}) {
            extreme.add(link("large link, rows " + rows, rows, 1, 3));
        }
        return List.of(
                new Subject("TemporalLink", TemporalLink.class, links, extreme),
                new Subject("TemporalLink, steps", TemporalLink.class, steps, List.of()));
    }

    private static Sample link(String description, int rows, int batch, int heads) {
        RandomGenerator random = Values.random(description);
        return link(
                description,
                rows,
                batch,
                heads,
                links(uniform(random, 0, 1, batch * rows * rows), rows),
                distributions(random, batch, rows),
                uniform(random, 0, 0.5, batch * rows),
                distributions(random, batch * heads, rows));
    }

    /** The same with zeros on the diagonals: a link never has anything else there. */
    private static float[] links(float[] values, int rows) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= i / rows % rows == i % rows ? 0 : 1;
        }
        return values;
    }

    private static List<Sample> extremeLinks() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 2, 16, 17, 20}) {
            String tail = ", rows " + rows;
            RandomGenerator random = Values.random("extreme links" + tail);
            int all = 2 * rows * rows;
            float[] empty = new float[all];
            float[] spread = links(uniform(random, 0, 1, all), rows);
            float[] zero = new float[2 * rows];
            float[] sharp = oneHot(random, 2, rows);
            float[] read = oneHot(random, 4, rows);
            samples.add(link("empty link" + tail, rows, 2, 2, empty, zero, sharp, read));
            samples.add(link("no write" + tail, rows, 2, 2, spread, sharp, zero, read));
            samples.add(link("sharp write" + tail, rows, 2, 2, spread, sharp, sharp, read));
            samples.add(link("read of nothing" + tail, rows, 2, 2, spread, sharp, sharp, new float[4 * rows]));
        }
        return samples;
    }

    private static Sample link(
            String description, int rows, int batch, int heads, float[] link, float[] precedence, float[] write, float[] read) {
        return Sample.of(
                description,
                List.of(
                        Operand.whole("link", batch, rows, rows, link).with(Operand.Derivative.TURNED),
                        Operand.lines("precedence", batch, 1, rows, precedence),
                        Operand.lines("write weighting", batch, 1, rows, write),
                        Operand.lines("read weighting", batch, heads, rows, read)),
                (tape, x) -> {
                    TemporalLink step = TemporalLink.of(tape, new LinkHistory(1), x.get(0), x.get(1), x.get(2), x.get(3));
                    return List.of(step.link(), step.forwardWeighting(), step.backwardWeighting());
                },
                x -> link(x.get(0), x.get(1), x.get(2), x.get(3)));
    }

    /**
     * Seven steps with links of which only each third is kept, from operands that stand for what a machine does between the steps. The links
     * on the way are not looked at, nor is the derivative by the last one given: others have taken their places.
     */
    private static Sample steps(String description, int rows, int batch, int heads) {
        RandomGenerator random = Values.random(description);
        int steps = 7;
        List<Operand> operands = new ArrayList<>();
        operands.add(Operand.whole("link", batch, rows, rows, links(uniform(random, 0, 1, batch * rows * rows), rows))
                .with(Operand.Derivative.TURNED));
        operands.add(Operand.lines("precedence", batch, 1, rows, distributions(random, batch, rows)));
        for (int t = 0; t < steps; t++) {
            operands.add(Operand.lines("write weighting", batch, 1, rows, uniform(random, 0, 0.5, batch * rows)));
            operands.add(Operand.lines("read weighting", batch, heads, rows, normal(random, batch * heads * rows)));
        }
        return Sample.of(
                description,
                operands,
                (tape, x) -> {
                    List<Tensor> results = new ArrayList<>();
                    LinkHistory history = new LinkHistory(3);
                    Tensor link = x.get(0);
                    for (int t = 0; t < steps; t++) {
                        TemporalLink step = TemporalLink.of(tape, history, link, x.get(1), x.get(2 + 2 * t), x.get(3 + 2 * t));
                        link = step.link();
                        results.add(step.forwardWeighting());
                        results.add(step.backwardWeighting());
                    }
                    results.add(link);
                    return results;
                },
                x -> {
                    List<Array3> results = new ArrayList<>();
                    Array3 link = x.get(0);
                    for (int t = 0; t < steps; t++) {
                        List<Array3> step = link(link, x.get(1), x.get(2 + 2 * t), x.get(3 + 2 * t));
                        link = step.getFirst();
                        results.addAll(step.subList(1, 3));
                    }
                    results.add(link);
                    return results;
                });
    }

    /** Graves et al. 2016, equations 6 to 8. */
    private static List<Array3> link(Array3 link, Array3 precedence, Array3 write, Array3 read) {
        int rows = link.size;
        Array3 after = new Array3(link.batch, rows, rows);
        Array3 forward = new Array3(link.batch, read.lines, rows);
        Array3 backward = new Array3(link.batch, read.lines, rows);
        for (int b = 0; b < link.batch; b++) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < rows; j++) {
                    double keep = 1 - write.at(b, 0, i) - write.at(b, 0, j);
                    double l = i == j ? 0 : keep * link.at(b, i, j) + write.at(b, 0, i) * precedence.at(b, 0, j);
                    after.set(b, i, j, l);
                    for (int head = 0; head < read.lines; head++) {
                        forward.set(b, head, i, forward.at(b, head, i) + l * read.at(b, head, j));
                        backward.set(b, head, j, backward.at(b, head, j) + l * read.at(b, head, i));
                    }
                }
            }
        }
        return List.of(after, forward, backward);
    }
}
