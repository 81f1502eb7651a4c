package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.trace.Trace;
import java.util.List;

/**
 * A trace explained. It is derived from what the heads did and nothing else: no task is known here.
 *
 * @param programme what the heads do, in words
 * @param health what is good and what is odd about it
 * @param overwriting what is written over before an answer could need it
 */
public record Explanation(Programme programme, List<Finding> health, Overwriting overwriting) {
    /** Copies the list. */
    public Explanation {
        health = List.copyOf(health);
    }

    /**
     * Explains a trace. It takes about a millisecond for 120 steps of a memory of 128 rows.
     *
     * @param trace what a machine did
     * @return the same in words
     */
    public static Explanation of(Trace trace) {
        return Explainer.ALL.stream().filter(explainer -> explainer.fits(trace)).findFirst().orElseThrow().explain(trace);
    }
}
