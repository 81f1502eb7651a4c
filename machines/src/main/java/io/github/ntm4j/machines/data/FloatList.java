package io.github.ntm4j.machines.data;

import java.util.Arrays;

/** A growing row of floats, used again and again. */
final class FloatList {
    private float[] values = new float[256];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** A copy of exactly what was added. */
    float[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
