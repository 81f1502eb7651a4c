package io.github.ntm4j.machines.data;

import org.jspecify.annotations.Nullable;

/**
 * One sequence: what a machine sees at each step and, for training or scoring, what it should say. The arrays are not
 * copied, and two sequences are equal only when their arrays are the same ones.
 *
 * @param input {@code [steps][inputWidth]}, one step after the other
 * @param steps the number of steps, at least 1
 * @param inputWidth numbers per step of the input, at least 1
 * @param target {@code [steps][targetWidth]}, or null
 * @param targetWidth numbers per step of the target; 0 without target
 * @param mask {@code [steps]}, how much each step counts, from 0 to 1; or null when all count alike
 * @param line the line it came from, counted from 1; 0 if from no file
 */
public record SequenceData(
        float[] input,
        int steps,
        int inputWidth,
        float @Nullable [] target,
        int targetWidth,
        float @Nullable [] mask,
        long line) {
    /** Checks that the arrays have the lengths that the numbers say. */
    public SequenceData {
        if (steps < 1 || inputWidth < 1) {
            throw new IllegalArgumentException("a sequence of " + steps + " steps of " + inputWidth + " numbers; expected at least 1");
        }
        requireLength("input", input.length, (long) steps * inputWidth);
        if (target == null ? targetWidth != 0 : targetWidth < 1) {
            throw new IllegalArgumentException("target width " + targetWidth + (target == null ? " without" : " with") + " a target");
        }
        if (target != null) {
            requireLength("target", target.length, (long) steps * targetWidth);
        }
        if (mask != null) {
            requireLength("mask", mask.length, steps);
        }
    }

    private static void requireLength(String what, int actual, long expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(what + " has " + actual + " numbers; expected " + expected);
        }
    }
}
