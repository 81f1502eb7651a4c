package io.github.ntm4j.lab.tensorboard;

/**
 * A point of a curve.
 *
 * @param wallTime when it was written, in seconds since 1970
 * @param step its place on the curve, such as the number of sequences trained
 * @param tag the curve's name, such as {@code train/bits_per_sequence}
 * @param value may be NaN or infinite
 */
public record Scalar(double wallTime, long step, String tag, float value) {}
