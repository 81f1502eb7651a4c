package io.github.ntm4j.machines.machine;

/**
 * The shape of a tensor in the state of one stream.
 *
 * @param lines lines of the tensor
 * @param size floats in a line
 */
record StateShape(int lines, int size) {
    @Override
    public String toString() {
        return "[" + lines + "][" + size + "]";
    }
}
