package io.github.ntm4j.core.training;

import io.github.ntm4j.core.task.Size;

/**
 * How well a machine does on fresh sequences of one size.
 *
 * @param at the size
 * @param sequences how many there were
 * @param bitsPerSequence cross-entropy of all target bits of a sequence in bits, averaged over the sequences
 * @param bitErrorsPerSequence wrong bits of a sequence after rounding, averaged over the sequences
 * @param exactSequences how many sequences had no wrong bit
 */
public record Evaluation(Size at, int sequences, double bitsPerSequence, double bitErrorsPerSequence, int exactSequences) {}
