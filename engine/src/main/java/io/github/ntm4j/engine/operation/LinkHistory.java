package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which links of a recording stay on its tape. A link is the largest thing that a Differentiable Neural Computer remembers, and the way back
 * needs that of every step. With an interval of k each k-th link has a place of its own, and the others share k - 1 places: on the way
 * back the links of a stretch of k steps are computed again from the one before it, by the same operations from the same numbers, so derivatives
 * are the same to the bit. Room for the links of T steps falls from T to T / k + k.
 *
 * <p>Made once for each recording and each write head, when its initial state is, and handed from step to step.
 */
public final class LinkHistory {
    private final int interval;
    private final List<TemporalLink> steps = new ArrayList<>();
    private final List<Tensor> shared = new ArrayList<>();
    private @Nullable Tensor last;

    /** The last step whose link is there: the shared places hold those of its stretch up to it. */
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

    /** Room for the link that a step leaves. */
    Tensor place(Tape tape, int step, Tensor link) {
        int after = (step + 1) % interval;
        if (after == 0) {
            last = tape.supersede(link);
        } else {
            if (shared.size() < after) {
                shared.add(tape.allocateValues(link.batch(), link.lines(), link.size()));
            }
            last = tape.supersede(link, shared.get(after - 1));
        }
        return last;
    }

    /** Says that a step has computed its link. */
    void computed(int step) {
        newest = step;
    }

    /** Sees to it that the links that a step begins and, if asked for, ends with are there. */
    void require(int step, boolean result) {
        int first = step - step % interval;
        int needed = result && step < first + interval - 1 ? step : step - 1;
        if (newest >= needed && newest < first + interval) {
            return;
        }
        for (int i = first; i <= needed; i++) {
            steps.get(i).updateLink();
        }
    }
}
