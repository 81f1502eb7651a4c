package io.github.ntm4j.core.memory;

import io.github.ntm4j.engine.tape.Tensor;

/**
 * Heads of one kind that address the same memory at the same time. Their parameters lie side by side in the row that the controller
 * emits; a head's columns are {@code key (width), strength, gate, shift (2 range + 1), sharpening} and, for a write head,
 * {@code erase (width), add (width)}.
 *
 * @param writes whether the heads write
 * @param first number of the first head of this kind
 * @param heads number of heads
 * @param column first column of the first head
 * @param width floats in a row of the memory
 * @param shiftRange how far a head can move in one step
 */
record HeadBank(boolean writes, int first, int heads, int column, int width, int shiftRange) {
    int shifts() {
        return 2 * shiftRange + 1;
    }

    int columnsPerHead() {
        return width + 3 + shifts() + (writes ? 2 * width : 0);
    }

    int columns() {
        return heads * columnsPerHead();
    }

    /** Name of a head. */
    String name(int head) {
        return (writes ? "write_head_" : "read_head_") + (first + head);
    }

    /** The parameters of all heads, {@code [batch][heads][columnsPerHead]}. */
    Tensor of(Tensor row) {
        return row.slice(column, columns()).split(heads, columnsPerHead());
    }

    Tensor key(Tensor row) {
        return of(row).slice(0, width);
    }

    Tensor strength(Tensor row) {
        return of(row).slice(width, 1);
    }

    Tensor gate(Tensor row) {
        return of(row).slice(width + 1, 1);
    }

    Tensor shift(Tensor row) {
        return of(row).slice(width + 2, shifts());
    }

    Tensor sharpening(Tensor row) {
        return of(row).slice(width + 2 + shifts(), 1);
    }

    Tensor erase(Tensor row) {
        return of(row).slice(width + 3 + shifts(), width);
    }

    Tensor add(Tensor row) {
        return of(row).slice(2 * width + 3 + shifts(), width);
    }
}
