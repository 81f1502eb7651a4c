package io.github.ntm4j.learning.run;

/**
 * How training was going at one point; shown in panels of their own below the curve.
 *
 * @param sequences training sequences seen so far
 * @param learningRate the step size; not a number where unknown
 * @param gradientNorm the Euclidean norm of the gradient before clipping; not a number where unknown
 */
public record SignalPoint(long sequences, double learningRate, double gradientNorm) {}
