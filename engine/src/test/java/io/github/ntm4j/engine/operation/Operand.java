package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * What a sample feeds into an operation.
 *
 * @param name as the operation's messages call it
 * @param batch sequences
 * @param lines lines of each
 * @param size floats in a line
 * @param place how it lies on the tape
 * @param derivative what becomes of its derivative
 * @param step how far to move an element for a finite difference
 * @param values its elements, row-major
 */
record Operand(
        String name, int batch, int lines, int size, Place place, Derivative derivative, double step, float[] values) {
    /** Moves a result of order one by about the cube root of what a double resolves: the best a central difference can do. */
    static final double USUAL_STEP = 1e-5;

    enum Place {
        /** A tensor of its own. */
        WHOLE,
        /** Some lines of a taller tensor. */
        LINES,
        /** Some columns of a wider row of parameters, one line after the other. */
        COLUMNS,
        /** Lines a multiple of 8 floats apart, as the gates of an LSTM. */
        GROUPS
    }

    enum Derivative {
        /** Added to what is there. */
        ADDED,
        /** Shared with the result and turned in place. */
        TURNED,
        /** None is kept. */
        NONE
    }

    /** Columns or lines of a wider tensor on each side of a window. */
    private static final int MARGIN = 3;

    Operand {
        if (values.length != batch * lines * size) {
            throw new IllegalArgumentException(name + ": expected " + batch * lines * size + " values, got " + values.length);
        }
    }

    static Operand whole(String name, int batch, int lines, int size, float[] values) {
        return new Operand(name, batch, lines, size, Place.WHOLE, Derivative.ADDED, USUAL_STEP, values);
    }

    static Operand lines(String name, int batch, int lines, int size, float[] values) {
        return new Operand(name, batch, lines, size, Place.LINES, Derivative.ADDED, USUAL_STEP, values);
    }

    static Operand columns(String name, int batch, int lines, int size, float[] values) {
        return new Operand(name, batch, lines, size, Place.COLUMNS, Derivative.ADDED, USUAL_STEP, values);
    }

    static Operand plain(String name, int batch, int lines, int size, float[] values) {
        return new Operand(name, batch, lines, size, Place.WHOLE, Derivative.NONE, USUAL_STEP, values);
    }

    Operand with(float[] other) {
        return new Operand(name, batch, lines, size, place, derivative, step, other);
    }

    Operand with(Derivative other) {
        return new Operand(name, batch, lines, size, place, other, step, values);
    }

    Operand with(Place other) {
        return new Operand(name, batch, lines, size, other, derivative, step, values);
    }

    Operand withStep(double other) {
        return new Operand(name, batch, lines, size, place, derivative, other, values);
    }

    Array3 array() {
        return Array3.of(batch, lines, size, values);
    }

    /** Where an operand is: the tensor that was allocated, and the window on it that the operation gets. */
    record Placed(Tensor whole, Tensor tensor) {}

    /** Allocates it, with NaN in whatever lies beside a window: an operation that reads there shows. */
    Placed on(Tape tape) {
        Placed placed = allocated(tape);
        Tensor whole = placed.whole();
        if (place == Place.LINES || place == Place.COLUMNS) {
            for (int b = 0; b < whole.batch(); b++) {
                for (int line = 0; line < whole.lines(); line++) {
                    int at = whole.at(b, line);
                    Arrays.fill(tape.values(), at, at + whole.size(), Float.NaN);
                }
            }
        }
        Run.write(values, placed.tensor(), tape);
        return placed;
    }

    private Placed allocated(Tape tape) {
        return switch (place) {
            case WHOLE -> {
                boolean kept = derivative != Derivative.NONE;
                Tensor tensor = kept ? tape.allocate(batch, lines, size) : tape.allocateValues(batch, lines, size);
                yield new Placed(tensor, tensor);
            }
            case LINES -> {
                Tensor whole = tape.allocate(batch, lines + 2, size);
                yield new Placed(whole, whole.lines(1, lines));
            }
            case COLUMNS -> {
                Tensor whole = tape.allocate(batch, 1, lines * size + 2 * MARGIN);
                yield new Placed(whole, whole.slice(MARGIN, lines * size).split(lines, size));
            }
            case GROUPS -> {
                Tensor tensor = tape.allocate(batch, lines, size, (size + 7) / 8 * 8);
                yield new Placed(tensor, tensor);
            }
        };
    }
}
