package io.github.ntm4j.machines.ntm;

/**
 * What a head does before training: the biases of its addressing. All others are zero.
 *
 * @param strengthBias bias of the key strength
 * @param gateBias bias of the interpolation gate
 * @param shift a shift in rows that is likelier or less likely than the others
 * @param shiftBias the bias of that shift
 */
public record HeadStart(double strengthBias, double gateBias, int shift, double shiftBias) {}
