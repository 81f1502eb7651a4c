package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Running sums and products along each line. From the first element on, {@code y(j) = x(0) + ... + x(j)}; exclusive,
 * {@code y(j) = x(0) + ... + x(j - 1)}, beginning with 0 (a product with 1); or the same from the last element on. Each is a chain in that order.
 * The derivative of a product needs no division: with {@code q(j)} the product of what lies before j and
 * {@code t(j) = dy(j) + x(j + 1) t(j + 1)}, or {@code t(j) = dy(j + 1) + x(j + 1) t(j + 1)} where it is exclusive, {@code dx(j) = q(j) t(j)}.
 */
public final class Scan implements Operation {
    /** What runs, and how. */
    public enum Way {
        /** Up to and with each element. */
        INCLUSIVE(false, false),
        /** Up to each element and without it. */
        EXCLUSIVE(true, false),
        /** From the last element on, down to and with each element. */
        INCLUSIVE_FROM_THE_LAST(false, true),
        /** From the last element on, down to each element and without it. */
        EXCLUSIVE_FROM_THE_LAST(true, true);

        private final boolean exclusive;
        private final boolean fromLast;

        Way(boolean exclusive, boolean fromLast) {
            this.exclusive = exclusive;
            this.fromLast = fromLast;
        }
    }

    private final Tape tape;
    private final Tensor x;
    private final boolean product;
    private final Way way;
    private final Tensor y;

    private Scan(Tape tape, Tensor x, boolean product, Way way) {
        this.tape = tape;
        this.x = x;
        this.product = product;
        this.way = way;
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
    }

    /**
     * Records running sums.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param way from where, and whether each element counts for its own sum
     * @return {@code [batch][lines][size]}
     */
    public static Tensor sum(Tape tape, Tensor x, Way way) {
        return record(tape, x, false, way);
    }

    /**
     * Records running products.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param way from where, and whether each element counts for its own product
     * @return {@code [batch][lines][size]}
     */
    public static Tensor product(Tape tape, Tensor x, Way way) {
        return record(tape, x, true, way);
    }

    private static Tensor record(Tape tape, Tensor x, boolean product, Way way) {
        x.require("scan", x.batch(), x.lines(), x.size());
        Scan operation = new Scan(tape, x, product, way);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        int step = way.fromLast ? -1 : 1;
        int first = way.fromLast ? x.size() - 1 : 0;
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line) + first;
                int to = y.at(b, line) + first;
                float before = product ? 1f : 0f;
                for (int k = 0; k < x.size(); k++) {
                    float element = values[from + k * step];
                    float with = product ? before * element : before + element;
                    values[to + k * step] = way.exclusive ? before : with;
                    before = with;
                }
            }
        }
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        int step = way.fromLast ? -1 : 1;
        int first = way.fromLast ? x.size() - 1 : 0;
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int dx = x.gradientAt(b, line) + first;
                int dy = y.gradientAt(b, line) + first;
                if (product) {
                    productBackward(x.at(b, line) + first, y.at(b, line) + first, step, dx, dy);
                } else {
                    sumBackward(step, dx, dy);
                }
            }
        }
    }

    private void sumBackward(int step, int dx, int dy) {
        float[] gradients = tape.gradients();
        float behind = 0f;
        for (int k = x.size() - 1; k >= 0; k--) {
            float with = behind + gradients[dy + k * step];
            gradients[dx + k * step] += way.exclusive ? behind : with;
            behind = with;
        }
    }

    private void productBackward(int xAt, int yAt, int step, int dx, int dy) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float t = 0f;
        for (int k = x.size() - 1; k >= 0; k--) {
            float upstream = gradients[dy + k * step];
            if (way.exclusive) {
                gradients[dx + k * step] = Math.fma(values[yAt + k * step], t, gradients[dx + k * step]);
                t = Math.fma(values[xAt + k * step], t, upstream);
            } else {
                float before = k == 0 ? 1f : values[yAt + (k - 1) * step];
                t += upstream;
                gradients[dx + k * step] = Math.fma(before, t, gradients[dx + k * step]);
                t *= values[xAt + k * step];
            }
        }
    }
}
