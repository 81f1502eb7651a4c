package io.github.ntm4j.learning.training;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * How well a machine does on sequences that training never saw. Costs are in the {@linkplain Objective#unit unit of the objective}: what is
 * called bits here are squared errors where the targets are real numbers, and a bit error is a wrong symbol where they are symbols.
 *
 * @param at their size
 * @param sequences how many there were
 * @param bitsPerSequence cost of all targets of a sequence, cross-entropy in bits or squared error, averaged over the sequences
 * @param bitErrorsPerSequence wrong bits of a sequence after rounding, or wrong symbols, averaged over the sequences
 * @param exactSequences how many sequences had nothing wrong
 * @param optimumBitsPerSequence the {@linkplain Task#optimum best that can be expected} on the same sequences
 * @param excessBitsError standard error of {@link #excessBits}
 * @param bitErrorsError standard error of the bit errors per sequence
 * @param decisionsPerSequence target bits, symbols or numbers that count in a sequence, averaged over the sequences; NaN if unknown
 * @param objective what the targets are
 */
public record Evaluation(
        Size at,
        int sequences,
        double bitsPerSequence,
        double bitErrorsPerSequence,
        int exactSequences,
        double optimumBitsPerSequence,
        double excessBitsError,
        double bitErrorsError,
        double decisionsPerSequence,
        Objective objective) {
    /**
     * An evaluation of bits that does not say how many there were.
     *
     * @param at the size of the sequences
     * @param sequences how many there were
     * @param bitsPerSequence cross-entropy in bits
     * @param bitErrorsPerSequence wrong bits
     * @param exactSequences how many sequences had no wrong bit
     * @param optimumBitsPerSequence the best that can be expected
     * @param excessBitsError standard error of the bits above it
     * @param bitErrorsError standard error of the wrong bits
     */
    public Evaluation(
            Size at,
            int sequences,
            double bitsPerSequence,
            double bitErrorsPerSequence,
            int exactSequences,
            double optimumBitsPerSequence,
            double excessBitsError,
            double bitErrorsError) {
        this(
                at,
                sequences,
                bitsPerSequence,
                bitErrorsPerSequence,
                exactSequences,
                optimumBitsPerSequence,
                excessBitsError,
                bitErrorsError,
                Double.NaN,
                Objective.BITS);
    }

    /**
     * Averages over sequences.
     *
     * @param at their size
     * @param objective what the targets are
     * @param scores how well the machine did on each, at least one
     * @return the averages
     */
    static Evaluation of(Size at, Objective objective, List<Scorer.Score> scores) {
        int count = scores.size();
        double[] excess = new double[count];
        double[] wrong = new double[count];
        double loss = 0;
        double optimum = 0;
        long errors = 0;
        long counted = 0;
        int exact = 0;
        for (int i = 0; i < count; i++) {
            Scorer.Score score = scores.get(i);
            loss += score.loss();
            optimum += score.optimum();
            errors += score.wrong();
            counted += score.counted();
            exact += score.wrong() == 0 ? 1 : 0;
            excess[i] = score.loss() - score.optimum();
            wrong[i] = score.wrong();
        }
        double units = objective.unitsPerLoss();
        return new Evaluation(
                at,
                count,
                loss * units / count,
                (double) errors / count,
                exact,
                optimum * units / count,
                standardError(excess) * units,
                standardError(wrong),
                (double) counted / count,
                objective);
    }

    /** Of the mean; 0 for a single number. */
    private static double standardError(double[] x) {
        double mean = Arrays.stream(x).sum() / x.length;
        double squares = 0;
        for (double value : x) {
            squares += (value - mean) * (value - mean);
        }
        return x.length == 1 ? 0 : Math.sqrt(squares / (x.length - 1) / x.length);
    }

    /**
     * Bits per sequence above the optimum, sequence by sequence, so that easy and hard sequences do not blur it.
     *
     * @return the difference of the averages
     */
    public double excessBits() {
        return bitsPerSequence - optimumBitsPerSequence;
    }

    /**
     * Root of the mean squared error of a number, where the targets are numbers.
     *
     * @return in the unit of the targets
     */
    public double rootMeanSquare() {
        return Math.sqrt(bitsPerSequence / decisionsPerSequence);
    }
}
