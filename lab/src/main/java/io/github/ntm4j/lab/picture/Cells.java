package io.github.ntm4j.lab.picture;

/**
 * A grid of coloured cells.
 *
 * @param columns cells across
 * @param rows cells down
 * @param rgb {@code [rows * columns]}, row by row from the top, 24 bits each
 */
public record Cells(int columns, int rows, int[] rgb) {
    /** Checks the size. */
    public Cells {
        if (columns < 1 || rows < 1 || rgb.length != columns * rows) {
            throw new IllegalArgumentException(
                    "rgb: expected " + columns + " x " + rows + " cells, at least one, found " + rgb.length);
        }
    }

    /** The colour of one cell. */
    int at(int column, int row) {
        return rgb[row * columns + column];
    }
}
