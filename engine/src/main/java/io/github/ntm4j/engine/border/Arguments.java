package io.github.ntm4j.engine.border;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of arguments. What is wrong is an {@link IllegalArgumentException} that names the argument, what was expected and what was given.
 * What is right costs a comparison, and for arrays of numbers one pass; nothing allocates.
 */
public final class Arguments {
    private Arguments() {}

    /**
     * Something that is there.
     *
     * @param <T> its type
     * @param name the argument
     * @param value what was given
     * @return the same
     */
    public static <T> T given(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected one, got null");
        }
        return value;
    }

    /**
     * A list without gaps.
     *
     * @param <T> type of its elements
     * @param name the argument
     * @param values what was given
     * @return the same
     */
    public static <T> List<T> allGiven(String name, @Nullable List<T> values) {
        List<T> list = given(name, values);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                throw new IllegalArgumentException(name + ": expected no null, got one at " + i);
            }
        }
        return list;
    }

    /**
     * A number of things.
     *
     * @param name the argument
     * @param least the least there may be
     * @param value what was given
     * @return the same
     */
    public static int atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
        }
        return value;
    }

    /**
     * A number of things that may be large.
     *
     * @param name the argument
     * @param least the least there may be
     * @param value what was given
     * @return the same
     */
    public static long atLeast(String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": expected at least " + least + ", got " + value);
        }
        return value;
    }

    /**
     * One of several things that are counted from 0.
     *
     * @param name the argument
     * @param index what was given
     * @param count how many there are
     * @return the same
     */
    public static int index(String name, int index, int count) {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    count == 0
                            ? name + ": expected none, as there are none, got " + index
                            : name + ": expected 0 to " + (count - 1) + ", got " + index);
        }
        return index;
    }

    /**
     * An array of so many numbers.
     *
     * @param name the argument
     * @param expected how many
     * @param values what was given
     */
    public static void length(String name, long expected, float @Nullable [] values) {
        int actual = given(name, values).length;
        if (actual != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " floats, got " + actual);
        }
    }

    /**
     * A part of an array.
     *
     * @param name the array's argument
     * @param values the array
     * @param offsetName the offset's argument
     * @param at the offset
     * @param count how many numbers from there on
     */
    public static void part(String name, float @Nullable [] values, String offsetName, long at, long count) {
        int length = given(name, values).length;
        if (count > length) {
            throw new IllegalArgumentException(name + ": expected at least " + count + " floats, got " + length);
        }
        if (at < 0 || at > length - count) {
            throw new IllegalArgumentException(
                    offsetName + ": expected 0 to " + (length - count) + " for " + count + " of " + length + " floats, got " + at);
        }
    }

    /**
     * Numbers that are neither NaN nor infinite.
     *
     * @param name the array's argument
     * @param values the array
     * @param at offset of the first
     * @param count how many
     */
    public static void finite(String name, float[] values, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(name + ": expected finite numbers, got " + values[i] + " at " + i);
            }
        }
    }

    /**
     * A number that is neither NaN nor infinite.
     *
     * @param name the argument
     * @param value what was given
     * @return the same
     */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number, got " + value);
        }
        return value;
    }
}
