package io.github.ntm4j.lab.picture;

import java.util.List;

/**
 * The run of memory rows worth showing. Memory is circular, so a run may pass from the last row to row 0.
 *
 * @param first the row at the top
 * @param count how many rows are shown
 * @param rows how many rows the memory has
 */
record RowWindow(int first, int count, int rows) {
    /** A row counts as used when it ever holds more than this share of some head's weighting. */
    static final float USED = 0.02f;

    /** Unused rows shown on either side. */
    private static final int MARGIN = 2;

    /** A memory of up to this many rows is always shown whole. */
    private static final int SMALL = 32;

    /** The smallest run with all rows that heads use; it wraps only where that makes it shorter by a quarter or more. */
    static RowWindow of(List<float[][]> weightings, int rows) {
        boolean[] used = new boolean[rows];
        int uses = 0;
        for (float[][] head : weightings) {
            for (float[] weighting : head) {
                for (int row = 0; row < rows; row++) {
                    if (weighting[row] > USED && !used[row]) {
                        used[row] = true;
                        uses++;
                    }
                }
            }
        }
        if (rows <= SMALL || uses == 0 || uses == rows) {
            return new RowWindow(0, rows, rows);
        }
        int lowest = 0;
        while (!used[lowest]) {
            lowest++;
        }
        int previous = lowest;
        int gap = 0;
        int afterGap = lowest;
        for (int row = lowest + 1; row < rows; row++) {
            if (used[row]) {
                if (row - previous - 1 > gap) {
                    gap = row - previous - 1;
                    afterGap = row;
                }
                previous = row;
            }
        }
        int plain = previous - lowest + 1;
        int wrapped = rows - gap;
        if (4 * (wrapped + 2 * MARGIN) <= 3 * plain) {
            return new RowWindow(afterGap - MARGIN, wrapped + 2 * MARGIN, rows);
        }
        int first = Math.max(0, lowest - MARGIN);
        return new RowWindow(first, Math.min(rows, previous + 1 + MARGIN) - first, rows);
    }

    /** The memory row shown in place {@code index}. */
    int row(int index) {
        return (first + index) % rows;
    }

    /** The place of row 0 when rows from the end of the memory stand above it, otherwise 0. */
    int seam() {
        return first + count > rows ? rows - first : 0;
    }

    /** What is shown, in words. */
    String words() {
        return count == rows
                ? Numbers.counted(rows, "row")
                : "rows " + row(0) + "\u2013" + row(count - 1) + " of " + rows;
    }
}
