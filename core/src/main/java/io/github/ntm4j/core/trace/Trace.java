package io.github.ntm4j.core.trace;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a machine did on one sequence. The arrays are kept, not copied: the owner must not change them afterwards. Steps, rows
 * and channels are counted from 0.
 *
 * @param steps the number of time steps T, at least 1
 * @param input {@code [steps][inputs]}, what the machine saw
 * @param output {@code [steps][outputs]}, its answer as probabilities
 * @param target {@code [steps][outputs]}, the right answer, or null when nobody knows it
 * @param mask {@code [steps]}, 1 where the answer counts and 0 elsewhere; null when every step counts
 * @param heads all heads; none for a machine without memory
 * @param memory {@code [steps][rows][width]}, the memory after each step, or null when it was not recorded
 * @param initialMemory {@code [rows][width]}, the memory before the first step, or null when it was not recorded
 * @param rows the number of memory rows N, 0 for a machine without memory
 * @param width the width of a memory row M, 0 for a machine without memory
 */
public record Trace(
        int steps,
        float[][] input,
        float[][] output,
        float @Nullable [][] target,
        float @Nullable [] mask,
        List<HeadTrace> heads,
        float @Nullable [][][] memory,
        float @Nullable [][] initialMemory,
        int rows,
        int width) {

    /** Probabilities this close to 0 or 1 are taken as this close when counted in bits: the resolution of a float near 1. */
    private static final double CLIP = 0x1p-24;

    /** Checks that all arrays and all heads agree on steps, rows and width. */
    public Trace {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: expected at least 1, found " + steps);
        }
        heads = List.copyOf(heads);
        Shape.check("input", input, steps, Shape.columns("input", input));
        Shape.check("output", output, steps, Shape.columns("output", output));
        if (target != null) {
            Shape.check("target", target, steps, output[0].length);
        }
        if (mask != null) {
            Shape.check("mask", mask, steps);
        }
        for (HeadTrace head : heads) {
            Shape.check(head.name() + " weighting", head.weighting(), steps, rows);
            Shape.check(head.name() + " key", head.key(), steps, width);
        }
        if (memory != null) {
            if (memory.length != steps) {
                throw new IllegalArgumentException("memory: expected " + steps + " steps, found " + memory.length);
            }
            for (float[][] rowsOfStep : memory) {
                Shape.check("memory", rowsOfStep, rows, width);
            }
        }
        if (initialMemory != null) {
            Shape.check("initial memory", initialMemory, rows, width);
        }
    }

    /**
     * The number of input channels.
     *
     * @return the number
     */
    public int inputs() {
        return input[0].length;
    }

    /**
     * The number of output channels.
     *
     * @return the number
     */
    public int outputs() {
        return output[0].length;
    }

    /**
     * The heads of one kind, in their order.
     *
     * @param kind which heads
     * @return the heads
     */
    public List<HeadTrace> heads(HeadTrace.Kind kind) {
        return heads.stream().filter(head -> head.kind() == kind).toList();
    }

    /**
     * Whether the answer at {@code step} counts.
     *
     * @param step the step, from 0
     * @return whether it counts
     */
    public boolean counts(int step) {
        return mask == null || mask[step] > 0;
    }

    /**
     * The first step whose answer counts, when the machine first has to listen for a while; empty otherwise.
     *
     * @return the step, from 0
     */
    public OptionalInt answerStart() {
        for (int step = 0; step < steps; step++) {
            if (counts(step)) {
                return step == 0 ? OptionalInt.empty() : OptionalInt.of(step);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The number of output bits that count: counted steps times output channels.
     *
     * @return the number
     */
    public int countedBits() {
        int counted = 0;
        for (int step = 0; step < steps; step++) {
            counted += counts(step) ? outputs() : 0;
        }
        return counted;
    }

    /**
     * How many counted bits are wrong when outputs are rounded at 0.5; 0 without a target.
     *
     * @return the number
     */
    public int bitErrors() {
        int wrong = 0;
        for (int step = 0; target != null && step < steps; step++) {
            for (int i = 0; counts(step) && i < outputs(); i++) {
                // Written so that an output that is not a number is wrong.
                boolean right = target[step][i] >= 0.5f ? output[step][i] >= 0.5f : output[step][i] < 0.5f;
                wrong += right ? 0 : 1;
            }
        }
        return wrong;
    }

    /**
     * The cross-entropy in bits summed over the counted bits, {@code -sum t log2(y) + (1 - t) log2(1 - y)}; 0 without a target.
     * Outputs are clipped to [2^-24, 1 - 2^-24], so a single bit costs at most 24.
     *
     * @return the sum
     */
    public double bits() {
        double bits = 0;
        for (int step = 0; target != null && step < steps; step++) {
            for (int i = 0; counts(step) && i < outputs(); i++) {
                double probability = Math.clamp((double) output[step][i], CLIP, 1 - CLIP);
                double wanted = target[step][i];
                bits -= wanted * StrictMath.log(probability) + (1 - wanted) * StrictMath.log(1 - probability);
            }
        }
        return bits / StrictMath.log(2);
    }
}
