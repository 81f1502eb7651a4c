package io.github.ntm4j.engine.kernel;

/**
 * Where the floats of {@code [batch][lines][size]} lie in an arena. It is made once, when an operation is recorded.
 *
 * @param derivative whether it lies among the derivatives, not among the values
 * @param at offset of its first float
 * @param lines lines of each sequence
 * @param size floats in a line
 * @param batchStride floats from one sequence to the next
 * @param lineStride floats from one line to the next
 */
public record Place(boolean derivative, int at, int lines, int size, int batchStride, int lineStride) {
    /**
     * Offset of a line.
     *
     * @param b sequence
     * @param line line of the sequence
     * @return where its first float is
     */
    public int at(int b, int line) {
        return at + b * batchStride + line * lineStride;
    }

    /**
     * Chooses between the arenas.
     *
     * @param values the arena of values
     * @param derivatives the arena of derivatives
     * @return the one in which this place lies
     */
    public float[] in(float[] values, float[] derivatives) {
        return derivative ? derivatives : values;
    }

    /**
     * Whether the lines are single floats that lie side by side, so that they can be seen as one line.
     *
     * @return true for a dense column, and for a single float
     */
    public boolean isDenseColumn() {
        return size == 1 && (lineStride == 1 || lines == 1);
    }

    /**
     * A dense column as the line that it is.
     *
     * @return {@code [batch][1][lines]}
     */
    public Place asLine() {
        return new Place(derivative, at, 1, lines, batchStride, lines);
    }
}
