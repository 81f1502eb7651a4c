package io.github.ntm4j.lab.picture;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The words of a {@link SequencePicture}.
 *
 * @param task the task and the size of the sequence, such as {@code copy, length 20}
 * @param machine the machine, such as {@code ntm-lstm, memory 128 x 20}
 * @param answerStart the step at which input ends and the answer begins; empty to take it from the trace's mask
 */
public record Caption(String task, String machine, OptionalInt answerStart) {
    /** Checks that nothing is null. */
    public Caption {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(answerStart, "answerStart");
    }

    /**
     * A caption that takes the start of the answer from the trace's mask.
     *
     * @param task what the machine does
     * @param machine what it is
     * @return the caption
     */
    public static Caption of(String task, String machine) {
        return new Caption(task, machine, OptionalInt.empty());
    }

    /**
     * The same with the answer beginning at {@code step}.
     *
     * @param step the first step of the answer, from 0
     * @return a new caption
     */
    public Caption answeringFrom(int step) {
        return new Caption(task, machine, OptionalInt.of(step));
    }
}
