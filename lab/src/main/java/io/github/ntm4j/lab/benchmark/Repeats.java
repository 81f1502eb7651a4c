package io.github.ntm4j.lab.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same measurement, several times.
 *
 * @param median the middle one
 * @param spread the largest over the smallest
 */
record Repeats(double median, double spread) {
    /** How often a measurement is repeated. */
    static final int COUNT = 7;

    private static final double COMPILING = 3;

    /** Seconds to run before measuring: half of the time, but not so short that the compiler is still at work, unless in a great hurry. */
    static double warmUp(double seconds) {
        return Math.max(seconds / 2, Math.min(COMPILING, 5 * seconds));
    }

    /** Many short repeats as a few long ones: the medians of stretches. */
    static Repeats ofMany(List<Double> figures) {
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int from = i * figures.size() / COUNT;
            int to = (i + 1) * figures.size() / COUNT;
            if (from < to) {
                medians.add(of(figures.subList(from, to)).median());
            }
        }
        return of(medians);
    }

    static Repeats of(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Repeats(sorted[sorted.length / 2], sorted[sorted.length - 1] / sorted[0]);
    }
}
