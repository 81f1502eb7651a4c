package io.github.ntm4j.core.run;

import io.github.ntm4j.core.checkpoint.AtomicFiles;
import io.github.ntm4j.core.config.ConfigWriter;
import io.github.ntm4j.core.config.JsonProblem;
import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.picture.Curve;
import io.github.ntm4j.core.picture.CurvePoint;
import io.github.ntm4j.core.picture.SignalPoint;
import io.github.ntm4j.core.training.TrainingEvent;
import io.github.ntm4j.core.training.TrainingEvent.Outcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code metrics.jsonl}: a line for each event of a training. {@code kind} is {@code train}, {@code evaluation}, {@code skipped},
 * {@code solved}, {@code plateau}, {@code plateau-left}, {@code relapse} or {@code finished}; {@code sequences} is how far the training had
 * come, {@code seconds} how long it had taken.
 */
final class Metrics implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String KIND = "kind";
    private static final String SEQUENCES = "sequences";
    private static final String BITS = "bits_per_sequence";
    private static final String OPTIMUM = "optimum_bits_per_sequence";
    private static final String ERRORS = "bit_errors_per_sequence";
    private static final String EXCESS = "excess_bits";
    private static final String SINCE = "since";
    private static final String RATE = "learning_rate";
    private static final String NORM = "gradient_norm";
    private static final String SECONDS = "seconds";
    private static final String FINISHED = "finished";
    private static final String OUTCOME = "outcome";

    private final Path file;
    private final BufferedWriter out;

    private Metrics(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /** Appends to the file of a run. */
    static Metrics append(Path file) {
        try {
            return new Metrics(
                    file,
                    Files.newBufferedWriter(
                            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    /** Forgets what came after a checkpoint; returns the seconds of training before it. */
    static double cut(Path file, long sequences) {
        List<Map<String, Object>> kept = new ArrayList<>();
        double seconds = 0;
        for (Map<String, Object> line : read(file)) {
            boolean ended = FINISHED.equals(line.get(KIND));
            if (number(line, SEQUENCES) <= sequences && !ended) {
                kept.add(line);
            }
            if (number(line, SEQUENCES) <= sequences) {
                seconds = Math.max(seconds, numberOr(line, SECONDS, 0));
            }
        }
        StringBuilder text = new StringBuilder();
        kept.forEach(line -> text.append(ConfigWriter.toJson(line)).append('\n'));
        AtomicFiles.write(file, text.toString());
        return seconds;
    }

    /** Why the training ended; nothing if it is under way or was killed. */
    static Optional<Outcome> outcome(Path file) {
        List<Map<String, Object>> lines = read(file);
        if (lines.isEmpty() || !FINISHED.equals(lines.getLast().get(KIND))) {
            return Optional.empty();
        }
        return Optional.ofNullable(Settings.words(Outcome.class).get(String.valueOf(lines.getLast().get(OUTCOME))));
    }

    void write(TrainingEvent event, double seconds) {
        SequencedMap<String, Object> line = new LinkedHashMap<>();
        switch (event) {
            case TrainingEvent.Started started -> {
                return;
            }
            case TrainingEvent.Reported r -> {
                line.put(KIND, "train");
                line.put(SEQUENCES, r.sequences());
                line.put(BITS, r.bitsPerSequence());
                line.put(ERRORS, r.bitErrorsPerSequence());
                line.put(RATE, r.learningRate());
                line.put(NORM, r.gradientNorm());
                line.put("clipped", r.clipped());
                line.put("skipped", r.skipped());
            }
            case TrainingEvent.Evaluated e -> {
                line.put(KIND, "evaluation");
                line.put(SEQUENCES, e.sequences());
                line.put("at", e.evaluation().at().values());
                line.put(BITS, e.evaluation().bitsPerSequence());
                line.put(ERRORS, e.evaluation().bitErrorsPerSequence());
                if (e.evaluation().optimumBitsPerSequence() > 0) {
                    line.put(OPTIMUM, e.evaluation().optimumBitsPerSequence());
                }
                line.put("exact_sequences", e.evaluation().exactSequences());
                line.put("evaluated_sequences", e.evaluation().sequences());
            }
            case TrainingEvent.Skipped s -> {
                line.put(KIND, "skipped");
                line.put(SEQUENCES, s.sequences());
                line.put("reason", s.reason());
            }
            case TrainingEvent.Solved s -> {
                line.put(KIND, "solved");
                line.put(SEQUENCES, s.sequences());
            }
            case TrainingEvent.PlateauReached p -> {
                line.put(KIND, "plateau");
                line.put(SEQUENCES, p.sequences());
                line.put(SINCE, p.since());
                line.put("lowest_mean", p.lowestMean());
                line.put(EXCESS, p.excessBits());
            }
            case TrainingEvent.PlateauLeft p -> {
                line.put(KIND, "plateau-left");
                line.put(SEQUENCES, p.sequences());
                line.put(SINCE, p.since());
                line.put(EXCESS, p.excessBits());
            }
            case TrainingEvent.Relapsed r -> {
                line.put(KIND, "relapse");
                line.put(SEQUENCES, r.sequences());
                line.put(EXCESS, r.excessBits());
                line.put(ERRORS, r.bitErrorsPerSequence());
                line.put("in_a_row", r.inARow());
            }
            case TrainingEvent.Finished f -> {
                line.put(KIND, FINISHED);
                line.put(SEQUENCES, f.sequences());
                line.put(OUTCOME, Settings.text(f.outcome()));
            }
        }
        line.put(SECONDS, Math.round(seconds * 1000) / 1000.0);
        try {
            out.write(ConfigWriter.toJson(line));
            out.newLine();
            out.flush();
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

    /** The objects of a file; a last line that was cut short is left out. */
    static List<Map<String, Object>> read(Path file) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (!Files.exists(file)) {
            return objects;
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            try {
                Map<String, Object> object = JSON.readValue(lines[i], OBJECT);
                number(object, SEQUENCES);
                objects.add(object);
            } catch (JacksonException | ClassCastException | NullPointerException e) {
                if (i == lines.length - 1) {
                    break;
                }
                String problem = e instanceof JacksonException json ? JsonProblem.describe(json) : "expected an object with sequences";
                throw new UserException(file + ": line " + (i + 1) + ": " + problem);
            }
        }
        return objects;
    }

    private static double number(Map<String, Object> line, String key) {
        @Nullable Object value = line.get(key);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new ClassCastException(key);
    }

    private static double numberOr(Map<String, Object> line, String key, double otherwise) {
        return line.get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** What the evaluations of a file found, in bits above the optimum; nothing of the training between them. */
    static Curve evaluations(Path file, String label) {
        SequencedMap<Long, CurvePoint> points = new LinkedHashMap<>();
        for (Map<String, Object> line : read(file)) {
            if ("evaluation".equals(line.get(KIND))) {
                long sequences = (long) number(line, SEQUENCES);
                double excess = numberOr(line, BITS, Double.NaN) - numberOr(line, OPTIMUM, 0);
                points.put(sequences, new CurvePoint(sequences, excess, numberOr(line, ERRORS, Double.NaN)));
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
        for (Map<String, Object> line : read(file)) {
            long sequences = (long) number(line, SEQUENCES);
            CurvePoint point = new CurvePoint(sequences, numberOr(line, BITS, Double.NaN), numberOr(line, ERRORS, Double.NaN));
            switch (String.valueOf(line.get(KIND))) {
                case "train" -> {
                    training.add(point);
                    signals.add(new SignalPoint(sequences, numberOr(line, RATE, Double.NaN), numberOr(line, NORM, Double.NaN)));
                }
                case "evaluation" -> evaluation.add(point);
                case "solved" -> solved = OptionalLong.of(sequences);
                case "relapse" -> evaluation.stream().skip(Math.max(0, evaluation.size() - 1)).forEach(relapses::add);
                case "plateau" -> stillSince = OptionalLong.of((long) numberOr(line, SINCE, number(line, SEQUENCES)));
                case "plateau-left" -> {
                    plateaus.add(new Curve.Stretch(stillSince.orElse(sequences), sequences));
                    stillSince = OptionalLong.empty();
                }
                default -> {}
            }
            end = sequences;
        }
        if (stillSince.isPresent()) {
            plateaus.add(new Curve.Stretch(stillSince.getAsLong(), end));
        }
        return new Curve(label, training, evaluation, signals, solved, relapses, plateaus);
    }
}
