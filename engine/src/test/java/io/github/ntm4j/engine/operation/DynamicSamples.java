package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.oneHot;
import static io.github.ntm4j.engine.operation.Values.uniform;

import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** What a Differentiable Neural Computer does row by row: samples, and the equations in double precision. */
final class DynamicSamples {
    private DynamicSamples() {}

    static List<Subject> subjects() {
        return List.of(
                Subject.of("Usage", Usage.class, (rows, batch, heads) -> usage(rows, batch, heads, 1, Usage.Gradient.FULL))
                        .withExtreme(extremeUsages()),
                Subject.of("Usage, several writes", Usage.class, (rows, batch, heads) -> usage(rows, batch, 4 - heads, 2, Usage.Gradient.FULL)),
                Subject.of("Usage, stopped", Usage.class, (rows, batch, heads) -> usage(rows, batch, heads, 1, Usage.Gradient.STOP)),
                Subject.of("WriteWeighting", WriteWeighting.class, DynamicSamples::writeWeighting),
                Subject.of("Precedence", Precedence.class, DynamicSamples::precedence),
                Subject.of("Mixture", Mixture.class, DynamicSamples::mixture),
                Subject.of("Sharpen", Sharpen.class, DynamicSamples::sharpen).withExtreme(extremeSharpenings()),
                Subject.of("EraseAdd, retained", EraseAdd.class, DynamicSamples::retained));
    }

    /** An element of a result. */
    private interface Cell {
        double at(int b, int line, int n);
    }

    private static Array3 array(int batch, int lines, int size, Cell cell) {
        Array3 array = new Array3(batch, lines, size);
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < lines; line++) {
                for (int n = 0; n < size; n++) {
                    array.set(b, line, n, cell.at(b, line, n));
                }
            }
        }
        return array;
    }

    private static Sample usage(int rows, int batch, int reads, int writes, Usage.Gradient gradient) {
        String description = Subject.described("Usage, " + writes + " writes, " + gradient, rows, batch, reads);
        RandomGenerator random = Values.random(description);
        return usage(
                description,
                rows,
                batch,
                reads,
                writes,
                gradient,
                uniform(random, 0, 1, batch * rows),
                uniform(random, 0, 1, batch * writes * rows),
                uniform(random, 0, 1, batch * reads),
                uniform(random, 0, 1, batch * reads * rows));
    }

    private static List<Sample> extremeUsages() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 16, 17, 129}) {
            for (float free : new float[] {0f, 1f}) {
                for (float usage : new float[] {0f, 1f}) {
                    String tail = ", rows " + rows + ", free " + free + ", usage " + usage;
                    RandomGenerator random = Values.random("extreme usages" + tail);
                    float[] sharp = oneHot(random, 4, rows);
                    float[] nothing = new float[4 * rows];
                    float[] used = all(usage, 2 * rows);
                    float[] gates = all(free, 4);
                    samples.add(usage("sharp heads" + tail, rows, 2, 2, 2, Usage.Gradient.FULL, used, sharp, gates, sharp));
                    samples.add(usage("idle heads" + tail, rows, 2, 2, 2, Usage.Gradient.FULL, used, nothing, gates, nothing));
                }
            }
        }
        return samples;
    }

    private static Sample usage(
            String description,
            int rows,
            int batch,
            int reads,
            int writes,
            Usage.Gradient gradient,
            float[] usage,
            float[] write,
            float[] free,
            float[] read) {
        Operand writing = gradient == Usage.Gradient.FULL
                ? Operand.lines("write weighting", batch, writes, rows, write)
                : Operand.plain("write weighting", batch, writes, rows, write);
        return Sample.of(
                description,
                List.of(
                        Operand.lines("usage", batch, 1, rows, usage),
                        writing,
                        Operand.columns("free gate", batch, reads, 1, free),
                        Operand.lines("read weighting", batch, reads, rows, read)),
                (tape, x) -> {
                    Usage operation = Usage.of(tape, x.get(0), x.get(1), x.get(2), x.get(3), gradient);
                    return List.of(operation.retention(), operation.usage());
                },
                x -> usage(x.get(0), x.get(1), x.get(2), x.get(3)));
    }

    /** Retention and usage. */
    private static List<Array3> usage(Array3 usage, Array3 write, Array3 free, Array3 read) {
        Array3 retention = array(usage.batch, 1, usage.size, (b, line, n) -> {
            double kept = 1;
            for (int head = 0; head < read.lines; head++) {
                kept *= 1 - free.at(b, head, 0) * read.at(b, head, n);
            }
            return kept;
        });
        Array3 after = array(usage.batch, 1, usage.size, (b, line, n) -> {
            double u = usage.at(b, 0, n);
            for (int head = 0; head < write.lines; head++) {
                double w = write.at(b, head, n);
                u = u + w - u * w;
            }
            return u * retention.at(b, 0, n);
        });
        return List.of(retention, after);
    }

    private static Sample writeWeighting(int rows, int batch, int heads) {
        String description = Subject.described("WriteWeighting", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int lines = batch * heads;
        return Sample.of(
                description,
                List.of(
                        Operand.lines("allocation", batch, heads, rows, distributions(random, lines, rows)),
                        Operand.lines("content weighting", batch, heads, rows, distributions(random, lines, rows)),
                        Operand.columns("allocation gate", batch, heads, 1, uniform(random, 0, 1, lines)),
                        Operand.columns("write gate", batch, heads, 1, uniform(random, 0, 1, lines))),
                (tape, x) -> List.of(WriteWeighting.of(tape, x.get(0), x.get(1), x.get(2), x.get(3))),
                x -> List.of(array(batch, heads, rows, (b, head, n) -> {
                    double gate = x.get(2).at(b, head, 0);
                    return x.get(3).at(b, head, 0) * (gate * x.get(0).at(b, head, n) + (1 - gate) * x.get(1).at(b, head, n));
                })));
    }

    private static Sample precedence(int rows, int batch, int heads) {
        String description = Subject.described("Precedence", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int lines = batch * heads;
        return Sample.of(
                description,
                List.of(
                        Operand.lines("precedence", batch, heads, rows, distributions(random, lines, rows)),
                        Operand.lines("write weighting", batch, heads, rows, uniform(random, 0, 1.0 / rows, lines * rows))),
                (tape, x) -> List.of(Precedence.of(tape, x.get(0), x.get(1))),
                x -> List.of(array(batch, heads, rows, (b, head, n) -> {
                    double kept = 1 - sum(rows, i -> x.get(1).at(b, head, i));
                    return kept * x.get(0).at(b, head, n) + x.get(1).at(b, head, n);
                })));
    }

    private static double sum(int count, ToDoubleFunction<Integer> element) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += element.applyAsDouble(i);
        }
        return sum;
    }

    /** Of as many weightings as heads and one more; the first occurs twice. */
    private static Sample mixture(int rows, int batch, int heads) {
        String description = Subject.described("Mixture", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        List<Operand> operands = new ArrayList<>();
        operands.add(Operand.columns("shares", batch, heads, heads + 2, distributions(random, batch * heads, heads + 2)));
        for (int k = 0; k <= heads; k++) {
            operands.add(Operand.lines("weighting", batch, heads, rows, normal(random, batch * heads * rows)));
        }
        return Sample.of(
                description,
                operands,
                (tape, x) -> List.of(Mixture.of(tape, x.getFirst(), twice(x))),
                x -> List.of(array(batch, heads, rows, (b, head, n) -> {
                    List<Array3> weightings = twice(x);
                    return sum(heads + 2, k -> x.getFirst().at(b, head, k) * weightings.get(k).at(b, head, n));
                })));
    }

    private static <T> List<T> twice(List<T> operands) {
        List<T> weightings = new ArrayList<>(operands.subList(1, operands.size()));
        weightings.add(operands.get(1));
        return weightings;
    }

    private static Sample sharpen(int rows, int batch, int heads) {
        String description = Subject.described("Sharpen", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int lines = batch * heads;
        return sharpen(description, rows, batch, heads, distributions(random, lines, rows), uniform(random, 1, 5, lines));
    }

    private static List<Sample> extremeSharpenings() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 16, 17, 129}) {
            for (float sharpness : new float[] {0f, 1f, 50f}) {
                String tail = ", rows " + rows + ", sharpness " + sharpness;
                RandomGenerator random = Values.random("extreme sharpening" + tail);
                float[] same = all(sharpness, 4);
                samples.add(sharpen("nothing to sharpen" + tail, rows, 2, 2, new float[4 * rows], same));
                samples.add(sharpen("sharp already" + tail, rows, 2, 2, oneHot(random, 4, rows), same));
                samples.add(sharpen("tiny weighting" + tail, rows, 2, 2, all(1e-30f, 4 * rows), same));
                samples.add(sharpen("spread weighting" + tail, rows, 2, 2, distributions(random, 4, rows), same));
            }
        }
        return samples;
    }

    private static Sample sharpen(String description, int rows, int batch, int heads, float[] weighting, float[] sharpness) {
        return Sample.of(
                description,
                List.of(
                        Operand.lines("weighting", batch, heads, rows, weighting).withStep(Operand.USUAL_STEP / rows),
                        Operand.columns("sharpness", batch, heads, 1, sharpness)),
                (tape, x) -> List.of(Sharpen.of(tape, x.get(0), x.get(1))),
                x -> List.of(array(batch, heads, rows, (b, head, n) -> {
                    double s = x.get(1).at(b, head, 0);
                    double sum = sum(rows, i -> Math.pow(x.get(0).at(b, head, i) + 1e-6, s));
                    return Math.pow(x.get(0).at(b, head, n) + 1e-6, s) / sum;
                })));
    }

    private static Sample retained(int rows, int batch, int heads) {
        String description = Subject.described("EraseAdd, retained", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int width = 1 + 2 * heads;
        int writes = 2 * heads - 1;
        return Sample.of(
                description,
                List.of(
                        Operand.whole("memory", batch, width, rows, normal(random, batch * width * rows))
                                .with(Operand.Derivative.TURNED),
                        Operand.lines("retention", batch, 1, rows, uniform(random, 0, 1, batch * rows)),
                        Operand.lines("weighting", batch, writes, rows, uniform(random, 0, 1, batch * writes * rows)),
                        Operand.columns("erase", batch, writes, width, uniform(random, 0, 1, batch * writes * width)),
                        Operand.columns("add", batch, writes, width, normal(random, batch * writes * width))),
                (tape, x) -> {
                    Tensor written = EraseAdd.of(tape, x.get(0), x.get(1), x.get(2), x.get(3), x.get(4));
                    return List.of(written);
                },
                x -> List.of(array(batch, width, rows, (b, m, n) -> {
                    double cell = x.get(0).at(b, m, n) * x.get(1).at(b, 0, n);
                    for (int head = 0; head < writes; head++) {
                        double w = x.get(2).at(b, head, n);
                        cell = cell * (1 - w * x.get(3).at(b, head, m)) + w * x.get(4).at(b, head, m);
                    }
                    return cell;
                })));
    }
}
