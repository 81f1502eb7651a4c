package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.oneHot;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where there is room: samples, and the equations in double precision. */
final class AllocationSamples {
    private static final float GRAIN = 0x1p-12f;

    private AllocationSamples() {}

    static List<Subject> subjects() {
        return List.of(
                Subject.of("Allocation", Allocation.class, (rows, batch, heads) -> allocation("Allocation", rows, batch, heads, 0, 1))
                        .with(full())
                        .withExtreme(extremeAllocations()),
                Subject.of("Allocation, rounded order", Allocation.class, AllocationSamples::rounded));
    }

    /** Usages all different, so that no small change alters their order. Two heads stand for an epsilon. */
    private static Sample allocation(String name, int rows, int batch, int heads, double from, double to) {
        String description = Subject.described(name, rows, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] usage = new float[batch * rows];
        for (int b = 0; b < batch; b++) {
            int[] order = permutation(random, rows);
            for (int n = 0; n < rows; n++) {
                usage[b * rows + n] = (float) (from + (to - from) * (order[n] + 0.5) / rows);
            }
        }
        return allocation(description, rows, batch, heads == 1 ? 0f : 1e-3f, 0f, usage);
    }

    /** No row is free, so that all count. */
    private static List<Sample> full() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 5, 16, 17, 100}) {
            samples.add(allocation("full memory", rows, 2, 2, 0.5, 1));
        }
        return samples;
    }

    /** Usages of which many are equal when rounded, some above and some below the middle, and so in the order of their rows. */
    private static Sample rounded(int rows, int batch, int heads) {
        String description = Subject.described("Allocation, rounded order", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        float[] usage = new float[batch * rows];
        for (int i = 0; i < usage.length; i++) {
            usage[i] = (random.nextInt(1, 8) * 512 + (float) random.nextDouble(-0.3, 0.3)) * GRAIN;
        }
        return allocation(description, rows, batch, heads == 1 ? 0f : 1e-6f, GRAIN, usage);
    }

    private static List<Sample> extremeAllocations() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 2, 16, 17, 129}) {
            for (float epsilon : new float[] {0f, 1e-6f}) {
                for (float rounding : new float[] {0f, GRAIN}) {
                    String tail = ", rows " + rows + ", epsilon " + epsilon + ", rounding " + rounding;
                    RandomGenerator random = Values.random("extreme allocation" + tail);
                    for (float u : new float[] {0f, -0f, 1e-30f, 0.5f, 1f, -1e-7f, 1.0000001f}) {
                        samples.add(allocation("usages of " + u + tail, rows, 2, epsilon, rounding, all(u, 2 * rows)));
                    }
                    samples.add(allocation("one row in use" + tail, rows, 2, epsilon, rounding, oneHot(random, 2, rows)));
                }
            }
        }
        return samples;
    }

    private static Sample allocation(String description, int rows, int batch, float epsilon, float rounding, float[] usage) {
        return Sample.of(
                description,
                List.of(Operand.lines("usage", batch, 1, rows, usage)),
                (tape, x) -> List.of(Allocation.of(tape, x.getFirst(), epsilon, rounding).weighting()),
                x -> List.of(allocation(x.getFirst(), epsilon, rounding)));
    }

    /** Graves et al. 2016, equation 1, row by row: the product of the usages of all rows that come before. */
    private static Array3 allocation(Array3 usage, double epsilon, double rounding) {
        Array3 a = new Array3(usage.batch, 1, usage.size);
        for (int b = 0; b < a.batch; b++) {
            for (int n = 0; n < a.size; n++) {
                double s = moved(usage, b, n, epsilon);
                double product = 1 - s;
                for (int i = 0; i < a.size; i++) {
                    double other = moved(usage, b, i, epsilon);
                    int order = rounding > 0
                            ? Double.compare(Math.rint(other / rounding), Math.rint(s / rounding))
                            : Double.compare(other, s);
                    product *= order < 0 || (order == 0 && i < n) ? other : 1;
                }
                a.set(b, 0, n, product);
            }
        }
        return a;
    }

    private static double moved(Array3 usage, int b, int n, double epsilon) {
        return epsilon + (1 - epsilon) * usage.at(b, 0, n);
    }

    private static int[] permutation(RandomGenerator random, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
