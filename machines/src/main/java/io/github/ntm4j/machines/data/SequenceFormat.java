package io.github.ntm4j.machines.data;

import org.jspecify.annotations.Nullable;

/**
 * What the lines of a file must be like. What is not fixed here is fixed by the first line of a file.
 *
 * @param inputForm how inputs are written; null for any
 * @param targetForm how targets are written; null for any
 * @param inputWidth numbers per step of inputs that are vectors; 0 for any
 * @param targetWidth numbers per step of targets that are vectors; 0 for any
 * @param targetRequired whether a sequence without target is an error
 * @param maxLineBytes the longest line that is read
 * @param maxSteps the longest sequence that is read
 * @param reading how the file is read
 */
public record SequenceFormat(
        @Nullable SequenceForm inputForm,
        @Nullable SequenceForm targetForm,
        int inputWidth,
        int targetWidth,
        boolean targetRequired,
        int maxLineBytes,
        int maxSteps,
        Reading reading) {
    private static final int LINE_LIMIT = 64 << 20;
    private static final int STEP_LIMIT = 1_000_000;

    /** Any forms and widths, targets optional, lines up to 64 MiB and 1,000,000 steps. */
    public static final SequenceFormat ANY = new SequenceFormat(null, null, 0, 0, false, LINE_LIMIT, STEP_LIMIT, Reading.DEFAULT);

    /** Checks that no number is negative and both limits are positive. */
    public SequenceFormat {
        if (inputWidth < 0 || targetWidth < 0 || maxLineBytes < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("widths must be 0 or more and limits 1 or more: " + inputWidth + ", " + targetWidth
                    + ", " + maxLineBytes + ", " + maxSteps);
        }
    }

    /**
     * Vectors for a machine.
     *
     * @param inputWidth numbers per step that it takes; 0 for any
     * @param targetWidth numbers per step of targets, where there are any; 0 for any
     * @return the format
     */
    public static SequenceFormat of(int inputWidth, int targetWidth) {
        return new SequenceFormat(SequenceForm.VECTORS, SequenceForm.VECTORS, inputWidth, targetWidth, false, LINE_LIMIT, STEP_LIMIT, Reading.DEFAULT);
    }

    /**
     * What a coding takes.
     *
     * @param coding how sequences become vectors
     * @return the format, targets optional
     */
    public static SequenceFormat of(SequenceCoding coding) {
        return new SequenceFormat(
                coding.input().form(),
                coding.target().form(),
                coding.input() instanceof Coding.Vectors vectors ? vectors.width() : 0,
                coding.target() instanceof Coding.Vectors vectors ? vectors.width() : 0,
                false,
                LINE_LIMIT,
                STEP_LIMIT,
                Reading.DEFAULT);
    }

    /**
     * The same, and every sequence must have a target.
     *
     * @return the stricter format
     */
    public SequenceFormat withTargetRequired() {
        return new SequenceFormat(inputForm, targetForm, inputWidth, targetWidth, true, maxLineBytes, maxSteps, reading);
    }

    /**
     * The same with other limits.
     *
     * @param newMaxLineBytes the longest line that is read
     * @param newMaxSteps the longest sequence that is read
     * @return the other format
     */
    public SequenceFormat withLimits(int newMaxLineBytes, int newMaxSteps) {
        return new SequenceFormat(inputForm, targetForm, inputWidth, targetWidth, targetRequired, newMaxLineBytes, newMaxSteps, reading);
    }

    /**
     * The same, of files that are read in another way.
     *
     * @param newReading how they are read
     * @return the other format
     */
    public SequenceFormat withReading(Reading newReading) {
        return new SequenceFormat(inputForm, targetForm, inputWidth, targetWidth, targetRequired, maxLineBytes, maxSteps, newReading);
    }
}
