package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.training.Relapses;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * What came of the runs of one combination of settings.
 *
 * @param combination the settings
 * @param runs how many runs have ended
 * @param solved how many of them solved the task
 * @param diverged how many diverged
 * @param relapsed how many lost again what they had learned, in an evaluation or more; empty where older versions did not record it
 * @param sequencesToSolved how long it took those that solved it, in sequences; not numbers where none did
 * @param seconds median seconds of training
 * @param bitsPerSequence median of the final machines
 * @param excessBits median of the final machines' bits per sequence above the optimum
 * @param bitErrorsPerSequence median of the final machines
 */
public record CombinationSummary(
        Combination combination,
        int runs,
        int solved,
        int diverged,
        OptionalInt relapsed,
        Spread sequencesToSolved,
        double seconds,
        double bitsPerSequence,
        double excessBits,
        double bitErrorsPerSequence) {
    /**
     * Some numbers in three.
     *
     * @param median the middle one, or the mean of the middle two
     * @param min the smallest
     * @param max the largest
     */
    public record Spread(double median, double min, double max) {
        /**
         * Of numbers in any order; one that is not a number counts as larger than all others.
         *
         * @param numbers the numbers
         * @return the three, which are not numbers where there are none
         */
        public static Spread of(double[] numbers) {
            double[] sorted = numbers.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            return n == 0
                    ? new Spread(Double.NaN, Double.NaN, Double.NaN)
                    : new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
        }
    }

    /**
     * Sums up a sweep.
     *
     * @param plan its plan
     * @param results the runs that have ended, in any order
     * @return a summary of each combination that has one of them, in the order of the plan
     */
    public static List<CombinationSummary> of(SweepPlan plan, List<RunResult> results) {
        return plan.combinations().stream()
                .map(combination -> of(
                        combination,
                        results.stream().filter(result -> result.run().combination().number() == combination.number()).toList()))
                .filter(summary -> summary.runs > 0)
                .toList();
    }

    private static CombinationSummary of(Combination combination, List<RunResult> results) {
        List<RunResult> solved = results.stream().filter(RunResult::solved).toList();
        return new CombinationSummary(
                combination,
                results.size(),
                solved.size(),
                (int) results.stream().filter(RunResult::diverged).count(),
                relapsed(results),
                spread(solved, result -> (double) result.solvedAfter().orElseThrow()),
                spread(results, RunResult::seconds).median(),
                spread(results, RunResult::bitsPerSequence).median(),
                spread(results, RunResult::excessBits).median(),
                spread(results, RunResult::bitErrorsPerSequence).median());
    }

    private static OptionalInt relapsed(List<RunResult> results) {
        List<Relapses> recorded = results.stream().flatMap(result -> result.relapses().stream()).toList();
        return recorded.size() < results.size()
                ? OptionalInt.empty()
                : OptionalInt.of((int) recorded.stream().filter(relapses -> relapses.relapsed() > 0).count());
    }

    private static Spread spread(List<RunResult> results, ToDoubleFunction<RunResult> value) {
        return Spread.of(results.stream().mapToDouble(value).toArray());
    }
}
