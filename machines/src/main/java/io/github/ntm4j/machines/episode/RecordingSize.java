package io.github.ntm4j.machines.episode;

/** Floats that a machine's arrays take for sequences of some length, found out without taking them. */
public interface RecordingSize {
    /**
     * Values.
     *
     * @param steps of the longest sequence, or of a segment
     * @return floats in all arrays together
     * @throws ArithmeticException if a single step, or a single sequence, is beyond the largest array
     */
    long values(long steps);

    /**
     * Derivatives.
     *
     * @param steps of the longest sequence, or of a segment
     * @return floats in all arrays together, 0 where none are kept
     */
    long gradients(long steps);

    /**
     * The largest array.
     *
     * @param steps of the longest sequence, or of a segment
     * @return floats
     */
    long largest(long steps);

    /**
     * The state between two steps.
     *
     * @return floats; 0 for a machine that reads whole sequences
     */
    long state();

    /**
     * Whether long sequences can be cut into segments, to take less memory.
     *
     * @return false for a machine that reads whole sequences
     */
    boolean segmented();
}
