package io.github.ntm4j.cli.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * How a figure went after the warm-up. The lowest of several samples counts, as whatever happens to be on its way out only adds to one.
 *
 * @param figure the figure
 * @param first lowest of the first tenth of the samples
 * @param last lowest of the last tenth
 * @param peak highest of all
 * @param perHour slope of the line through all samples with the least squares
 */
public record Trend(Figure figure, long first, long last, long peak, double perHour) {
    private static final int FEWEST = 4;
    private static final double WARM_UP_SHARE = 0.2;
    private static final double WARM_UP_LEAST = 20;
    private static final double WARM_UP_MOST = 300;

    /**
     * The trends of all figures that this system tells.
     *
     * @param samples in the order of time
     * @return none if there are too few samples after the warm-up: a fifth of the time, 20 s to 5 minutes
     */
    public static List<Trend> of(List<Sample> samples) {
        if (samples.isEmpty()) {
            return List.of();
        }
        double warmUp = Math.clamp(WARM_UP_SHARE * samples.getLast().seconds(), WARM_UP_LEAST, WARM_UP_MOST);
        List<Sample> warm = samples.stream().filter(sample -> sample.seconds() >= warmUp).toList();
        List<Trend> trends = new ArrayList<>();
        if (warm.size() >= FEWEST) {
            for (Figure figure : Figure.values()) {
                if (warm.getFirst().of(figure) >= 0) {
                    trends.add(of(figure, warm));
                }
            }
        }
        return trends;
    }

    private static Trend of(Figure figure, List<Sample> samples) {
        int some = Math.max(FEWEST / 2, samples.size() / 10);
        long first = lowest(figure, samples.subList(0, some));
        long last = lowest(figure, samples.subList(samples.size() - some, samples.size()));
        long peak = samples.stream().mapToLong(sample -> sample.of(figure)).max().orElseThrow();
        return new Trend(figure, first, last, peak, slope(figure, samples) * 3600);
    }

    private static long lowest(Figure figure, List<Sample> samples) {
        return samples.stream().mapToLong(sample -> sample.of(figure)).min().orElseThrow();
    }

    private static double slope(Figure figure, List<Sample> samples) {
        double time = samples.stream().mapToDouble(Sample::seconds).average().orElseThrow();
        double mean = samples.stream().mapToLong(sample -> sample.of(figure)).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (Sample sample : samples) {
            product += (sample.seconds() - time) * (sample.of(figure) - mean);
            square += (sample.seconds() - time) * (sample.seconds() - time);
        }
        return square == 0 ? 0 : product / square;
    }

    /** By how much it grew, 0 if it did not. */
    public long growth() {
        return Math.max(0, last - first);
    }

    /** Whether it grew more than it may. */
    public boolean exceeded() {
        return growth() > figure.allowance(first);
    }
}
