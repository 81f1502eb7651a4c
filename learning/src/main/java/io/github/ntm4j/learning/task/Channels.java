package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.data.Scaling;
import io.github.ntm4j.machines.data.SequenceSide;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Mean, deviation and range of each channel of vectors, of the steps that count. */
final class Channels {
    /** Beyond these a channel is far from 1, and trains badly as it is. */
    private static final double LARGE = 3;
    private static final double SMALL = 0.1;

    private double[] mean = new double[0];
    private double[] squares = new double[0];
    private float[] least = new float[0];
    private float[] most = new float[0];
    private boolean[] onlyBits = new boolean[0];
    private long steps;

    /** Takes vectors into account, but for those that a mask leaves out. */
    void see(SequenceSide.Vectors vectors, float @Nullable [] mask) {
        int width = vectors.width();
        for (int t = 0; t < vectors.steps(); t++) {
            if (mask != null && t < mask.length && mask[t] == 0) {
                continue;
            }
            see(vectors.values(), t * width, width);
        }
    }

    /** Takes one vector into account. */
    void see(float[] values, int at, int width) {
        if (steps == 0) {
            begin(width);
        }
        steps++;
        for (int j = 0; j < width; j++) {
            see(j, values[at + j]);
        }
    }

    private void begin(int width) {
        mean = new double[width];
        squares = new double[width];
        least = new float[width];
        most = new float[width];
        onlyBits = new boolean[width];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        Arrays.fill(onlyBits, true);
    }

    /** Welford's mean and sum of squared differences. */
    private void see(int channel, float value) {
        double before = value - mean[channel];
        mean[channel] += before / steps;
        squares[channel] += before * (value - mean[channel]);
        least[channel] = Math.min(least[channel], value);
        most[channel] = Math.max(most[channel], value);
        onlyBits[channel] &= value == 0 || value == 1;
    }

    /** Numbers of a vector; 0 where none was seen. */
    int width() {
        return mean.length;
    }

    /** The smallest number. */
    float least() {
        float all = Float.POSITIVE_INFINITY;
        for (float value : least) {
            all = Math.min(all, value);
        }
        return all;
    }

    /** The largest number. */
    float most() {
        float all = Float.NEGATIVE_INFINITY;
        for (float value : most) {
            all = Math.max(all, value);
        }
        return all;
    }

    /** Whether every number is 0 or 1. */
    boolean onlyBits() {
        for (boolean bits : onlyBits) {
            if (!bits) {
                return false;
            }
        }
        return true;
    }

    /** How many channels are always the same. */
    int constant() {
        int constant = 0;
        for (int j = 0; j < least.length; j++) {
            constant += least[j] == most[j] ? 1 : 0;
        }
        return constant;
    }

    private double deviation(int channel) {
        return Math.sqrt(squares[channel] / steps);
    }

    /** Whether some channel that is no bit has numbers that are large, or differ by little. */
    boolean farFromOne() {
        for (int j = 0; j < mean.length; j++) {
            boolean large = Math.hypot(mean[j], deviation(j)) > LARGE;
            boolean small = least[j] < most[j] && deviation(j) < SMALL;
            if (!onlyBits[j] && (large || small)) {
                return true;
            }
        }
        return false;
    }

    /** Mean and deviation of all channels, but for those that are bits, which stay as they are; those that never change become 0. */
    Scaling scaling() {
        float[] means = new float[mean.length];
        float[] deviations = new float[mean.length];
        for (int j = 0; j < mean.length; j++) {
            float deviation = (float) deviation(j);
            means[j] = onlyBits[j] ? 0 : (float) mean[j];
            deviations[j] = onlyBits[j] || !(deviation > 0) ? 1 : deviation;
        }
        return new Scaling(means, deviations);
    }
}
