package io.github.ntm4j.learning.run;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The learning curve of one run. Points are in the order of their sequences.
 *
 * @param label a short name, such as {@code seed 3}
 * @param training what training reported on the sequences it learned from
 * @param evaluation what evaluations found on fresh sequences
 * @param signals learning rate and gradient norm, or none
 * @param solvedAt how many sequences it took to solve the task; empty when it did not
 * @param relapses the evaluations in which a task once learned was lost again
 * @param plateaus where the run stood still
 */
public record Curve(
        String label,
        List<CurvePoint> training,
        List<CurvePoint> evaluation,
        List<SignalPoint> signals,
        OptionalLong solvedAt,
        List<CurvePoint> relapses,
        List<Stretch> plateaus) {
    /**
     * A stretch of a training.
     *
     * @param from sequences seen when it began
     * @param to sequences seen when it ended
     */
    public record Stretch(long from, long to) {}

    /** Copies the lists. */
    public Curve {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(solvedAt, "solvedAt");
        training = List.copyOf(training);
        evaluation = List.copyOf(evaluation);
        signals = List.copyOf(signals);
        relapses = List.copyOf(relapses);
        plateaus = List.copyOf(plateaus);
    }

    /**
     * How far the curve goes.
     *
     * @return the sequences of the last point
     */
    public long length() {
        long length = solvedAt.orElse(0);
        length = training.isEmpty() ? length : Math.max(length, training.getLast().sequences());
        return evaluation.isEmpty() ? length : Math.max(length, evaluation.getLast().sequences());
    }
}
