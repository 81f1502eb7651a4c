package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Objective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A line of {@code metrics.jsonl}. Figures that the line does not have, or that were not finite, are NaN; counts are 0. */
public sealed interface MetricsLine {
    /**
     * How far the training had come.
     *
     * @return sequences seen
     */
    long sequences();

    /**
     * How long it had taken, from its start.
     *
     * @return seconds of training
     */
    double seconds();

    /**
     * A stretch of training, see {@link TrainingEvent.Reported}.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param bitsPerSequence average over the stretch
     * @param bitErrorsPerSequence average over the stretch
     * @param learningRate rate of its last update
     * @param gradientNorm average norm of the gradient before clipping
     * @param clipped share of the updates whose gradient was cut
     * @param skipped updates left out since the beginning
     */
    record Train(
            long sequences,
            double seconds,
            double bitsPerSequence,
            double bitErrorsPerSequence,
            double learningRate,
            double gradientNorm,
            double clipped,
            long skipped)
            implements MetricsLine {}

    /**
     * An evaluation on fresh sequences.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param at their size
     * @param bitsPerSequence average
     * @param bitErrorsPerSequence average
     * @param optimumBitsPerSequence what the best machine would cost; 0 for most tasks
     * @param exactSequences how many had no wrong bit
     * @param evaluatedSequences how many there were
     */
    record Evaluation(
            long sequences,
            double seconds,
            Size at,
            double bitsPerSequence,
            double bitErrorsPerSequence,
            double optimumBitsPerSequence,
            long exactSequences,
            long evaluatedSequences)
            implements MetricsLine {
        /**
         * What it cost above the optimum.
         *
         * @return bits per sequence
         */
        public double excessBits() {
            return bitsPerSequence - optimumBitsPerSequence;
        }
    }

    /**
     * An update was left out.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param reason what was not finite
     */
    record Skipped(long sequences, double seconds, String reason) implements MetricsLine {}

    /**
     * The training went back to its last good state.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param good sequences seen by that state
     * @param rateFactor what is left of the learning rate
     */
    record RolledBack(long sequences, double seconds, long good, double rateFactor) implements MetricsLine {}

    /**
     * The task is solved.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     */
    record Solved(long sequences, double seconds) implements MetricsLine {}

    /**
     * An evaluation does not meet the criterion that one before it had met.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param excessBits bits per sequence above the optimum
     * @param bitErrorsPerSequence bit errors
     * @param inARow how many such evaluations in a row
     */
    record Relapse(long sequences, double seconds, double excessBits, double bitErrorsPerSequence, long inARow) implements MetricsLine {}

    /**
     * The training stands still.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param since sequences seen by the last step forward
     * @param lowestMean running mean of the bits per sequence above the optimum then
     * @param excessBits bits per sequence above the optimum now
     */
    record Plateau(long sequences, double seconds, long since, double lowestMean, double excessBits) implements MetricsLine {}

    /**
     * The training stands still no longer.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param since sequences seen by the last step forward before the plateau
     * @param excessBits bits per sequence above the optimum now
     */
    record PlateauLeft(long sequences, double seconds, long since, double excessBits) implements MetricsLine {}

    /**
     * The training ended.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param outcome why; empty if the word is not known
     */
    record Finished(long sequences, double seconds, Optional<TrainingEvent.Outcome> outcome) implements MetricsLine {}

    /**
     * A line of a kind that this version does not know.
     *
     * @param sequences sequences seen
     * @param seconds seconds of training
     * @param kind its kind
     */
    record Other(long sequences, double seconds, String kind) implements MetricsLine {}

    /**
     * A line from what stands in it.
     *
     * @param line the JSON object
     * @return the line
     * @throws ClassCastException if it has no sequences
     */
    static MetricsLine of(Map<String, @Nullable Object> line) {
        if (!(line.get(Metrics.SEQUENCES) instanceof Number seen)) {
            throw new ClassCastException(Metrics.SEQUENCES);
        }
        long sequences = seen.longValue();
        double seconds = number(line, Metrics.SECONDS, 0);
        double bits = first(line, Objective::costKey);
        double errors = first(line, Objective::errorKey);
        double excess = first(line, Objective::excessKey);
        long since = whole(line, Metrics.SINCE, sequences);
        String kind = String.valueOf(line.get(Metrics.KIND));
        return switch (kind) {
            case Metrics.TRAIN -> new Train(
                    sequences,
                    seconds,
                    bits,
                    errors,
                    number(line, Metrics.RATE, Double.NaN),
                    number(line, Metrics.NORM, Double.NaN),
                    number(line, Metrics.CLIPPED, Double.NaN),
                    whole(line, Metrics.SKIPPED, 0));
            case Metrics.EVALUATION -> new Evaluation(
                    sequences,
                    seconds,
                    size(line.get(Metrics.AT)),
                    bits,
                    errors,
                    number(line, Metrics.OPTIMUM, 0),
                    whole(line, Metrics.EXACT, 0),
                    whole(line, Metrics.EVALUATED, 0));
            case Metrics.SKIPPED -> new Skipped(sequences, seconds, String.valueOf(line.get(Metrics.REASON)));
            case Metrics.ROLLBACK -> new RolledBack(
                    sequences, seconds, whole(line, Metrics.GOOD, 0), number(line, Metrics.RATE_FACTOR, Double.NaN));
            case Metrics.SOLVED -> new Solved(sequences, seconds);
            case Metrics.RELAPSE -> new Relapse(sequences, seconds, excess, errors, whole(line, Metrics.IN_A_ROW, 0));
            case Metrics.PLATEAU -> new Plateau(sequences, seconds, since, number(line, Metrics.LOWEST_MEAN, Double.NaN), excess);
            case Metrics.PLATEAU_LEFT -> new PlateauLeft(sequences, seconds, since, excess);
            case Metrics.FINISHED -> new Finished(
                    sequences,
                    seconds,
                    Optional.ofNullable(Settings.words(TrainingEvent.Outcome.class).get(String.valueOf(line.get(Metrics.OUTCOME)))));
            default -> new Other(sequences, seconds, kind);
        };
    }

    /** The number by its key, which depends on what the targets are. */
    private static double first(Map<String, @Nullable Object> line, Function<Objective, String> key) {
        for (Objective objective : Objective.values()) {
            if (line.containsKey(key.apply(objective))) {
                return number(line, key.apply(objective), Double.NaN);
            }
        }
        return Double.NaN;
    }

    private static double number(Map<String, @Nullable Object> line, String key, double otherwise) {
        return line.get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    private static long whole(Map<String, @Nullable Object> line, String key, long otherwise) {
        return line.get(key) instanceof Number number ? number.longValue() : otherwise;
    }

    private static Size size(@Nullable Object at) {
        SequencedMap<String, Integer> values = new LinkedHashMap<>();
        if (at instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (value instanceof Number number) {
                    values.put(String.valueOf(name), number.intValue());
                }
            });
        }
        return new Size(values);
    }
}
