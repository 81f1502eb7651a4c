package io.github.ntm4j.core.explanation;

import io.github.ntm4j.core.trace.Trace;
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
        if (trace.heads().isEmpty()) {
            return new Explanation(Programme.withoutMemory(), List.of(HealthCheck.undecided(trace)), Overwriting.NONE);
        }
        int answer = trace.answerStart().orElse(0);
        MemoryUse use = MemoryUse.of(trace);
        List<HeadPath> paths = use.paths().stream().map(steps -> HeadPath.of(steps, answer)).toList();
        HealthCheck check = new HealthCheck(trace, use, paths);
        return new Explanation(
                new ProgrammeWriter(trace, use, paths).write(), check.findings(), use.overwriting(ProgrammeWriter.listeningEnd(trace), check.reachWhileListening()));
    }
}
