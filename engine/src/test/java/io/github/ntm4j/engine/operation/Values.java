package io.github.ntm4j.engine.operation;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Numbers for operands. */
final class Values {
    private Values() {}

    /** A generator whose seed is a text. */
    static RandomGenerator random(String seed) {
        return new Random(seed.hashCode());
    }

    static float[] normal(RandomGenerator random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static float[] uniform(RandomGenerator random, double from, double to, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (from + (to - from) * random.nextDouble());
        }
        return values;
    }

    static float[] all(float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Lines that are distributions, none of their elements close to zero. */
    static float[] distributions(RandomGenerator random, int lines, int size) {
        float[] values = uniform(random, 0.2, 1, lines * size);
        for (int line = 0; line < lines; line++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += values[line * size + i];
            }
            for (int i = 0; i < size; i++) {
                values[line * size + i] /= (float) sum;
            }
        }
        return values;
    }

    /** Lines that are 1 at one place, chosen by chance, and 0 elsewhere. */
    static float[] oneHot(RandomGenerator random, int lines, int size) {
        float[] values = new float[lines * size];
        for (int line = 0; line < lines; line++) {
            values[line * size + random.nextInt(size)] = 1f;
        }
        return values;
    }

    /** Normal numbers, but none within a distance of the kinks of a function. */
    static float[] apartFrom(RandomGenerator random, int count, double distance, double... kinks) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float value;
            do {
                value = (float) (2 * random.nextGaussian());
            } while (isNear(value, distance, kinks));
            values[i] = value;
        }
        return values;
    }

    private static boolean isNear(float value, double distance, double... kinks) {
        for (double kink : kinks) {
            if (Math.abs(value - kink) < distance) {
                return true;
            }
        }
        return false;
    }
}
