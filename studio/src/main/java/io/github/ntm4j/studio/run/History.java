package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.run.MetricsLine;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.studio.run.Series.Merge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the metrics of a run tell, in bounded room however long the run trains. */
final class History {
    /** Sequences, bits, errors, learning rate, gradient norm, share of clipped updates, updates skipped since the beginning. */
    private static final List<Merge> TRAIN = List.of(Merge.LAST, Merge.MEAN, Merge.MEAN, Merge.LAST, Merge.MEAN, Merge.MEAN, Merge.LAST);
    /** Sequences, bits, errors, optimum, exact sequences, evaluated sequences. */
    private static final List<Merge> EVALUATION = List.of(Merge.LAST, Merge.MEAN, Merge.MEAN, Merge.LAST, Merge.SUM, Merge.SUM);

    private static final int MOST_MARKS = 500;

    private final Series train;
    private final Series evaluation;
    /** The latest ones. */
    private final Deque<Long> relapses = new ArrayDeque<>();

    private final Deque<long[]> plateaus = new ArrayDeque<>();
    private long sequences;
    private double seconds;
    private OptionalLong solved = OptionalLong.empty();
    private MetricsLine.@Nullable Train lastTrain;
    private MetricsLine.@Nullable Evaluation lastEvaluation;
    private boolean ended;
    private Optional<Outcome> outcome = Optional.empty();

    /**
     * Nothing has happened yet.
     *
     * @param most points in a series, even
     */
    History(int most) {
        train = new Series(most, TRAIN);
        evaluation = new Series(most, EVALUATION);
    }

    /** One more line. */
    void add(MetricsLine line) {
        sequences = Math.max(sequences, line.sequences());
        seconds = Math.max(seconds, line.seconds());
        switch (line) {
            case MetricsLine.Train t -> {
                lastTrain = t;
                train.add(values(t));
            }
            case MetricsLine.Evaluation e -> {
                lastEvaluation = e;
                evaluation.add(values(e));
            }
            case MetricsLine.Solved s -> solved = OptionalLong.of(s.sequences());
            case MetricsLine.Relapse r -> {
                relapses.add(r.sequences());
                if (relapses.size() > MOST_MARKS) {
                    relapses.removeFirst();
                }
            }
            case MetricsLine.Plateau p -> {
                plateaus.add(new long[] {p.since(), -1});
                if (plateaus.size() > MOST_MARKS) {
                    plateaus.removeFirst();
                }
            }
            case MetricsLine.PlateauLeft p -> {
                if (!plateaus.isEmpty()) {
                    plateaus.getLast()[1] = p.sequences();
                }
            }
            case MetricsLine.Finished f -> {
                ended = true;
                outcome = f.outcome();
            }
            case MetricsLine.Skipped s -> {}
            case MetricsLine.RolledBack r -> {}
            case MetricsLine.Other o -> {}
        }
    }

    private static double[] values(MetricsLine.Train t) {
        return new double[] {
            t.sequences(), t.bitsPerSequence(), t.bitErrorsPerSequence(), t.learningRate(), t.gradientNorm(), t.clipped(), t.skipped()
        };
    }

    private static double[] values(MetricsLine.Evaluation e) {
        return new double[] {
            e.sequences(),
            e.bitsPerSequence(),
            e.bitErrorsPerSequence(),
            e.optimumBitsPerSequence(),
            e.exactSequences(),
            e.evaluatedSequences()
        };
    }

    /** Sequences seen. */
    long sequences() {
        return sequences;
    }

    /** Seconds of training. */
    double seconds() {
        return seconds;
    }

    /** When the task was solved. */
    OptionalLong solved() {
        return solved;
    }

    /** Whether the training has ended in order. */
    boolean ended() {
        return ended;
    }

    /** Why the training ended. */
    Optional<Outcome> outcome() {
        return outcome;
    }

    /** Bits per sequence in training, for a small picture. */
    List<List<@Nullable Number>> sketch() {
        return train.after(-1).stream().map(point -> point.subList(0, 2)).toList();
    }

    /**
     * All of it, for JSON.
     *
     * @param after only the points behind so many sequences
     */
    SequencedMap<String, @Nullable Object> toMap(long after) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("sequences", sequences);
        map.put("seconds", seconds);
        map.put("train", train.after(after));
        map.put("evaluation", evaluation.after(after));
        map.put("solved", solved.isPresent() ? solved.getAsLong() : null);
        map.put("relapses", List.copyOf(relapses));
        map.put("plateaus", plateaus.stream().map(History::band).toList());
        map.put("outcome", outcome.map(Settings::text).orElse(null));
        return map;
    }

    /** The latest of everything, for JSON. */
    SequencedMap<String, @Nullable Object> latest() {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("seconds", seconds);
        map.put("train", lastTrain == null ? null : Series.numbers(values(lastTrain)));
        map.put("evaluation", lastEvaluation == null ? null : Series.numbers(values(lastEvaluation)));
        map.put("solved", solved.isPresent() ? solved.getAsLong() : null);
        map.put("relapse", relapses.isEmpty() ? null : relapses.getLast());
        map.put("plateau", plateaus.isEmpty() ? null : band(plateaus.getLast()));
        return map;
    }

    /** From and to; a band that has no end yet has none. */
    private static List<@Nullable Long> band(long[] plateau) {
        List<@Nullable Long> band = new ArrayList<>();
        band.add(plateau[0]);
        band.add(plateau[1] < 0 ? null : plateau[1]);
        return band;
    }
}
