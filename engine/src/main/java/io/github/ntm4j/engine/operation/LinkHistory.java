package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which links of a recording stay on its tape. A link is the largest thing that a Differentiable Neural Computer remembers, and the way back
 * needs that of every step. With an interval of k each k-th link has a place of its own. On the way forwards those between have one
 * place in turn, which stays in the cache; on the way back the links of a stretch of k steps are computed again from the one before it, side by side in
 * k - 1 places, by the same operations from the same numbers, so derivatives are the same to the bit. Room for the links of T steps falls from T to T / k + k.
 *
 * <p>Made once for each recording and each write head, when its initial state is, and handed from step to step.
 */
public final class LinkHistory {
    /** The interval that takes least time where links are large. */
    public static final int INTERVAL_OF_LARGE = 4;

    /** From so many rows on it takes longer to fetch links from memory than to compute them again. */
    private static final int MANY_ROWS = 256;

    private final int interval;
    private final List<TemporalLink> steps = new ArrayList<>();
    private final List<Tensor> shared = new ArrayList<>();
    private @Nullable Tensor last;

    /** The step whose link is in the first shared place because it was the last on the way forwards; -1 if none is. */
    private int running = -1;

    /** The last step of a stretch that is computed again: the shared places hold the links of its stretch up to it; -1 if they don't. */
    private int newest = -1;

    /**
     * An empty history.
     *
     * @param interval each so manieth link is kept, 1 for all
     * @throws IllegalArgumentException if the interval is below 1
     */
    public LinkHistory(int interval) {
        this.interval = Arguments.atLeast("link interval", 1, interval);
    }

    /**
     * The history of links of some rows: with the interval that is asked for, or, if that is 1, with the one that takes least time.
     *
     * @param interval each so manieth link is kept at least
     * @param rows rows of the memory
     * @return an empty history
     * @throws IllegalArgumentException if the interval is below 1
     */
    public static LinkHistory of(int interval, int rows) {
        return new LinkHistory(interval == 1 && rows >= MANY_ROWS ? INTERVAL_OF_LARGE : interval);
    }

    /**
     * The number of the step that is being recorded.
     *
     * @throws IllegalArgumentException if it does not begin with the link that the step before left
     */
    int next(Tensor link) {
        if (last != null && last != link) {
            throw new IllegalArgumentException("link: expected the one that the last step of its history left, got another");
        }
        return steps.size();
    }

    void add(TemporalLink step) {
        steps.add(step);
    }

    /** Room for the link that a step leaves on the way forwards: a place of its own, or the one that all links in between have in turn. */
    Tensor place(Tape tape, int step, Tensor link) {
        int after = (step + 1) % interval;
        if (after == 0) {
            last = tape.supersede(link);
        } else {
            if (shared.size() < after) {
                shared.add(tape.allocateValues(link.batch(), link.lines(), link.size()));
            }
            last = tape.supersede(link, shared.getFirst());
        }
        return last;
    }

    /** Where the link that a step leaves is on the way back. */
    Tensor place(int step, Tensor link) {
        int after = (step + 1) % interval;
        return after == 0 ? link : shared.get(after - 1);
    }

    /** Where the link that a step begins with is on the way back. */
    Tensor placeBefore(int step, Tensor before) {
        return step % interval == 0 ? before : shared.get(step % interval - 1);
    }

    /** Sees to it that the link that a step begins with is there on the way forwards. */
    void requireForward(int step, float[] values) {
        forget(values);
        int first = step - step % interval;
        if (step > first && running != step - 1) {
            for (int i = first; i < step; i++) {
                steps.get(i).runLink();
            }
        }
        running = step;
    }

    /** Clears what the last way back has left, so that a replay leaves what a first run does. */
    private void forget(float[] values) {
        if (newest < 0) {
            return;
        }
        for (int i = 1; i < shared.size(); i++) {
            Tensor place = shared.get(i);
            int from = place.at(0, 0);
            Arrays.fill(values, from, from + place.batch() * place.batchStride(), 0f);
        }
        newest = -1;
    }

    /** Sees to it that the link that a step begins with is there on the way back. */
    void requireBackward(int step) {
        int first = step - step % interval;
        int needed = step - 1;
        boolean there = newest >= needed && newest < first + interval;
        if (needed < first || there) {
            return;
        }
        for (int i = first; i <= needed; i++) {
            steps.get(i).updateLink();
        }
        running = -1;
        newest = needed;
    }
}
