package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.ArrayKernels;
import io.github.ntm4j.engine.kernel.Place;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;

/** The product of two matrices of every sequence, {@code Y = A B}, or {@code Y = A B'} with B transposed. */
public final class Product implements Operation {
    private final Tape tape;
    private final boolean transposed;
    private final Tensor a;
    private final Tensor b;
    private final Tensor y;
    private final Place aPlace;
    private final Place bPlace;
    private final Place yPlace;
    private final Place da;
    private final Place db;
    private final Place dy;

    private Product(Tape tape, boolean transposed, Tensor a, Tensor b, Tensor y) {
        this.tape = tape;
        this.transposed = transposed;
        this.a = a;
        this.b = b;
        this.y = y;
        this.aPlace = a.place();
        this.bPlace = b.place();
        this.yPlace = y.place();
        this.da = a.hasGradient() ? a.gradientPlace() : aPlace;
        this.db = b.hasGradient() ? b.gradientPlace() : bPlace;
        this.dy = y.hasGradient() ? y.gradientPlace() : yPlace;
    }

    /**
     * Records {@code Y = A B}: each line of A is a combination of the lines of B.
     *
     * @param tape the tape
     * @param a {@code [batch][lines][depth]}
     * @param b {@code [batch][depth][size]}
     * @return {@code [batch][lines][size]}
     */
    public static Tensor through(Tape tape, Tensor a, Tensor b) {
        a.require("left factor", a.batch(), a.lines(), a.size());
        b.require("right factor", a.batch(), a.size(), b.size());
        return record(new Product(tape, false, a, b, Term.allocate(tape, a.batch(), a.lines(), b.size())));
    }

    /**
     * Records {@code Y = A B'}: each line of A is multiplied, element by element and summed, with each line of B.
     *
     * @param tape the tape
     * @param a {@code [batch][lines][depth]}
     * @param b {@code [batch][size][depth]}
     * @return {@code [batch][lines][size]}
     */
    public static Tensor against(Tape tape, Tensor a, Tensor b) {
        a.require("left factor", a.batch(), a.lines(), a.size());
        b.require("right factor", a.batch(), b.lines(), a.size());
        return record(new Product(tape, true, a, b, Term.allocate(tape, a.batch(), a.lines(), b.lines())));
    }

    private static Tensor record(Product operation) {
        operation.tape.record(operation);
        return operation.y;
    }

    /** Reads the right factor. */
    @Override
    public Work work() {
        return new Work(a.size() * results(), Float.BYTES * factor(), 0);
    }

    /** Reads the right factor and its derivative, and writes the latter. */
    @Override
    public Work workBackward() {
        int products = (a.hasGradient() ? 1 : 0) + (b.hasGradient() ? 1 : 0);
        return new Work(
                products * work().multiplyAdds(),
                a.hasGradient() && !b.hasGradient() ? Float.BYTES * factor() : 0,
                b.hasGradient() ? 3 * Float.BYTES * factor() : 0);
    }

    private long results() {
        return (long) y.batch() * y.lines() * y.size();
    }

    private long factor() {
        return (long) b.batch() * b.lines() * b.size();
    }

    @Override
    public void forward() {
        ArrayKernels kernels = tape.kernels().arrays();
        if (transposed) {
            kernels.multiplyByTransposed(aPlace, bPlace, yPlace, y.batch(), tape.values(), tape.gradients(), false);
        } else {
            kernels.multiply(aPlace, bPlace, yPlace, y.batch(), tape.values(), tape.gradients(), false);
        }
    }

    @Override
    public void backward() {
        ArrayKernels kernels = tape.kernels().arrays();
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        if (a.hasGradient()) {
            if (transposed) {
                kernels.multiply(dy, bPlace, da, y.batch(), values, gradients, true);
            } else {
                kernels.multiplyByTransposed(dy, bPlace, da, y.batch(), values, gradients, true);
            }
        }
        if (b.hasGradient()) {
            Place left = transposed ? dy : aPlace;
            Place right = transposed ? aPlace : dy;
            kernels.multiplyTransposed(left, right, db, y.batch(), values, gradients, true);
        }
    }
}
