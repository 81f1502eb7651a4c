package io.github.ntm4j.core.data;

/**
 * What the sequences of a file must be like.
 *
 * @param inputWidth numbers per step of every input; 0 for any, as long as all sequences of the file have the same
 * @param targetWidth numbers per step of every target; 0 for any, as long as all sequences of the file have the same
 * @param targetRequired whether a sequence without target is an error
 * @param maxLineBytes the longest line that is read
 * @param maxSteps the longest sequence that is read
 */
public record SequenceFormat(int inputWidth, int targetWidth, boolean targetRequired, int maxLineBytes, int maxSteps) {
    private static final int LINE_LIMIT = 64 << 20;
    private static final int STEP_LIMIT = 1_000_000;

    /** Any widths, targets optional, lines up to 64 MiB and 1,000,000 steps. */
    public static final SequenceFormat ANY = new SequenceFormat(0, 0, false, LINE_LIMIT, STEP_LIMIT);

    /** Checks that no number is negative and both limits are positive. */
    public SequenceFormat {
        if (inputWidth < 0 || targetWidth < 0 || maxLineBytes < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("widths must be 0 or more and limits 1 or more: " + inputWidth + ", " + targetWidth
                    + ", " + maxLineBytes + ", " + maxSteps);
        }
    }

    /**
     * Inputs for a machine that takes {@code inputWidth} numbers; targets, where there are any, of {@code targetWidth}.
     *
     * @param inputWidth numbers in an input vector
     * @param targetWidth numbers in a target vector
     * @return the format
     */
    public static SequenceFormat of(int inputWidth, int targetWidth) {
        return new SequenceFormat(inputWidth, targetWidth, false, LINE_LIMIT, STEP_LIMIT);
    }

    /**
     * The same, and every sequence must have a target.
     *
     * @return a new format
     */
    public SequenceFormat withTargetRequired() {
        return new SequenceFormat(inputWidth, targetWidth, true, maxLineBytes, maxSteps);
    }

    /**
     * The same with other limits.
     *
     * @param newMaxLineBytes bytes in a line at most
     * @param newMaxSteps steps in a sequence at most
     * @return a new format
     */
    public SequenceFormat withLimits(int newMaxLineBytes, int newMaxSteps) {
        return new SequenceFormat(inputWidth, targetWidth, targetRequired, newMaxLineBytes, newMaxSteps);
    }
}
