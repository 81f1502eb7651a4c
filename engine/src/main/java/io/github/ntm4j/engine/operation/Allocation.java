package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Where there is room to write, Graves et al. 2016, equation 1: with the rows o(1), o(2), .. in the order of ascending usage, the free list,
 * {@code a(o(j)) = (1 - s(o(j))) s(o(1)) .. s(o(j-1))} for {@code s = epsilon + (1 - epsilon) u}. Rows of equal usage come by their
 * number, the lowest first. The order counts as a constant for the derivative.
 *
 * <p>Rows that hold nothing have usages that are equal but for rounding errors. Such rows are interchangeable, yet which of them is written
 * depends on the precision of the arithmetic, unless usages are rounded for the order.
 *
 * <p>Rows behind those whose product of usages falls below 1e-30 get nothing. Usually these are a few, so the order is made no further than
 * it counts.
 */
public final class Allocation implements Operation {
    private static final float NOTHING = 1e-30f;

    private final Tape tape;
    private final Tensor usage;
    private final float epsilon;
    private final float rounding;
    private final Tensor freeList;
    private final Tensor weighting;
    private final RowHeap heap;

    private Allocation(Tape tape, Tensor usage, float epsilon, float rounding) {
        this.tape = tape;
        this.usage = usage;
        this.epsilon = epsilon;
        this.rounding = rounding;
        this.freeList = tape.allocateValues(usage.batch(), 1, usage.size());
        this.weighting = tape.allocate(usage.batch(), 1, usage.size());
        this.heap = new RowHeap(usage.size());
        tape.reserveScratch(usage.size());
    }

    /**
     * Records the allocation.
     *
     * @param tape the tape
     * @param usage how much each row is in use, 0 to 1, {@code [batch][1][rows]}
     * @param epsilon how far usages are moved away from 0, which keeps a derivative alive: 0 or little more, below 1
     * @param rounding usages that are equal when rounded to multiples of this count as equal for the order; 0 to compare them as they are
     * @return the recorded operation, with the weighting and the free list
     * @throws IllegalArgumentException if the shape or a number is out of range
     */
    public static Allocation of(Tape tape, Tensor usage, float epsilon, float rounding) {
        usage.require("usage", usage.batch(), 1, usage.size());
        if (!(epsilon >= 0 && epsilon < 1)) {
            throw new IllegalArgumentException("allocation epsilon: expected at least 0 and below 1, got " + epsilon);
        }
        if (!(rounding >= 0 && rounding < 1)) {
            throw new IllegalArgumentException("allocation rounding: expected at least 0 and below 1, got " + rounding);
        }
        Allocation operation = new Allocation(tape, usage, epsilon, rounding);
        tape.record(operation);
        return operation;
    }

    /**
     * How much each row offers itself.
     *
     * @return {@code [batch][1][rows]}
     */
    public Tensor weighting() {
        return weighting;
    }

    /**
     * The numbers of the rows by ascending usage, as far as they count; -1 behind them.
     *
     * @return {@code [batch][1][rows]}, values without derivatives
     */
    public Tensor freeList() {
        return freeList;
    }

    /** A usage, moved away from 0. */
    private float moved(float u) {
        return Math.fma(1f - epsilon, u, epsilon);
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        int rows = usage.size();
        for (int b = 0; b < usage.batch(); b++) {
            int u = usage.at(b, 0);
            int list = freeList.at(b, 0);
            int a = weighting.at(b, 0);
            for (int n = 0; n < rows; n++) {
                float s = moved(values[u + n]);
                heap.set(n, rounding > 0 ? (float) Math.rint(s / rounding) : s);
            }
            heap.build();
            Arrays.fill(values, list, list + rows, -1f);
            Arrays.fill(values, a, a + rows, 0f);
            float product = 1;
            for (int j = 0; j < rows && !(product < NOTHING); j++) {
                int row = heap.take();
                float s = moved(values[u + row]);
                values[list + j] = row;
                values[a + row] = (1f - s) * product;
                product *= s;
            }
        }
    }

    /**
     * With the product Q(j) of the usages before the j-th row, and T(j), which is how much its usage is worth to the rows behind it divided by
     * Q(j): {@code T(j-1) = da(j) (1 - s(j)) + s(j) T(j)}, and {@code ds(j) = Q(j) (T(j) - da(j))}.
     */
    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] products = tape.scratch();
        int rows = usage.size();
        for (int b = 0; b < usage.batch(); b++) {
            int u = usage.at(b, 0);
            int list = freeList.at(b, 0);
            int du = usage.gradientAt(b, 0);
            int da = weighting.gradientAt(b, 0);
            float product = 1;
            int counted = 0;
            while (counted < rows && values[list + counted] >= 0) {
                products[counted] = product;
                product *= moved(values[u + (int) values[list + counted]]);
                counted++;
            }
            float behind = 0;
            for (int j = counted - 1; j >= 0; j--) {
                int row = (int) values[list + j];
                float s = moved(values[u + row]);
                float d = gradients[da + row];
                float ds = products[j] * (behind - d);
                gradients[du + row] = Math.fma(1f - epsilon, ds, gradients[du + row]);
                behind = Math.fma(s, behind, d * (1f - s));
            }
        }
    }
}
