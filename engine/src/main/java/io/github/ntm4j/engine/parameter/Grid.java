package io.github.ntm4j.engine.parameter;

import io.github.ntm4j.engine.kernel.Rows;

/**
 * A parameter that is not a linear map: {@code [lines][size]}, with padded lines. An initial memory or weighting, for instance.
 *
 * @param name what it is called
 * @param at offset of the first line in {@link Parameters#values}
 * @param lines number of lines
 * @param size floats in a line
 * @param trainable whether training changes it
 */
public record Grid(String name, int at, int lines, int size, boolean trainable) {
    /**
     * Where a line is.
     *
     * @param line line
     * @return index into {@link Parameters#values}
     */
    public int at(int line) {
        return at + line * Rows.stride(size);
    }

    int floats() {
        return lines * Rows.stride(size);
    }
}
