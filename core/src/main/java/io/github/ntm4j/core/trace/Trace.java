package io.github.ntm4j.core.trace;

import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.engine.border.Arguments;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a machine did on one sequence. The arrays are kept, not copied: the owner must not change them afterwards. Steps, rows
 * and channels are counted from 0.
 *
 * @param steps the number of time steps T, at least 1
 * @param objective what its outputs stand for
 * @param input {@code [steps][inputs]}, what the machine saw
 * @param output {@code [steps][outputs]}, its answer: probabilities, or real numbers
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
        Objective objective,
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

    /**
     * What a machine did whose outputs are bits.
     *
     * @param steps the number of time steps T, at least 1
     * @param input {@code [steps][inputs]}
     * @param output {@code [steps][outputs]}, its answer as probabilities
     * @param target {@code [steps][outputs]}, or null when nobody knows it
     * @param mask {@code [steps]}, or null when every step counts
     * @param heads all heads
     * @param memory {@code [steps][rows][width]}, or null when it was not recorded
     * @param initialMemory {@code [rows][width]}, or null when it was not recorded
     * @param rows the number of memory rows N
     * @param width the width of a memory row M
     */
    public Trace(
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
        this(steps, Objective.BITS, input, output, target, mask, heads, memory, initialMemory, rows, width);
    }

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
        Arguments.index("step", step, steps);
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
     * The number of output bits, symbols or numbers that count.
     *
     * @return the number
     */
    public int countedBits() {
        int counted = 0;
        for (int step = 0; step < steps; step++) {
            counted += counts(step) ? objective.decisions(outputs()) : 0;
        }
        return counted;
    }

    /**
     * How many counted bits are wrong when outputs are rounded at 0.5, or how many symbols; 0 without a target or for real numbers.
     *
     * @return the number
     */
    public int bitErrors() {
        int wrong = 0;
        for (int step = 0; target != null && step < steps; step++) {
            wrong += counts(step) ? wrong(output[step], target[step]) : 0;
        }
        return wrong;
    }

    private int wrong(float[] said, float[] wanted) {
        return switch (objective) {
            case BITS -> {
                int wrong = 0;
                for (int i = 0; i < said.length; i++) {
                    // Written so that an output that is not a number is wrong.
                    boolean right = wanted[i] >= 0.5f ? said[i] >= 0.5f : said[i] < 0.5f;
                    wrong += right ? 0 : 1;
                }
                yield wrong;
            }
            case SYMBOLS, REALS -> objective.errors(said, 0, wanted, 0, said.length);
        };
    }

    /**
     * The cross-entropy in bits summed over what counts, {@code -sum t log2(y) + (1 - t) log2(1 - y)} for bits and {@code -sum t log2(y)} for
     * symbols, or the squared error; 0 without a target. Probabilities are clipped to [2^-24, 1 - 2^-24], so a single bit costs at most 24.
     *
     * @return the sum
     */
    public double bits() {
        double cost = 0;
        for (int step = 0; target != null && step < steps; step++) {
            cost += counts(step) ? cost(output[step], target[step]) : 0;
        }
        return objective == Objective.REALS ? cost : cost / StrictMath.log(2);
    }

    private double cost(float[] said, float[] wanted) {
        double cost = 0;
        for (int i = 0; i < said.length; i++) {
            double probability = Math.clamp((double) said[i], CLIP, 1 - CLIP);
            cost += switch (objective) {
                case BITS -> -(wanted[i] * StrictMath.log(probability) + (1 - (double) wanted[i]) * StrictMath.log(1 - probability));
                case SYMBOLS -> -wanted[i] * StrictMath.log(probability);
                case REALS -> ((double) said[i] - wanted[i]) * ((double) said[i] - wanted[i]);
            };
        }
        return cost;
    }
}
