package io.github.ntm4j.machines.data;

import io.github.ntm4j.engine.border.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of sequences as it stands there; {@link SequenceCoding} makes vectors of it.
 *
 * @param input what a machine is to see
 * @param target what it is to say, or null
 * @param mask {@code [steps]}, how much each step counts, from 0 to 1; or null when all count alike
 * @param line the line it came from, counted from 1
 */
public record SequenceLine(SequenceSide input, @Nullable SequenceSide target, float @Nullable [] mask, long line) {
    private static final int OBJECT = 64;

    /** Checks that there is an input. */
    public SequenceLine {
        Arguments.given("input", input);
    }

    /**
     * A sequence in memory, all of whose target counts.
     *
     * @param input what a machine is to see
     * @param target what it is to say
     * @return the line
     */
    public static SequenceLine of(SequenceSide input, SequenceSide target) {
        return new SequenceLine(input, target, null, 0);
    }

    /**
     * A question.
     *
     * @param input what a machine is to see
     * @return the line
     */
    public static SequenceLine of(SequenceSide input) {
        return new SequenceLine(input, null, null, 0);
    }

    /**
     * What is asked of a machine.
     *
     * @return the input alone, of the same line
     */
    public SequenceLine question() {
        return new SequenceLine(input, null, null, line);
    }

    /** About as many bytes as it takes in memory. */
    long bytes() {
        SequenceSide wanted = target;
        return 2L * OBJECT + input.bytes() + (wanted == null ? 0 : OBJECT + wanted.bytes()) + (mask == null ? 0 : 4L * mask.length);
    }

    /**
     * The same under another number.
     *
     * @param number the number of its line, from 1
     * @return another record of the same arrays
     */
    public SequenceLine at(long number) {
        return new SequenceLine(input, target, mask, number);
    }
}
