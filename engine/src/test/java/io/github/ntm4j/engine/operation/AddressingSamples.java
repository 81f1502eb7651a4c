package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.oneHot;
import static io.github.ntm4j.engine.operation.Values.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Addressing by content and by location: samples, and the equations in double precision. */
final class AddressingSamples {
    private AddressingSamples() {}

    static Subject contentWeighting() {
        List<Sample> clamped = new ArrayList<>();
        List<Sample> extreme = new ArrayList<>();
        for (int rows : new int[] {1, 9, 16, 129}) {
            clamped.add(contentWithClampedNorms("of rows", rows, 2));
            clamped.add(contentWithClampedNorms("of keys", rows, 0));
            for (float strength : new float[] {0f, 1f, 100f}) {
                extreme.add(contentOf("zero memory", rows, 4, strength, null, all(0f, 2 * 4 * rows)));
                extreme.add(contentOf("constant memory 1e-6", rows, 4, strength, null, all(1e-6f, 2 * 4 * rows)));
                extreme.add(contentOf("zero key", rows, 4, strength, all(0f, 2 * 2 * 4), null));
                extreme.add(contentOf("zero key, zero memory", rows, 4, strength, all(0f, 2 * 2 * 4), all(0f, 2 * 4 * rows)));
                extreme.add(contentOf("large numbers", rows, 4, strength, all(1e8f, 2 * 2 * 4), all(-1e9f, 2 * 4 * rows)));
                extreme.add(contentOf("words of one float", rows, 1, strength, null, null));
            }
        }
        return Subject.of("ContentWeighting", ContentWeighting.class, AddressingSamples::content)
                .with(clamped)
                .withExtreme(extreme);
    }

    private static Sample content(int rows, int batch, int heads) {
        String description = Subject.described("ContentWeighting", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int width = 2 + heads;
        return content(
                description,
                rows,
                width,
                batch,
                heads,
                normal(random, batch * heads * width),
                uniform(random, 0.5, 10, batch * heads),
                normal(random, batch * width * rows));
    }

    /**
     * Some rows, or some keys, are zero or shorter than 1e-8: there the norm is clamped and the cosine steep, with derivatives of
     * 1e8. The steps have to be far below 1e-8, too.
     */
    private static Sample contentWithClampedNorms(String what, int rows, int index) {
        Sample sample = content(rows, 2, 2);
        Operand operand = sample.operands().get(index);
        float[] values = operand.values().clone();
        for (int i = 0; i < values.length; i++) {
            int vector = index == 2 ? i % rows : i / operand.size();
            values[i] *= vector % 3 == 0 ? 0f : vector % 3 == 1 ? 1e-9f : 1f;
        }
        return new Sample(
                        sample.description() + ", clamped norms " + what,
                        sample.operands(),
                        sample.weights(),
                        sample.construction(),
                        sample.reference(),
                        sample.compositions())
                .withOperand(index, operand.with(values).withStep(1e-12));
    }

    private static Sample contentOf(String what, int rows, int width, float strength, float[] key, float[] memory) {
        String description = Subject.described("ContentWeighting", rows, 2, 2) + ", " + what + ", strength " + strength;
        RandomGenerator random = Values.random(description);
        return content(
                description,
                rows,
                width,
                2,
                2,
                key == null ? normal(random, 2 * 2 * width) : key,
                all(strength, 2 * 2),
                memory == null ? normal(random, 2 * width * rows) : memory);
    }

    private static Sample content(
            String description, int rows, int width, int batch, int heads, float[] key, float[] strength, float[] memory) {
        return Sample.of(
                description,
                List.of(
                        Operand.columns("key", batch, heads, width, key),
                        Operand.columns("key strength", batch, heads, 1, strength),
                        Operand.whole("memory", batch, width, rows, memory)),
                (tape, x) -> List.of(ContentWeighting.of(tape, x.get(0), x.get(1), x.get(2)).weighting()),
                        x -> List.of(contentWeighting(x.get(0), x.get(1), x.get(2))))
                .withComposition(Compositions::contentWeighting);
    }

    /** Graves et al. 2014, eq. 5 and 6. */
    private static Array3 contentWeighting(Array3 key, Array3 strength, Array3 memory) {
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
                        double k = key.at(b, head, m);
                        double cell = memory.at(b, m, n);
                        product += k * cell;
                        keySquared += k * k;
                        rowSquared += cell * cell;
                    }
                    double cosine = product / Math.sqrt(Math.max(keySquared, 1e-16) * Math.max(rowSquared, 1e-16));
                    e[n] = Math.exp(strength.at(b, head, 0) * cosine);
                    sum += e[n];
                }
                for (int n = 0; n < w.size; n++) {
                    w.set(b, head, n, e[n] / sum);
                }
            }
        }
        return w;
    }

    static Subject locationWeighting(int range) {
        String name = "LocationWeighting, range " + range;
        Subject.Sized sized = (rows, batch, heads) -> location(name, rows, Math.min(range, rows), batch, heads);
        return Subject.of(name, LocationWeighting.class, sized)
                .with(sharpLocations(range))
                .withExtreme(extremeLocations(range));
    }

    private static Sample location(String name, int rows, int range, int batch, int heads) {
        String description = Subject.described(name, rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int lines = batch * heads;
        return location(
                description,
                rows,
                range,
                batch,
                heads,
                distributions(random, lines, rows),
                distributions(random, lines, rows),
                uniform(random, 0.1, 0.9, lines),
                distributions(random, lines, 2 * range + 1),
                        uniform(random, 1, 5, lines))
                .withComposition(Compositions::locationWeighting);
    }

    /** One-hot weightings without sharpening, for which the derivative at a weight of zero is that of the equation. */
    private static List<Sample> sharpLocations(int range) {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {3, 16, 17, 128}) {
            for (float gate : new float[] {0f, 0.5f, 1f}) {
                String description = "sharp location, rows " + rows + ", range " + range + ", gate " + gate;
                RandomGenerator random = Values.random(description);
                int reach = Math.min(range, rows);
                samples.add(location(
                        description,
                        rows,
                        reach,
                        2,
                        2,
                        oneHot(random, 4, rows),
                        oneHot(random, 4, rows),
                        all(gate, 4),
                        oneHot(random, 4, 2 * reach + 1),
                        all(1f, 4)));
            }
        }
        return samples;
    }

    private static List<Sample> extremeLocations(int range) {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {range, 8, 17, 128}) {
            for (float gate : new float[] {0f, 1f}) {
                for (float sharpening : new float[] {1f, 50f}) {
                    String description = "extreme location, rows " + rows + ", range " + range + ", gate " + gate
                            + ", sharpening " + sharpening;
                    RandomGenerator random = Values.random(description);
                    float[] spread = distributions(random, 4, rows);
                    float[] sharp = oneHot(random, 4, rows);
                    float[] zero = new float[4 * rows];
                    float[] spreadShift = distributions(random, 4, 2 * range + 1);
                    float[] sharpShift = oneHot(random, 4, 2 * range + 1);
                    float[][][] triples = {
                        {spread, zero, spreadShift},
                        {sharp, zero, sharpShift},
                        {zero, zero, spreadShift},
                        {sharp, spread, spreadShift},
                        {spread, sharp, sharpShift},
                        {sharp, sharp, new float[4 * (2 * range + 1)]}
                    };
                    for (int i = 0; i < triples.length; i++) {
                        samples.add(location(
                                description + ", number " + i,
                                rows,
                                range,
                                2,
                                2,
                                triples[i][0],
                                triples[i][1],
                                all(gate, 4),
                                triples[i][2],
                                all(sharpening, 4)));
                    }
                }
            }
        }
        return samples;
    }

    private static Sample location(
            String description,
            int rows,
            int range,
            int batch,
            int heads,
            float[] content,
            float[] previous,
            float[] gate,
            float[] shift,
            float[] sharpening) {
        double step = Operand.USUAL_STEP / rows;
        return Sample.of(
                description,
                List.of(
                        Operand.whole("content weighting", batch, heads, rows, content).withStep(step),
                        Operand.lines("previous weighting", batch, heads, rows, previous).withStep(step),
                        Operand.columns("interpolation gate", batch, heads, 1, gate),
                        Operand.columns("shift", batch, heads, 2 * range + 1, shift),
                        Operand.columns("sharpening", batch, heads, 1, sharpening)),
                (tape, x) -> {
                    LocationWeighting location =
                            LocationWeighting.of(tape, x.get(0), x.get(1), x.get(2), x.get(3), x.get(4));
                    return List.of(location.weighting(), location.interpolated(), location.shifted());
                },
                x -> locationWeighting(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    }

    /** Graves et al. 2014, eq. 7 to 9: the weighting, and the interpolated and the shifted one on the way. */
    private static List<Array3> locationWeighting(
            Array3 content, Array3 previous, Array3 gate, Array3 shift, Array3 sharpening) {
        int rows = content.size;
        int range = shift.size / 2;
        Array3 interpolated = new Array3(content.batch, content.lines, rows);
        Array3 shifted = new Array3(content.batch, content.lines, rows);
        Array3 sharpened = new Array3(content.batch, content.lines, rows);
        for (int b = 0; b < content.batch; b++) {
            for (int head = 0; head < content.lines; head++) {
                double g = gate.at(b, head, 0);
                for (int n = 0; n < rows; n++) {
                    interpolated.set(b, head, n, g * content.at(b, head, n) + (1 - g) * previous.at(b, head, n));
                }
                double[] s = new double[rows];
                for (int from = 0; from < rows; from++) {
                    for (int displacement = -range; displacement <= range; displacement++) {
                        int to = Math.floorMod(from + displacement, rows);
                        s[to] += interpolated.at(b, head, from) * shift.at(b, head, displacement + range);
                    }
                }
                // a common factor cancels; this one keeps the powers from vanishing
                double largest = Arrays.stream(s).max().orElseThrow();
                double sum = 0;
                for (int n = 0; n < rows; n++) {
                    shifted.set(b, head, n, s[n]);
                    sum += Math.pow(s[n] / largest, sharpening.at(b, head, 0));
                }
                for (int n = 0; n < rows; n++) {
                    sharpened.set(b, head, n, Math.pow(s[n] / largest, sharpening.at(b, head, 0)) / sum);
                }
            }
        }
        return List.of(sharpened, interpolated, shifted);
    }
}
