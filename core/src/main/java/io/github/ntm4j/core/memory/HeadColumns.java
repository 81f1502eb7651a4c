package io.github.ntm4j.core.memory;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where in the row that the controller emits a head finds its parameters. Parameters of one kind lie side by side for all heads, so that they go
 * through their function together: {@code keys [heads][width], strengths [heads], gates [heads], sharpenings [heads], shifts [heads][2R + 1],
 * erases [write heads][width], adds [write heads][width]}.
 *
 * @param width floats in a row of the memory
 * @param readHeads heads that read, the first of all heads
 * @param writeHeads heads that write
 * @param shifts displacements of a shift
 */
record HeadColumns(int width, int readHeads, int writeHeads, int shifts) {
    private int heads() {
        return readHeads + writeHeads;
    }

    private int strengthAt() {
        return heads() * width;
    }

    private int gateAt() {
        return strengthAt() + heads();
    }

    private int sharpeningAt() {
        return gateAt() + heads();
    }

    private int shiftAt() {
        return sharpeningAt() + heads();
    }

    private int eraseAt() {
        return shiftAt() + heads() * shifts;
    }

    private int addAt() {
        return eraseAt() + writeHeads * width;
    }

    /** Width of the row. */
    int count() {
        return addAt() + writeHeads * width;
    }

    /** The columns of one head in the order of its parameters in files: key, strength, gate, shift, sharpening[, erase, add]. */
    int[] of(int head) {
        IntStream columns = IntStream.empty();
        columns = IntStream.concat(columns, range(head * width, width));
        columns = IntStream.concat(columns, IntStream.of(strengthAt() + head, gateAt() + head));
        columns = IntStream.concat(columns, range(shiftAt() + head * shifts, shifts));
        columns = IntStream.concat(columns, IntStream.of(sharpeningAt() + head));
        if (head >= readHeads) {
            int writer = head - readHeads;
            columns = IntStream.concat(columns, range(eraseAt() + writer * width, width));
            columns = IntStream.concat(columns, range(addAt() + writer * width, width));
        }
        return columns.toArray();
    }

    /** How many columns one head has. */
    int count(int head) {
        return width + 3 + shifts + (head < readHeads ? 0 : 2 * width);
    }

    private static IntStream range(int from, int count) {
        return IntStream.range(from, from + count);
    }

    /** The column of a head's key strength. */
    int strength(int head) {
        return strengthAt() + head;
    }

    /** The first column of a head's shifts, that of the furthest shift back. */
    int shift(int head) {
        return shiftAt() + head * shifts;
    }

    /** The column of a head's gate. */
    int gate(int head) {
        return gateAt() + head;
    }

    /** What goes through a function before all others: the shifts, before they become distributions. */
    List<Columns> beforeSoftmax(Activation shift) {
        return List.of(
                Columns.of(0, shiftAt(), Activation.IDENTITY),
                Columns.of(shiftAt(), heads() * shifts, shift),
                Columns.of(eraseAt(), count() - eraseAt(), Activation.IDENTITY));
    }

    /** The function of each column. */
    List<Columns> activations(HeadSettings settings) {
        List<Columns> activations = new ArrayList<>();
        activations.add(Columns.of(0, heads() * width, settings.keyActivation()));
        activations.add(Columns.of(strengthAt(), heads(), settings.strengthActivation()));
        activations.add(Columns.of(gateAt(), heads(), Activation.SIGMOID));
        activations.add(Columns.of(sharpeningAt(), heads(), settings.sharpeningActivation()));
        for (int head = 0; head < heads(); head++) {
            activations.add(Columns.softmax(shiftAt() + head * shifts, shifts));
        }
        activations.add(Columns.of(eraseAt(), writeHeads * width, Activation.SIGMOID));
        activations.add(Columns.of(addAt(), writeHeads * width, settings.addActivation()));
        return activations;
    }

    /** {@code [batch][heads][width]}. */
    Tensor key(Tensor row, HeadBank bank) {
        return part(row, bank.first() * width, bank.heads(), width);
    }

    /** {@code [batch][heads][1]}. */
    Tensor strength(Tensor row, HeadBank bank) {
        return part(row, strengthAt() + bank.first(), bank.heads(), 1);
    }

    /** {@code [batch][heads][1]}. */
    Tensor gate(Tensor row, HeadBank bank) {
        return part(row, gateAt() + bank.first(), bank.heads(), 1);
    }

    /** {@code [batch][heads][1]}. */
    Tensor sharpening(Tensor row, HeadBank bank) {
        return part(row, sharpeningAt() + bank.first(), bank.heads(), 1);
    }

    /** {@code [batch][heads][shifts]}. */
    Tensor shift(Tensor row, HeadBank bank) {
        return part(row, shiftAt() + bank.first() * shifts, bank.heads(), shifts);
    }

    /** {@code [batch][heads][width]} of some write heads. */
    Tensor erase(Tensor row, int writer, int writers) {
        return part(row, eraseAt() + writer * width, writers, width);
    }

    /** {@code [batch][heads][width]} of some write heads. */
    Tensor add(Tensor row, int writer, int writers) {
        return part(row, addAt() + writer * width, writers, width);
    }

    private static Tensor part(Tensor row, int from, int lines, int size) {
        return row.slice(from, lines * size).split(lines, size);
    }
}
