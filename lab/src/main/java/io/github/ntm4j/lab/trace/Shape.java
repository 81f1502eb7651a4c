package io.github.ntm4j.lab.trace;

/** Shape checks of the arrays in a trace. */
final class Shape {
    private Shape() {}

    /** The length of the first row of {@code array}; the array must have a row. */
    static int columns(String name, float[][] array) {
        if (array.length == 0) {
            throw new IllegalArgumentException(name + ": expected at least one step, found none");
        }
        return array[0].length;
    }

    static void check(String name, float[] array, int length) {
        if (array.length != length) {
            throw new IllegalArgumentException(name + ": expected length " + length + ", found " + array.length);
        }
    }

    static void check(String name, float[][] array, int rows, int columns) {
        if (array.length != rows) {
            throw new IllegalArgumentException(name + ": expected " + rows + " steps, found " + array.length);
        }
        for (int i = 0; i < rows; i++) {
            if (array[i].length != columns) {
                throw new IllegalArgumentException(
                        name + ": expected " + columns + " values at step " + i + ", found " + array[i].length);
            }
        }
    }
}
