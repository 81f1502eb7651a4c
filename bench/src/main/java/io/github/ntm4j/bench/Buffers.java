package io.github.ntm4j.bench;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.random.Random64;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers of a benchmark, all beginning at {@link Rows#FIRST}. They are filled once and used millions of times, so what a call
 * leaves in them may neither decay nor grow without bounds: {@link #check} says whether it has.
 */
public final class Buffers {
    private final Random64 random = Random64.of(1, "benchmark", 0);
    private final List<float[]> all = new ArrayList<>();

    /** A set without buffers. */
    public Buffers() {}

    /**
     * Padded lines of zeros.
     *
     * @param lines number of lines
     * @param size floats in a line
     * @return the buffer
     */
    public float[] zeros(int lines, int size) {
        float[] buffer = new float[Rows.FIRST + lines * Rows.padded(size)];
        all.add(buffer);
        return buffer;
    }

    /**
     * Padded lines of the same number everywhere.
     *
     * @param lines number of lines
     * @param size floats in a line
     * @param value the number
     * @return the buffer
     */
    public float[] constant(int lines, int size, float value) {
        return uniform(lines, size, value, value);
    }

    /**
     * Padded lines of random numbers.
     *
     * @param lines number of lines
     * @param size floats in a line
     * @param from the smallest
     * @param to the largest
     * @return the buffer
     */
    public float[] uniform(int lines, int size, double from, double to) {
        float[] buffer = zeros(lines, size);
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < size; i++) {
                buffer[Rows.FIRST + line * Rows.padded(size) + i] = random.nextFloat(from, to);
            }
        }
        return buffer;
    }

    /**
     * Padded lines of positive numbers that add up to one.
     *
     * @param lines number of lines
     * @param size floats in a line
     * @return the buffer
     */
    public float[] weightings(int lines, int size) {
        float[] buffer = uniform(lines, size, 0.5, 1.5);
        for (int line = 0; line < lines; line++) {
            normalise(buffer, Rows.FIRST + line * Rows.padded(size), size);
        }
        return buffer;
    }

    /**
     * Makes positive numbers add up to one.
     *
     * @param x holds them
     * @param at offset of the first
     * @param size how many
     */
    public static void normalise(float[] x, int at, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += x[at + i];
        }
        for (int i = 0; i < size; i++) {
            x[at + i] = (float) (x[at + i] / sum);
        }
    }

    /**
     * Checks that the calls left what a call may begin with.
     *
     * @throws IllegalStateException if a buffer holds a number that is not finite or, but for zero, not normal
     */
    public void check() {
        all.forEach(Buffers::check);
    }

    /**
     * Checks one buffer.
     *
     * @param buffer the buffer
     * @throws IllegalStateException if it holds a number that is not finite or, but for zero, not normal
     */
    public static void check(float[] buffer) {
        for (int i = 0; i < buffer.length; i++) {
            float magnitude = Math.abs(buffer[i]);
            if (!(magnitude <= Float.MAX_VALUE) || (magnitude != 0 && magnitude < Float.MIN_NORMAL)) {
                throw new IllegalStateException("benchmark: expected normal numbers after its calls, got " + buffer[i] + " at " + i);
            }
        }
    }
}
