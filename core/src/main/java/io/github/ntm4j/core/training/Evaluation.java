package io.github.ntm4j.core.training;

import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;

/**
 * How well a machine does on fresh sequences of one size.
 *
 * @param at the size
 * @param sequences how many there were
 * @param bitsPerSequence cross-entropy of all target bits of a sequence in bits, averaged over the sequences
 * @param bitErrorsPerSequence wrong bits of a sequence after rounding, averaged over the sequences
 * @param exactSequences how many sequences had no wrong bit
 * @param optimumBitsPerSequence the {@linkplain Task#optimum best that can be expected} on the same sequences
 * @param excessBitsError standard error of {@link #excessBits}
 * @param bitErrorsError standard error of the bit errors per sequence
 */
public record Evaluation(
        Size at,
        int sequences,
        double bitsPerSequence,
        double bitErrorsPerSequence,
        int exactSequences,
        double optimumBitsPerSequence,
        double excessBitsError,
        double bitErrorsError) {
    /**
     * Bits per sequence above the optimum, sequence by sequence, so that easy and hard sequences do not blur it.
     *
     * @return the difference of the averages
     */
    public double excessBits() {
        return bitsPerSequence - optimumBitsPerSequence;
    }
}
