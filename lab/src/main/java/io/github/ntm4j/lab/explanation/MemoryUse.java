package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of what the heads write: who reads it, when, and what is written over it. */
final class MemoryUse {
    /** A head attends to a row, for better or worse, from this weight on. */
    static final float ATTENDS = 0.1f;
    /** A head is on a row from this weight on. */
    static final float FOCUSED = 0.4f;
    /** A write that changes the memory by less than this share of the largest change leaves it as it is. */
    private static final double LEAST_CHANGE = 0.05;
    /** A read below this share of the longest vector read is nothing. */
    private static final double LEAST_READ = 0.2;
    /** A row whose vector is at least this share of the largest change holds something. */
    private static final double HOLDS_SOMETHING = 0.25;
    /** A row is written over when this share of it is erased. */
    private static final double ERASED = 0.5;

    private static final int NEVER = -1;
    /** It was written by heads that were on no row in particular. */
    static final int UNCLEAR = -2;

    private final Trace trace;
    private final Signal memory;
    private final int width;
    private final List<HeadSteps> paths;
    private final boolean[] touched;
    /** {@code [steps][rows]}: the step before this one that last wrote the row. */
    private final int[][] lastWritten;
    private int firstWrite = NEVER;

    private MemoryUse(Trace trace) {
        this.trace = trace;
        this.memory = trace.signals().memory().orElseThrow();
        this.width = memory.width();
        this.paths = Head.in(trace).stream().map(HeadSteps::of).toList();
        this.touched = new boolean[trace.rows()];
        this.lastWritten = new int[trace.steps()][trace.rows()];
    }

    static MemoryUse of(Trace trace) {
        MemoryUse use = new MemoryUse(trace);
        use.judgeReads();
        use.judgeWrites();
        use.dateRows();
        return use;
    }

    List<HeadSteps> paths() {
        return paths;
    }

    /** Rows that some head attended to, to read something or to change something. */
    int touchedRows() {
        int count = 0;
        for (boolean row : touched) {
            count += row ? 1 : 0;
        }
        return count;
    }

    /** The step that last wrote the row a head is on at a step; -1 if none did, or {@link #UNCLEAR}. */
    int writtenAt(HeadSteps head, int t) {
        return lastWritten[t][head.row()[t]];
    }

    /** The first step in which something was written, or -1. */
    int firstWrite() {
        return firstWrite;
    }

    /**
     * What is written while there is something to listen to, and how much of it is replaced meanwhile, before any answer could need it.
     *
     * @param end the step after the last that has something to listen to
     * @param reach over how many rows a write head moves before the answer
     */
    Overwriting overwriting(int end, int reach) {
        int written = 0;
        int lost = 0;
        // Rows that are written again after the step that is looked at.
        boolean[] replaced = new boolean[trace.rows()];
        for (int t = end - 1; t >= 0; t--) {
            for (HeadSteps head : paths) {
                if (head.writes() && head.peak()[t] >= FOCUSED && head.effect()[t] != Effect.LEAVES) {
                    written++;
                    lost += replaced[head.row()[t]] ? 1 : 0;
                    replaced[head.row()[t]] = true;
                }
            }
        }
        return new Overwriting(written, lost, reach);
    }

    private void judgeReads() {
        double longest = 0;
        for (HeadSteps head : paths) {
            for (int t = 0; !head.writes() && t < head.steps(); t++) {
                head.size()[t] = passed(head.head(), t);
                longest = Math.max(longest, head.size()[t]);
            }
        }
        for (HeadSteps head : paths) {
            for (int t = 0; !head.writes() && t < head.steps(); t++) {
                double length = head.size()[t];
                head.effect()[t] = length > 0 && length >= LEAST_READ * longest ? Effect.READS : Effect.READS_NOTHING;
            }
        }
    }

    private void judgeWrites() {
        int steps = trace.steps();
        double largest = 0;
        for (HeadSteps head : paths) {
            for (int t = 0; head.writes() && t < steps; t++) {
                head.size()[t] = change(head, t);
                largest = Math.max(largest, head.size()[t]);
            }
        }
        boolean[] readLater = new boolean[trace.rows()];
        for (int t = steps - 1; t >= 0; t--) {
            for (HeadSteps head : paths) {
                if (head.writes()) {
                    head.effect()[t] = effect(head, t, largest, readLater);
                }
            }
            forgetErased(t, readLater);
            for (HeadSteps head : paths) {
                markRead(head, t, readLater);
            }
        }
    }

    private Effect effect(HeadSteps head, int t, double largest, boolean[] readLater) {
        double change = head.size()[t];
        if (change == 0 || change < LEAST_CHANGE * largest) {
            return Effect.LEAVES;
        }
        float[] w = head.head().weighting()[t];
        double useful = 0;
        for (int row = 0; row < w.length; row++) {
            useful += readLater[row] ? w[row] : 0;
            touched[row] |= w[row] >= ATTENDS;
        }
        if (useful >= 0.5) {
            return Effect.WRITES;
        }
        float[] memory = before(t);
        double before = memory == null ? 0 : norm(memory, head.row()[t] * width, width);
        return before >= HOLDS_SOMETHING * largest && change >= ERASED * before ? Effect.OVERWRITES : Effect.WRITES_UNREAD;
    }

    /** What was in a row before it was erased is not what is read later. */
    private void forgetErased(int t, boolean[] readLater) {
        for (HeadSteps head : paths) {
            float[][] erase = head.head().erase();
            if (head.writes() && erase != null && head.peak()[t] * mean(erase[t]) >= ERASED) {
                readLater[head.row()[t]] = false;
            }
        }
    }

    private void markRead(HeadSteps head, int t, boolean[] readLater) {
        float[] w = head.head().weighting()[t];
        for (int row = 0; !head.writes() && head.peak()[t] >= ATTENDS && row < w.length; row++) {
            boolean attends = w[row] >= ATTENDS;
            readLater[row] |= attends;
            touched[row] |= attends && head.effect()[t] == Effect.READS;
        }
    }

    /** The memory before a step, or null when it was not recorded. */
    private float @Nullable [] before(int t) {
        return trace.before(memory, t);
    }

    /** The length of what passes between a head and the memory; where its machine does not show that, its attention stands for it. */
    private static double passed(Head head, int t) {
        return norm(head.vectors() == null ? head.weighting()[t] : head.vectors()[t]);
    }

    /** The length of the change that a write makes, sqrt(sum_i w_i^2 |a - e * m_i|^2) (equations 3 and 4). */
    private double change(HeadSteps head, int t) {
        float[] w = head.head().weighting()[t];
        float[][] adds = head.head().vectors();
        float[][] erase = head.head().erase();
        float[] cells = before(t);
        if (cells == null || adds == null) {
            // What was there is not known: what is added stands for the change.
            return norm(w) * (adds == null ? 1 : norm(adds[t]));
        }
        float[] add = adds[t];
        double sum = 0;
        for (int row = 0; row < w.length; row++) {
            if (w[row] < 0.001f) {
                continue;
            }
            float squares = 0;
            for (int m = 0; m < add.length; m++) {
                float cell = add[m] - (erase == null ? 0 : erase[t][m] * cells[row * width + m]);
                squares += cell * cell;
            }
            sum += (double) w[row] * w[row] * squares;
        }
        return Math.sqrt(sum);
    }

    private void dateRows() {
        int[] written = new int[trace.rows()];
        Arrays.fill(written, NEVER);
        for (int t = 0; t < trace.steps(); t++) {
            System.arraycopy(written, 0, lastWritten[t], 0, written.length);
            for (HeadSteps head : paths) {
                if (!head.writes() || Objects.requireNonNull(head.effect()[t]) == Effect.LEAVES) {
                    continue;
                }
                float[] w = head.head().weighting()[t];
                for (int row = 0; row < w.length; row++) {
                    written[row] = w[row] >= ATTENDS && written[row] == NEVER ? UNCLEAR : written[row];
                }
                if (head.peak()[t] >= FOCUSED) {
                    written[head.row()[t]] = t;
                    firstWrite = firstWrite == NEVER ? t : firstWrite;
                }
            }
        }
    }

    static double norm(float[] vector) {
        return norm(vector, 0, vector.length);
    }

    private static double norm(float[] values, int from, int count) {
        float squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += values[i] * values[i];
        }
        return Math.sqrt(squares);
    }

    static double mean(float[] vector) {
        float sum = 0;
        for (float value : vector) {
            sum += value;
        }
        return sum / vector.length;
    }
}
