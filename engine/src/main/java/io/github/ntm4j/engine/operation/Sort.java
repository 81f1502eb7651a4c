package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * The order of each line: {@code y(i, 0)} is the place of its smallest element, {@code y(i, 1)} of the next one. Equal elements come by their
 * places, the lowest first, and NaN last. Elements can be rounded to multiples of a step before they are compared, so that what differs by
 * rounding errors only counts as equal. No derivative flows through an order.
 */
public final class Sort implements Operation {
    private static final long LOW = 0xFFFF_FFFFL;

    private final Tape tape;
    private final Tensor x;
    private final float step;
    private final Tensor y;
    private final long[] keys;

    private Sort(Tape tape, Tensor x, float step) {
        this.tape = tape;
        this.x = x;
        this.step = step;
        this.y = tape.allocateValues(x.batch(), x.lines(), x.size());
        this.keys = new long[x.size()];
    }

    /**
     * Records the order.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param step what elements are rounded to a multiple of; 0 for not at all
     * @return {@code [batch][lines][size]}, whole numbers, without derivatives
     * @throws IllegalArgumentException if the step is negative
     */
    public static Tensor of(Tape tape, Tensor x, float step) {
        x.require("sort", x.batch(), x.lines(), x.size());
        if (!(step >= 0)) {
            throw new IllegalArgumentException("sort: expected a step of at least 0, got " + step);
        }
        Sort operation = new Sort(tape, x, step);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int to = y.at(b, line);
                for (int j = 0; j < x.size(); j++) {
                    keys[j] = (long) comparable(values[from + j]) << 32 | j;
                }
                Arrays.sort(keys);
                for (int j = 0; j < x.size(); j++) {
                    values[to + j] = (int) (keys[j] & LOW);
                }
            }
        }
    }

    /** An integer that is ordered as the rounded elements are. */
    private int comparable(float element) {
        float rounded = step == 0f ? element : (float) Math.rint(element / step);
        int bits = Float.floatToIntBits(rounded + 0f); // -0 becomes +0
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    @Override
    public void backward() {
        // An order does not change by a little.
    }
}
