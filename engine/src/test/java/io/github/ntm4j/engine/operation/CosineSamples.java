package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Addressing by content with cosines that are finite everywhere, and through masks: samples, and the equations in double precision. */
final class CosineSamples {
    private CosineSamples() {}

    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Cosine cosine : Cosine.values()) {
            for (boolean masked : new boolean[] {false, true}) {
                String name = "CosineWeighting, " + cosine + (masked ? ", masked" : "");
                Subject.Sized sized = (rows, batch, heads) -> weighting(name, cosine, masked, rows, batch, heads);
                Subject subject = Subject.of(name, CosineWeighting.class, sized);
                subjects.add(subject.with(nearZero(name, cosine, masked)).withExtreme(extreme(name, cosine, masked)));
            }
        }
        return subjects;
    }

    private static Sample weighting(String name, Cosine cosine, boolean masked, int rows, int batch, int heads) {
        String description = Subject.described(name, rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int width = 3 + heads;
        return sample(
                description,
                cosine,
                rows,
                width,
                batch,
                heads,
                normal(random, batch * heads * width),
                masked ? uniform(random, 0.4, 1, batch * heads * width) : null,
                uniform(random, 0.5, 4, batch * heads),
                normal(random, batch * width * rows));
    }

    /** Some rows, or some keys, are zero or tiny: there a cosine is steep. The steps have to be far below what is added to the norms, too. */
    private static List<Sample> nearZero(String name, Cosine cosine, boolean masked) {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 9, 16, 129}) {
            for (int index : new int[] {0, masked ? 3 : 2}) {
                Sample sample = weighting(name, cosine, masked, rows, 2, 2);
                Operand operand = sample.operands().get(index);
                float[] values = operand.values().clone();
                for (int i = 0; i < values.length; i++) {
                    int vector = index > 0 ? i % rows : i / operand.size();
                    values[i] *= vector % 3 == 0 ? 0f : vector % 3 == 1 ? 1e-9f : 1f;
                }
                samples.add(new Sample(
                                sample.description() + ", " + operand.name() + " near zero",
                                sample.operands(),
                                sample.weights(),
                                sample.construction(),
                                sample.reference())
                        .withOperand(index, operand.with(values).withStep(1e-12)));
            }
        }
        return samples;
    }

    private static List<Sample> extreme(String name, Cosine cosine, boolean masked) {
        List<Sample> samples = new ArrayList<>();
        int width = 4;
        for (int rows : new int[] {1, 16, 17, 129}) {
            for (float strength : new float[] {0f, 1f, 100f}) {
                for (float mask : masked ? new float[] {0f, 1e-20f, 1f} : new float[] {1f}) {
                    for (float key : new float[] {0f, 1e-30f, 1f, 1e8f}) {
                        for (float cell : new float[] {0f, 1e-30f, -1e-6f, 1e8f}) {
                            String description = "extreme " + name + ", rows " + rows + ", strength " + strength + ", mask " + mask
                                    + ", key " + key + ", cell " + cell;
                            samples.add(sample(
                                    description,
                                    cosine,
                                    rows,
                                    width,
                                    1,
                                    2,
                                    all(key, 2 * width),
                                    masked ? all(mask, 2 * width) : null,
                                    all(strength, 2),
                                    all(cell, width * rows)));
                        }
                    }
                }
            }
        }
        return samples;
    }

    private static Sample sample(
            String description,
            Cosine cosine,
            int rows,
            int width,
            int batch,
            int heads,
            float[] key,
            float[] mask,
            float[] strength,
            float[] memory) {
        Operand keys = Operand.columns("key", batch, heads, width, key);
        Operand strengths = Operand.columns("key strength", batch, heads, 1, strength);
        Operand memories = Operand.whole("memory", batch, width, rows, memory);
        if (mask == null) {
            return Sample.of(
                    description,
                    List.of(keys, strengths, memories),
                    (tape, x) -> List.of(
                            CosineWeighting.of(tape, x.get(0), x.get(1), x.get(2), cosine).weighting()),
                    x -> List.of(weighting(x.get(0), ones(x.get(0)), x.get(1), x.get(2), cosine)));
        }
        return Sample.of(
                description,
                List.of(keys, Operand.columns("mask", batch, heads, width, mask), strengths, memories),
                (tape, x) -> List.of(CosineWeighting.of(tape, x.get(0), x.get(1), x.get(2), x.get(3), cosine)
                        .weighting()),
                x -> List.of(weighting(x.get(0), x.get(1), x.get(2), x.get(3), cosine)));
    }

    private static Array3 ones(Array3 like) {
        Array3 ones = new Array3(like.batch, like.lines, like.size);
        Arrays.fill(ones.elements, 1);
        return ones;
    }

    private static Array3 weighting(Array3 key, Array3 mask, Array3 strength, Array3 memory, Cosine cosine) {
        Array3 w = new Array3(memory.batch, key.lines, memory.size);
        for (int b = 0; b < w.batch; b++) {
            for (int head = 0; head < w.lines; head++) {
                double sum = 0;
                double[] e = new double[w.size];
                for (int n = 0; n < w.size; n++) {
                    double product = 0;
                    double keySquared = 0;
                    double rowSquared = 0;
                    for (int m = 0; m < key.size; m++) {
                        double k = key.at(b, head, m) * mask.at(b, head, m);
                        double cell = memory.at(b, m, n) * mask.at(b, head, m);
                        product += k * cell;
                        keySquared += k * k;
                        rowSquared += cell * cell;
                    }
                    e[n] = Math.exp(strength.at(b, head, 0) * cosine(cosine, product, keySquared, rowSquared));
                    sum += e[n];
                }
                for (int n = 0; n < w.size; n++) {
                    w.set(b, head, n, e[n] / sum);
                }
            }
        }
        return w;
    }

    private static double cosine(Cosine cosine, double product, double keySquared, double rowSquared) {
        return switch (cosine) {
            case DENOMINATOR -> product / (Math.sqrt(keySquared * rowSquared) + 1e-6);
            case NORMS -> product / (Math.sqrt(keySquared + 1e-6) * Math.sqrt(rowSquared + 1e-6) + 1e-6);
            case NONE -> product / Math.sqrt(Math.max(keySquared, 1e-16) * Math.max(rowSquared, 1e-16));
        };
    }
}
