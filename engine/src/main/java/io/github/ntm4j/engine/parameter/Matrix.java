package io.github.ntm4j.engine.parameter;

import io.github.ntm4j.engine.kernel.Rows;

/**
 * The weights and biases of a linear map {@code y = W x + b}, stored as panels {@code [columns / 16][inputs + 1][16]}, the order in
 * which the product reads them; the bias is the last of the inputs, whose value is always one. The outputs form
 * {@code groups} of {@code groupSize}, the gates of an LSTM for instance; a group begins at a multiple of 8 columns when there are
 * several. Columns that belong to no output are zero and stay so.
 */
public final class Matrix {
    private static final int LANES = 8;

    private final String name;
    private final int at;
    private final int inputs;
    private final int groups;
    private final int groupSize;
    private int transposedAt = -1;
    private int transposedFrom;

    Matrix(String name, int at, int inputs, int groups, int groupSize) {
        this.name = name;
        this.at = at;
        this.inputs = inputs;
        this.groups = groups;
        this.groupSize = groupSize;
    }

    /**
     * What the map is called.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Offset of the first panel.
     *
     * @return index into {@link Parameters#values}
     */
    public int at() {
        return at;
    }

    /**
     * Number of inputs, without the bias.
     *
     * @return the width of x
     */
    public int inputs() {
        return inputs;
    }

    /**
     * Number of inputs with the bias.
     *
     * @return rows of a panel
     */
    public int depth() {
        return inputs + 1;
    }

    /**
     * Number of groups of outputs.
     *
     * @return the number
     */
    public int groups() {
        return groups;
    }

    /**
     * Outputs in a group.
     *
     * @return the number
     */
    public int groupSize() {
        return groupSize;
    }

    /**
     * Columns from one group to the next.
     *
     * @return {@link #groupSize}, rounded up to a multiple of 8 if there are several
     */
    public int groupStride() {
        return groups == 1 ? groupSize : (groupSize + LANES - 1) & -LANES;
    }

    /**
     * Columns with padding, a multiple of 16.
     *
     * @return the width of a row of results
     */
    public int columns() {
        return Rows.padded(groups * groupStride());
    }

    int floats() {
        return depth() * columns();
    }

    /**
     * Where a weight is.
     *
     * @param input input, {@link #inputs} for the bias
     * @param output output, counted group after group without padding
     * @return index into {@link Parameters#values}
     */
    public int at(int input, int output) {
        int column = output / groupSize * groupStride() + output % groupSize;
        return at + (column / Rows.BLOCK * depth() + input) * Rows.BLOCK + column % Rows.BLOCK;
    }

    /**
     * Offset of the transposed panels.
     *
     * @return index into {@link Parameters#transposed}
     */
    public int transposedAt() {
        assert transposedAt >= 0;
        return transposedAt;
    }

    /**
     * The first input that the transposed panels cover.
     *
     * @return the input
     */
    public int transposedFrom() {
        return transposedFrom;
    }

    /**
     * Columns of the transposed matrix with padding.
     *
     * @return a multiple of 16
     */
    public int transposedColumns() {
        return Rows.padded(inputs - transposedFrom);
    }

    boolean isTransposed() {
        return transposedAt >= 0;
    }

    void placeTransposed(int offset, int from) {
        transposedAt = offset;
        transposedFrom = from;
    }

    /** Fills the transposed panels {@code [inputs / 16][columns][16]} from the weights. */
    void transpose(float[] values, float[] transposed) {
        int block = Rows.BLOCK;
        int columns = columns();
        for (int first = transposedFrom; first < inputs; first += block) {
            int count = Math.min(block, inputs - first);
            int target = transposedAt + (first - transposedFrom) * columns;
            for (int column = 0; column < columns; column += block) {
                int source = at + column * depth() + first * block;
                for (int k = 0; k < count; k++) {
                    int to = target + column * block + k;
                    int from = source + k * block;
                    for (int j = 0; j < block; j++) {
                        transposed[to + j * block] = values[from + j];
                    }
                }
            }
        }
    }
}
