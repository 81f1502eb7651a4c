package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * The order of writing in its largest entries (Graves et al. 2016, Methods): a {@link TemporalLink} with the K largest elements of write weighting
 * and precedence, each divided by their sum, and without what is below {@code 1 / K} afterwards. A row of such a link sums to 1 at most, so
 * that it has K entries at most; what would be more is dropped, the last rows first. Time and room are in proportion to rows times K.
 *
 * <p>A link is {@code [2][rows * K]}. From {@code i * K} on, the first line has the rows right after which row i was written, ascending, and
 * {@link #NOWHERE} behind them; the second line has how much, and 0 behind. It shares its derivatives with the link before, which are turned in
 * place on the way back. Which entries there are is a constant for the derivative.
 */
public final class SparseLink implements Operation {
    /** Stands in for a row where there is no entry. */
    public static final float NOWHERE = -1f;

    private final Tape tape;
    private final Tensor before;
    private final Tensor read;
    private final int rows;
    private final int entries;
    private final float least;
    private final LargestShares to;
    private final LargestShares from;
    private final Tensor link;
    private final Tensor forward;
    private final Tensor backward;

    private SparseLink(Tape tape, Tensor before, Tensor precedence, Tensor write, Tensor read) {
        this.tape = tape;
        this.before = before;
        this.read = read;
        this.rows = write.size();
        this.entries = before.size() / rows;
        this.least = (float) (1.0 / entries);
        this.to = new LargestShares(tape, write, entries);
        this.from = new LargestShares(tape, precedence, entries);
        this.link = tape.supersede(before);
        this.forward = tape.allocate(read.batch(), read.lines(), rows);
        this.backward = tape.allocate(read.batch(), read.lines(), rows);
        tape.reserveScratch(4 * rows + entries);
    }

    /**
     * Records the links before the first step: none.
     *
     * @param tape the tape
     * @param batch number of sequences
     * @param rows rows of the memory
     * @param entries the most that a row has
     * @return {@code [batch][2][rows * entries]}
     */
    public static Tensor empty(Tape tape, int batch, int rows, int entries) {
        float[] none = new float[Math.multiplyExact(2 * rows, entries)];
        Arrays.fill(none, 0, none.length / 2, NOWHERE);
        return Constant.of(tape, batch, 2, none);
    }

    /**
     * Records a step of one write head.
     *
     * @param tape the tape
     * @param link which row was written after which, {@code [batch][2][rows * entries]}, not to be used afterwards
     * @param precedence how recently each row was written before this step, {@code [batch][1][rows]}
     * @param write the write weighting of this step, {@code [batch][1][rows]}
     * @param read the read weightings of the last step, {@code [batch][heads][rows]}
     * @return the recorded operation, with the new link and the weightings
     * @throws IllegalArgumentException if shapes don't fit
     */
    public static SparseLink of(Tape tape, Tensor link, Tensor precedence, Tensor write, Tensor read) {
        int rows = write.size();
        link.require("link", link.batch(), 2, Math.max(1, Math.min(link.size() / rows, rows)) * rows);
        precedence.require("precedence", link.batch(), 1, rows);
        write.require("write weighting", link.batch(), 1, rows);
        read.require("read weighting", link.batch(), read.lines(), rows);
        SparseLink operation = new SparseLink(tape, link, precedence, write, read);
        tape.record(operation);
        return operation;
    }

    /**
     * Which row was written after which, this step's write included.
     *
     * @return {@code [batch][2][rows * entries]}
     */
    public Tensor link() {
        return link;
    }

    /**
     * What was written after the rows that were read.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor forwardWeighting() {
        return forward;
    }

    /**
     * What was written before the rows that were read.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor backwardWeighting() {
        return backward;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        float[] written = tape.scratch();
        for (int b = 0; b < link.batch(); b++) {
            to.forward(b);
            from.forward(b);
            to.spread(b, written, 0);
            Arrays.fill(values, link.at(b, 0), link.at(b, 0) + link.size(), NOWHERE);
            Arrays.fill(values, link.at(b, 1), link.at(b, 1) + link.size(), 0f);
            for (int head = 0; head < read.lines(); head++) {
                Arrays.fill(values, forward.at(b, head), forward.at(b, head) + rows, 0f);
                Arrays.fill(values, backward.at(b, head), backward.at(b, head) + rows, 0f);
            }
            for (int i = 0; i < rows; i++) {
                // Where nothing is written and nothing was, there is nothing.
                if (written[i] != 0f || values[before.at(b, 0) + i * entries] >= 0f) {
                    update(b, i, written);
                    follow(b, i);
                }
            }
        }
    }

    /** The entries of row i: what is left of those before, and those of what was written before this step. */
    private void update(int b, int i, float[] written) {
        float[] values = tape.values();
        int old = before.at(b, 0) + i * entries;
        int oldEnd = old + entries;
        int oldAmount = before.at(b, 1) + i * entries;
        int added = from.rowsAt(b);
        int addedEnd = written[i] == 0f ? added : added + entries;
        int addedShare = from.sharesAt(b);
        int place = link.at(b, 0) + i * entries;
        int placeEnd = place + entries;
        int amount = link.at(b, 1) + i * entries;
        while (place < placeEnd) {
            int oldRow = old < oldEnd && values[old] >= 0f ? (int) values[old] : rows;
            int addedRow = added < addedEnd ? (int) values[added] : rows;
            int j = Math.min(oldRow, addedRow);
            if (j == rows) {
                return;
            }
            float x = 0f;
            if (oldRow == j) {
                x = (1f - (written[i] + written[j])) * values[oldAmount++];
                old++;
            }
            if (addedRow == j) {
                x += written[i] * values[addedShare++];
                added++;
            }
            if (i != j && !(x < least)) {
                values[place++] = j;
                values[amount++] = x;
            }
        }
    }

    /** What heads that read row i or the rows before it see of its entries. */
    private void follow(int b, int i) {
        float[] values = tape.values();
        int place = link.at(b, 0) + i * entries;
        int amount = link.at(b, 1) + i * entries;
        for (int k = 0; k < entries && values[place + k] >= 0f; k++) {
            int j = (int) values[place + k];
            float x = values[amount + k];
            for (int head = 0; head < read.lines(); head++) {
                int r = read.at(b, head);
                int f = forward.at(b, head) + i;
                int w = backward.at(b, head) + j;
                values[f] = Math.fma(x, values[r + j], values[f]);
                values[w] = Math.fma(x, values[r + i], values[w]);
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] scratch = tape.scratch();
        for (int b = 0; b < link.batch(); b++) {
            Arrays.fill(tape.gradients(), link.gradientAt(b, 0), link.gradientAt(b, 0) + link.size(), 0f);
            to.spread(b, scratch, 0);
            from.spread(b, scratch, rows);
            Arrays.fill(scratch, 2 * rows, 4 * rows, 0f);
            for (int i = 0; i < rows; i++) {
                if (values[link.at(b, 0) + i * entries] >= 0f) {
                    followBackward(b, i);
                    updateBackward(b, i, scratch);
                } else {
                    int d = link.gradientAt(b, 1) + i * entries;
                    Arrays.fill(tape.gradients(), d, d + entries, 0f);
                }
            }
            to.backward(b, scratch, 2 * rows);
            from.backward(b, scratch, 3 * rows);
        }
    }

    /** With what the heads make of them, the derivatives by the entries of row i are complete; and those by the read weightings. */
    private void followBackward(int b, int i) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        int place = link.at(b, 0) + i * entries;
        int amount = link.at(b, 1) + i * entries;
        int d = link.gradientAt(b, 1) + i * entries;
        for (int k = 0; k < entries && values[place + k] >= 0f; k++) {
            int j = (int) values[place + k];
            float x = values[amount + k];
            for (int head = 0; head < read.lines(); head++) {
                int r = read.at(b, head);
                int dRead = read.gradientAt(b, head);
                float dForward = gradients[forward.gradientAt(b, head) + i];
                float dBackward = gradients[backward.gradientAt(b, head) + j];
                gradients[d + k] = Math.fma(dForward, values[r + j], gradients[d + k]);
                gradients[d + k] = Math.fma(values[r + i], dBackward, gradients[d + k]);
                gradients[dRead + j] = Math.fma(x, dForward, gradients[dRead + j]);
                gradients[dRead + i] = Math.fma(x, dBackward, gradients[dRead + i]);
            }
        }
    }

    /**
     * Turns the derivatives by the entries of row i into those by the entries before, and adds to those by the shares.
     *
     * @param scratch shares of the write weighting, of the precedence, derivatives by the one, by the other, and room for a row's entries
     */
    private void updateBackward(int b, int i, float[] scratch) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        int place = link.at(b, 0) + i * entries;
        int old = before.at(b, 0) + i * entries;
        int oldAmount = before.at(b, 1) + i * entries;
        int d = link.gradientAt(b, 1) + i * entries;
        int given = 4 * rows;
        System.arraycopy(gradients, d, scratch, given, entries);
        Arrays.fill(gradients, d, d + entries, 0f);
        int dTo = 2 * rows;
        int dFrom = 3 * rows;
        int o = 0;
        for (int k = 0; k < entries && values[place + k] >= 0f; k++) {
            int j = (int) values[place + k];
            float g = scratch[given + k];
            while (o < entries && values[old + o] >= 0f && values[old + o] < j) {
                o++;
            }
            float was = 0f;
            if (o < entries && values[old + o] == j) {
                was = values[oldAmount + o];
                gradients[d + o] = g * (1f - (scratch[i] + scratch[j]));
            }
            scratch[dTo + i] = Math.fma(g, scratch[rows + j] - was, scratch[dTo + i]);
            scratch[dTo + j] = Math.fma(-g, was, scratch[dTo + j]);
            scratch[dFrom + j] = Math.fma(g, scratch[i], scratch[dFrom + j]);
        }
    }
}
