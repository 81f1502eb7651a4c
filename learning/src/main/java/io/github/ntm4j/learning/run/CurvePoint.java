package io.github.ntm4j.learning.run;

/**
 * One point of a learning curve.
 *
 * @param sequences training sequences seen so far
 * @param bitsPerSequence mean cross-entropy in bits of a sequence; not a number where it was not measured
 * @param bitErrors mean wrong bits of a sequence; not a number where they were not counted
 */
public record CurvePoint(long sequences, double bitsPerSequence, double bitErrors) {}
