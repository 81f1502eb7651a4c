package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Objective;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * The file {@code metrics.jsonl}: a line for each event of a training. {@code kind} is {@code train}, {@code evaluation}, {@code skipped},
 * {@code rollback}, {@code solved}, {@code plateau}, {@code plateau-left}, {@code relapse} or {@code finished}; {@code sequences} is how far the training had
 * come, {@code seconds} how long it had taken.
 */
final class Metrics implements AutoCloseable {
    static final String KIND = "kind";
    static final String TRAIN = "train";
    static final String EVALUATION = "evaluation";
    static final String SKIPPED = "skipped";
    static final String ROLLBACK = "rollback";
    static final String SOLVED = "solved";
    static final String PLATEAU = "plateau";
    static final String PLATEAU_LEFT = "plateau-left";
    static final String RELAPSE = "relapse";
    static final String FINISHED = "finished";

    static final String SEQUENCES = "sequences";
    static final String OPTIMUM = "optimum_bits_per_sequence";
    static final String RATE = "learning_rate";
    static final String NORM = "gradient_norm";
    static final String CLIPPED = "clipped";
    static final String AT = "at";
    static final String EXACT = "exact_sequences";
    static final String EVALUATED = "evaluated_sequences";
    static final String REASON = "reason";
    static final String GOOD = "good_sequences";
    static final String RATE_FACTOR = "rate_factor";
    static final String SINCE = "since";
    static final String LOWEST_MEAN = "lowest_mean";
    static final String IN_A_ROW = "in_a_row";
    static final String OUTCOME = "outcome";
    static final String SECONDS = "seconds";

    private final Path file;
    private final Objective objective;
    private final FileChannel channel;
    private final Writer out;

    private Metrics(Path file, Objective objective, FileChannel channel) {
        this.file = file;
        this.objective = objective;
        this.channel = channel;
        this.out = Channels.newWriter(channel, StandardCharsets.UTF_8);
    }

    private void putErrors(SequencedMap<String, Object> line, double errors) {
        if (objective.countsErrors()) {
            line.put(objective.errorKey(), errors);
        }
    }

    /** Appends to the file of a run. */
    static Metrics append(Path file, Objective objective) {
        try {
            return new Metrics(file, objective, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /**
     * What a file told before it was cut.
     *
     * @param seconds of training before the cut
     * @param sequences how far the training had come
     */
    record Told(double seconds, long sequences) {}

    /**
     * Forgets what came after a checkpoint.
     *
     * @param sequences sequences seen by then
     * @param evaluationDue whether the evaluation at that point comes after it too
     */
    static Told cut(Path file, long sequences, boolean evaluationDue) {
        StringBuilder kept = new StringBuilder();
        double seconds = 0;
        long furthest = 0;
        for (MetricsReader.Read read : MetricsReader.all(file)) {
            MetricsLine line = read.line();
            furthest = Math.max(furthest, line.sequences());
            boolean ofEvaluation = !(line instanceof MetricsLine.Train || line instanceof MetricsLine.Skipped || line instanceof MetricsLine.RolledBack);
            if (line.sequences() < sequences || (line.sequences() == sequences && !(evaluationDue && ofEvaluation))) {
                seconds = Math.max(seconds, line.seconds());
                if (!(line instanceof MetricsLine.Finished)) {
                    kept.append(read.text()).append('\n');
                }
            }
        }
        AtomicFiles.write(file, kept.toString());
        return new Told(seconds, furthest);
    }

    /** Why the training ended; nothing if it is under way or was killed. */
    static Optional<Outcome> outcome(Path file) {
        List<MetricsLine> lines = lines(file);
        return !lines.isEmpty() && lines.getLast() instanceof MetricsLine.Finished finished ? finished.outcome() : Optional.empty();
    }

    void write(TrainingEvent event, double seconds) {
        SequencedMap<String, Object> line = new LinkedHashMap<>();
        switch (event) {
            case TrainingEvent.Started started -> {
                return;
            }
            case TrainingEvent.Reported r -> {
                line.put(KIND, TRAIN);
                line.put(SEQUENCES, r.sequences());
                line.put(objective.costKey(), r.bitsPerSequence());
                putErrors(line, r.bitErrorsPerSequence());
                line.put(RATE, r.learningRate());
                line.put(NORM, r.gradientNorm());
                line.put(CLIPPED, r.clipped());
                line.put(SKIPPED, r.skipped());
            }
            case TrainingEvent.Evaluated e -> {
                line.put(KIND, EVALUATION);
                line.put(SEQUENCES, e.sequences());
                line.put(AT, e.evaluation().at().values());
                line.put(objective.costKey(), e.evaluation().bitsPerSequence());
                putErrors(line, e.evaluation().bitErrorsPerSequence());
                if (e.evaluation().optimumBitsPerSequence() > 0) {
                    line.put(OPTIMUM, e.evaluation().optimumBitsPerSequence());
                }
                if (objective.countsErrors()) {
                    line.put(EXACT, e.evaluation().exactSequences());
                }
                line.put(EVALUATED, e.evaluation().sequences());
            }
            case TrainingEvent.Skipped s -> {
                line.put(KIND, SKIPPED);
                line.put(SEQUENCES, s.sequences());
                line.put(REASON, s.reason());
            }
            case TrainingEvent.RolledBack r -> {
                line.put(KIND, ROLLBACK);
                line.put(SEQUENCES, r.sequences());
                line.put(GOOD, r.good());
                line.put(RATE_FACTOR, r.rate());
            }
            case TrainingEvent.Solved s -> {
                line.put(KIND, SOLVED);
                line.put(SEQUENCES, s.sequences());
            }
            case TrainingEvent.PlateauReached p -> {
                line.put(KIND, PLATEAU);
                line.put(SEQUENCES, p.sequences());
                line.put(SINCE, p.since());
                line.put(LOWEST_MEAN, p.lowestMean());
                line.put(objective.excessKey(), p.excessBits());
            }
            case TrainingEvent.PlateauLeft p -> {
                line.put(KIND, PLATEAU_LEFT);
                line.put(SEQUENCES, p.sequences());
                line.put(SINCE, p.since());
                line.put(objective.excessKey(), p.excessBits());
            }
            case TrainingEvent.Relapsed r -> {
                line.put(KIND, RELAPSE);
                line.put(SEQUENCES, r.sequences());
                line.put(objective.excessKey(), r.excessBits());
                putErrors(line, r.bitErrorsPerSequence());
                line.put(IN_A_ROW, r.inARow());
            }
            case TrainingEvent.Finished f -> {
                line.put(KIND, FINISHED);
                line.put(SEQUENCES, f.sequences());
                line.put(OUTCOME, Settings.text(f.outcome()));
            }
        }
        line.put(SECONDS, Math.round(seconds * 1000) / 1000.0);
        try {
            out.write(ConfigWriter.toJson(line) + "\n");
            out.flush();
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /** Forces everything to the disk, as before a checkpoint: whoever goes on from that finds the metrics up to there. */
    void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    private static List<MetricsLine> lines(Path file) {
        return MetricsReader.all(file).stream().map(MetricsReader.Read::line).toList();
    }

    /** What the targets of a training are, by the keys of its figures; bits if there are none. */
    static Objective objective(Path file) {
        for (MetricsReader.Read read : MetricsReader.all(file)) {
            for (Objective objective : List.of(Objective.REALS, Objective.SYMBOLS, Objective.BITS)) {
                String key = objective.countsErrors() ? objective.errorKey() : objective.costKey();
                if (read.text().contains('"' + key + '"')) {
                    return objective;
                }
            }
        }
        return Objective.BITS;
    }

    /** What the evaluations of a file found, in bits above the optimum; nothing of the training between them. */
    static Curve evaluations(Path file, String label) {
        SequencedMap<Long, CurvePoint> points = new LinkedHashMap<>();
        for (MetricsLine line : lines(file)) {
            if (line instanceof MetricsLine.Evaluation e) {
                points.put(e.sequences(), new CurvePoint(e.sequences(), e.excessBits(), e.bitErrorsPerSequence()));
            }
        }
        Curve curve = curve(file, label);
        List<CurvePoint> relapses = curve.relapses().stream().map(point -> points.getOrDefault(point.sequences(), point)).toList();
        return new Curve(label, List.of(), List.copyOf(points.values()), List.of(), curve.solvedAt(), relapses, curve.plateaus());
    }

    /** The learning curve that a file tells. */
    static Curve curve(Path file, String label) {
        List<CurvePoint> training = new ArrayList<>();
        List<CurvePoint> evaluation = new ArrayList<>();
        List<SignalPoint> signals = new ArrayList<>();
        OptionalLong solved = OptionalLong.empty();
        List<CurvePoint> relapses = new ArrayList<>();
        List<Curve.Stretch> plateaus = new ArrayList<>();
        OptionalLong stillSince = OptionalLong.empty();
        long end = 0;
        for (MetricsLine line : lines(file)) {
            switch (line) {
                case MetricsLine.Train t -> {
                    training.add(new CurvePoint(t.sequences(), t.bitsPerSequence(), t.bitErrorsPerSequence()));
                    signals.add(new SignalPoint(t.sequences(), t.learningRate(), t.gradientNorm()));
                }
                case MetricsLine.Evaluation e ->
                    evaluation.add(new CurvePoint(e.sequences(), e.bitsPerSequence(), e.bitErrorsPerSequence()));
                case MetricsLine.Solved s -> solved = OptionalLong.of(s.sequences());
                case MetricsLine.Relapse r -> evaluation.stream().skip(Math.max(0, evaluation.size() - 1)).forEach(relapses::add);
                case MetricsLine.Plateau p -> stillSince = OptionalLong.of(p.since());
                case MetricsLine.PlateauLeft p -> {
                    plateaus.add(new Curve.Stretch(stillSince.orElse(p.sequences()), p.sequences()));
                    stillSince = OptionalLong.empty();
                }
                case MetricsLine.Skipped _, MetricsLine.RolledBack _, MetricsLine.Finished _, MetricsLine.Other _ -> {}
            }
            end = line.sequences();
        }
        if (stillSince.isPresent()) {
            plateaus.add(new Curve.Stretch(stillSince.getAsLong(), end));
        }
        return new Curve(label, training, evaluation, signals, solved, relapses, plateaus);
    }
}
