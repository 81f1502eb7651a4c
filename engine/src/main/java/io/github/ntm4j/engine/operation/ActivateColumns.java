package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.kernel.Elementary;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Functions of groups of columns: {@code y(j) = f(x(j))}, where f depends on the column, or a softmax over some columns. */
public final class ActivateColumns implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final List<Columns> columns;

    /**
     * How many columns the forward pass computes for each of {@link #columns}: whole blocks where the columns behind are computed afterwards,
     * so that the kernels have no remainder to care for.
     */
    private final int[] counts;

    private final Tensor y;

    private ActivateColumns(Tape tape, Tensor x, List<Columns> columns) {
        this.tape = tape;
        this.x = x;
        this.columns = columns;
        this.counts = new int[columns.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = wholeBlocks(columns.get(i), columns.subList(i + 1, columns.size()));
        }
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
    }

    private static int wholeBlocks(Columns columns, List<Columns> later) {
        BitSet overwritten = new BitSet();
        later.forEach(c -> overwritten.set(c.from(), c.from() + c.count()));
        int end = columns.from() + columns.count();
        int whole = columns.from() + Rows.padded(columns.count());
        return overwritten.nextClearBit(end) >= whole ? whole - columns.from() : columns.count();
    }

    /**
     * Records the functions.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param columns what happens to which columns; columns that are not named become zero
     * @return {@code [batch][lines][size]}
     * @throws IllegalArgumentException if columns reach beyond the size or overlap
     */
    public static Tensor of(Tape tape, Tensor x, List<Columns> columns) {
        x.require("activation", x.batch(), x.lines(), x.size());
        BitSet taken = new BitSet(x.size());
        for (Columns c : columns) {
            if (c.from() < 0 || c.count() < 1 || c.count() > x.size() - c.from()) {
                throw new IllegalArgumentException("activation: expected columns within 0.." + x.size() + ", got " + c);
            }
            if (!taken.get(c.from(), c.from() + c.count()).isEmpty()) {
                throw new IllegalArgumentException("activation: expected columns that no other function has, got " + c);
            }
            taken.set(c.from(), c.from() + c.count());
        }
        List<Columns> inOrder = columns.stream().sorted(Comparator.comparingInt(Columns::from)).toList();
        ActivateColumns operation = new ActivateColumns(tape, x, inOrder);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        ElementKernels kernels = tape.kernels().elements();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int to = y.at(b, line);
                for (int i = 0; i < columns.size(); i++) {
                    Columns c = columns.get(i);
                    if (c.softmax()) {
                        softmax(values, from + c.from(), c.count(), to + c.from());
                    } else {
                        kernels.activate(c.activation(), values, from + c.from(), counts[i], values, to + c.from());
                    }
                }
            }
        }
    }

    private static void softmax(float[] values, int from, int count, int to) {
        float largest = values[from];
        for (int j = 1; j < count; j++) {
            largest = Math.max(largest, values[from + j]);
        }
        float sum = 0;
        for (int j = 0; j < count; j++) {
            float e = Elementary.exp(values[from + j] - largest);
            values[to + j] = e;
            sum += e;
        }
        for (int j = 0; j < count; j++) {
            values[to + j] /= sum;
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        ElementKernels kernels = tape.kernels().elements();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int xAt = x.at(b, line);
                int yAt = y.at(b, line);
                int dxAt = x.gradientAt(b, line);
                int dyAt = y.gradientAt(b, line);
                for (int i = 0; i < columns.size(); i++) {
                    Columns c = columns.get(i);
                    int j = c.from();
                    if (c.softmax()) {
                        softmaxBackward(values, yAt + j, gradients, dyAt + j, c.count(), dxAt + j);
                    } else {
                        kernels.activateBackward(
                                c.activation(),
                                values,
                                xAt + j,
                                values,
                                yAt + j,
                                gradients,
                                dyAt + j,
                                c.count(),
                                gradients,
                                dxAt + j);
                    }
                }
            }
        }
    }

    private static void softmaxBackward(float[] y, int yAt, float[] gradients, int dyAt, int count, int dxAt) {
        float mean = 0;
        for (int j = 0; j < count; j++) {
            mean = Math.fma(y[yAt + j], gradients[dyAt + j], mean);
        }
        for (int j = 0; j < count; j++) {
            gradients[dxAt + j] = Math.fma(y[yAt + j], gradients[dyAt + j] - mean, gradients[dxAt + j]);
        }
    }
}
