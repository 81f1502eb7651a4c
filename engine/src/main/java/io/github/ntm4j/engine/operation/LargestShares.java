package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * The largest elements of a weighting, equal ones by their rows, the lowest first, and each divided by the sum of those chosen. Which they are
 * counts as a constant for the derivative. Where the sum is next to nothing, all shares are 0.
 */
final class LargestShares {
    private static final float SMALLEST_SUM = 1e-30f;
    private static final int KEY_SHIFT = 32;

    private final Tape tape;
    private final Tensor weighting;
    private final int count;

    /** {@code [batch][2][count]}: the rows chosen, ascending, and their shares. */
    private final Tensor chosen;

    /** Key and row in one number. A binary heap: each is smaller than those at twice its place and behind, so that the first is the next to go. */
    private final long[] heap;

    LargestShares(Tape tape, Tensor weighting, int count) {
        this.tape = tape;
        this.weighting = weighting;
        this.count = count;
        this.chosen = tape.allocateValues(weighting.batch(), 2, count);
        this.heap = new long[count];
    }

    /** Where the rows chosen are among the values. */
    int rowsAt(int b) {
        return chosen.at(b, 0);
    }

    /** Where their shares are. */
    int sharesAt(int b) {
        return chosen.at(b, 1);
    }

    /** Chooses. */
    void forward(int b) {
        float[] values = tape.values();
        int at = weighting.at(b, 0);
        choose(values, at);
        int rows = rowsAt(b);
        int shares = sharesAt(b);
        for (int k = 0; k < count; k++) {
            values[rows + k] = heap[k];
        }
        float sum = sum(values, at, rows);
        for (int k = 0; k < count; k++) {
            values[shares + k] = sum < SMALLEST_SUM ? 0f : values[at + (int) values[rows + k]] / sum;
        }
    }

    private float sum(float[] values, int at, int rows) {
        float sum = 0;
        for (int k = 0; k < count; k++) {
            sum += values[at + (int) values[rows + k]];
        }
        return sum;
    }

    private void choose(float[] values, int at) {
        for (int k = 0; k < count; k++) {
            heap[k] = key(values[at + k], k);
        }
        for (int k = count / 2 - 1; k >= 0; k--) {
            sink(k, heap[k]);
        }
        float least = least(values, at);
        for (int n = count; n < weighting.size(); n++) {
            if (values[at + n] > least) {
                sink(0, key(values[at + n], n));
                least = least(values, at);
            }
        }
        for (int k = 0; k < count; k++) {
            heap[k] = row(heap[k]);
        }
        Arrays.sort(heap);
    }

    /** What a number has to be above to be chosen in place of another. */
    private float least(float[] values, int at) {
        float least = values[at + row(heap[0])];
        return Float.isNaN(least) ? Float.NEGATIVE_INFINITY : least;
    }

    /** An integer that is ordered as numbers are, and of equal ones the first row's is the largest. NaN counts as the smallest. */
    private static long key(float element, int row) {
        int bits = Float.floatToRawIntBits(element + 0f); // +0f makes -0 equal to 0
        int ordered = Float.isNaN(element) ? Integer.MIN_VALUE : bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ordered << KEY_SHIFT | Integer.toUnsignedLong(~row);
    }

    private static int row(long key) {
        return ~(int) key;
    }

    /** Places an entry at, or below, a free place. */
    private void sink(int from, long entry) {
        int at = from;
        int child = 2 * at + 1;
        while (child < count) {
            if (child + 1 < count && heap[child + 1] < heap[child]) {
                child++;
            }
            if (entry <= heap[child]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = entry;
    }

    /** Puts the shares at their rows, and zeros elsewhere. */
    void spread(int b, float[] target, int from) {
        float[] values = tape.values();
        int rows = rowsAt(b);
        int shares = sharesAt(b);
        Arrays.fill(target, from, from + weighting.size(), 0f);
        for (int k = 0; k < count; k++) {
            target[from + (int) values[rows + k]] = values[shares + k];
        }
    }

    /** Adds to the derivatives by the weighting what those by the shares, one for each row, make of it. */
    void backward(int b, float[] derivatives, int from) {
        float[] values = tape.values();
        int rows = rowsAt(b);
        int shares = sharesAt(b);
        float sum = sum(values, weighting.at(b, 0), rows);
        if (sum < SMALLEST_SUM) {
            return;
        }
        float mean = 0;
        for (int k = 0; k < count; k++) {
            mean = Math.fma(derivatives[from + (int) values[rows + k]], values[shares + k], mean);
        }
        float[] gradients = tape.gradients();
        int d = weighting.gradientAt(b, 0);
        for (int k = 0; k < count; k++) {
            int row = (int) values[rows + k];
            gradients[d + row] += (derivatives[from + row] - mean) / sum;
        }
    }
}
