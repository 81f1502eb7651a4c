package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of one run.
 *
 * @param run which one
 * @param outcome why it ended
 * @param solvedAfter sequences after which the task was solved; empty if it was not, or if the run diverged
 * @param sequences sequences of training in all
 * @param seconds seconds of training
 * @param bitsPerSequence what the final machine needs for a fresh sequence of the largest training size
 * @param excessBits how much of it is above the optimum; not a number where an older version did not record it
 * @param bitErrorsPerSequence its wrong bits there
 * @param plateau whether the training ended on a plateau
 * @param relapses how often the training lost again what it had learned; empty where an older version did not record it
 * @param weightsSha256 the hash of its parameters
 */
public record RunResult(
        PlannedRun run,
        Outcome outcome,
        OptionalLong solvedAfter,
        long sequences,
        double seconds,
        double bitsPerSequence,
        double excessBits,
        double bitErrorsPerSequence,
        boolean plateau,
        Optional<Relapses> relapses,
        String weightsSha256) {
    /**
     * Whether the task was solved.
     *
     * @return true if it was
     */
    public boolean solved() {
        return solvedAfter.isPresent();
    }

    /**
     * Whether the training diverged.
     *
     * @return true if it did
     */
    public boolean diverged() {
        return outcome == Outcome.DIVERGED;
    }
}
