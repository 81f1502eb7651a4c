package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;

/** Which steps of a sequence count, in the loss and in the errors. */
public enum CountedSteps {
    /** Those in which the machine answers. */
    ANSWERS,
    /** Every step: while the machine reads, and wherever else nothing is asked, its answer is to be zero. */
    ALL;

    /** Makes the steps of a sequence count whose answers are set. */
    void mark(Sequence sequence) {
        if (this == ALL) {
            Arrays.fill(sequence.mask(), 0, sequence.steps(), 1f);
        }
    }
}
