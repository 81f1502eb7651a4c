package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.kernel.Place;

/**
 * A place on a {@link Tape}: {@code [batch][lines][size]} floats, a vector per sequence when there is one line. Values lie in
 * the tape's value arena and derivatives in its gradient arena. A tensor that was allocated whole has padded lines
 * ({@link io.github.ntm4j.engine.kernel.Rows}); a {@link #slice} is a window on another tensor and has no padding of its own.
 */
public final class Tensor {
    private static final int NONE = -1;

    private final int valueAt;
    private final int gradientAt;
    private final int batch;
    private final int lines;
    private final int size;
    private final int batchStride;
    private final int lineStride;
    private boolean superseded;

    Tensor(int valueAt, int gradientAt, int batch, int lines, int size, int batchStride, int lineStride) {
        this.valueAt = valueAt;
        this.gradientAt = gradientAt;
        this.batch = batch;
        this.lines = lines;
        this.size = size;
        this.batchStride = batchStride;
        this.lineStride = lineStride;
    }

    /**
     * Number of sequences.
     *
     * @return the length of the first axis
     */
    public int batch() {
        return batch;
    }

    /**
     * Lines of one sequence: heads, gates, words of a memory.
     *
     * @return the length of the second axis
     */
    public int lines() {
        return lines;
    }

    /**
     * Floats in a line.
     *
     * @return the length of the last axis
     */
    public int size() {
        return size;
    }

    /**
     * Floats between the lines of one sequence.
     *
     * @return the stride
     */
    public int lineStride() {
        return lineStride;
    }

    /**
     * Floats between the sequences.
     *
     * @return the stride
     */
    public int batchStride() {
        return batchStride;
    }

    /**
     * Whether a derivative is kept.
     *
     * @return false for plain input and on a tape without gradients
     */
    public boolean hasGradient() {
        return gradientAt != NONE;
    }

    /**
     * Offset of a line's first value.
     *
     * @param b sequence
     * @param line line of the sequence
     * @return index into {@link Tape#values}
     */
    public int at(int b, int line) {
        return valueAt + b * batchStride + line * lineStride;
    }

    /**
     * Offset of a line's first derivative.
     *
     * @param b sequence
     * @param line line of the sequence
     * @return index into {@link Tape#gradients}
     */
    public int gradientAt(int b, int line) {
        assert gradientAt != NONE;
        return gradientAt + b * batchStride + line * lineStride;
    }

    /**
     * Where the values are.
     *
     * @return their place
     */
    public Place place() {
        return new Place(false, valueAt, lines, size, batchStride, lineStride);
    }

    /**
     * Where the derivatives are.
     *
     * @return their place
     */
    public Place gradientPlace() {
        assert gradientAt != NONE;
        return new Place(true, gradientAt, lines, size, batchStride, lineStride);
    }

    /**
     * The same values as a constant: no derivative flows through them.
     *
     * @return the window, without derivatives
     */
    public Tensor stopped() {
        return new Tensor(valueAt, NONE, batch, lines, size, batchStride, lineStride);
    }

    /**
     * A window on some columns of every line, for instance the key in the row of a head's parameters.
     *
     * @param from first column
     * @param width number of columns
     * @return the window
     * @throws IllegalArgumentException if it reaches beyond the line
     */
    public Tensor slice(int from, int width) {
        if (from < 0 || width < 1 || width > size - from) {
            throw new IllegalArgumentException("slice: expected columns within 0.." + size + ", got " + from + ".." + (from + width));
        }
        return window(from, lines, width);
    }

    /**
     * A window on consecutive lines.
     *
     * @param from first line
     * @param count number of lines
     * @return the window
     * @throws IllegalArgumentException if it reaches beyond the tensor
     */
    public Tensor lines(int from, int count) {
        if (from < 0 || count < 1 || count > lines - from) {
            throw new IllegalArgumentException("lines: expected within 0.." + lines + ", got " + from + ".." + (from + count));
        }
        return window(from * lineStride, count, size);
    }

    private Tensor window(int shift, int windowLines, int windowSize) {
        int gradient = hasGradient() ? gradientAt + shift : NONE;
        return new Tensor(valueAt + shift, gradient, batch, windowLines, windowSize, batchStride, lineStride);
    }

    /**
     * Regards each line as {@code parts} lines of {@code partSize} floats that lie side by side, for instance one row of parameters as
     * a line per head. Needs a tensor of one line.
     *
     * @param parts number of lines
     * @param partSize floats in each
     * @return the window
     * @throws IllegalArgumentException if the tensor has several lines or is too short
     */
    public Tensor split(int parts, int partSize) {
        if (lines != 1 || parts < 1 || partSize < 1 || partSize > size / parts) {
            throw new IllegalArgumentException("split: expected at most [1][" + size + "], got [" + parts + "][" + partSize + "] of " + this);
        }
        return new Tensor(valueAt, gradientAt, batch, parts, partSize, batchStride, partSize);
    }

    /**
     * Regards a column whose floats lie side by side as the line that it is.
     *
     * @return {@code [batch][1][lines]}
     * @throws IllegalArgumentException if it has several columns, or its floats lie apart
     */
    public Tensor asLine() {
        if (!place().isDenseColumn()) {
            throw new IllegalArgumentException("column: expected [" + lines + "][1] without gaps, got " + this);
        }
        return new Tensor(valueAt, gradientAt, batch, 1, lines, batchStride, lines);
    }

    /**
     * A tensor at another value offset that shares this tensor's derivatives: the result of an operation that turns the
     * derivative by its result into the derivative by its operand in place. From now on this tensor may not be used.
     */
    Tensor supersede(int newValueAt) {
        superseded = true;
        return new Tensor(newValueAt, gradientAt, batch, lines, size, batchStride, lineStride);
    }

    /**
     * Checks that this is a fit operand.
     *
     * @param name what the operand is, for the message
     * @param expectedBatch its first axis
     * @param expectedLines its second axis
     * @param expectedSize its last axis
     * @throws IllegalArgumentException if the shape differs
     * @throws IllegalStateException if an operation has taken over its derivatives
     */
    public void require(String name, int expectedBatch, int expectedLines, int expectedSize) {
        if (superseded) {
            throw new IllegalStateException(name + ": this memory has been written over; read and address it before the write");
        }
        if (batch != expectedBatch || lines != expectedLines || size != expectedSize) {
            throw new IllegalArgumentException(
                    name + ": expected [" + expectedBatch + "][" + expectedLines + "][" + expectedSize + "], got " + this);
        }
    }

    @Override
    public String toString() {
        return "[" + batch + "][" + lines + "][" + size + "]";
    }
}
