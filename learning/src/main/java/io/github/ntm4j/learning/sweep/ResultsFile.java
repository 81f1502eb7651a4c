package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.task.DynamicNgramsConfig;
import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code results.jsonl}: a line for each finished run, in the order in which they finished.
 *
 * @param file where it is
 */
record ResultsFile(Path file) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String RUN = "run";
    private static final String COMBINATION = "combination";
    private static final String SEED = "seed";
    private static final String OUTCOME = "outcome";
    private static final String SOLVED = "solved";
    private static final String SOLVED_AFTER = "solved_after";
    private static final String SEQUENCES = "sequences";
    private static final String SECONDS = "seconds";
    private static final String BITS = "bits_per_sequence";
    private static final String EXCESS = "excess_bits";
    private static final String ERRORS = "bit_errors_per_sequence";
    private static final String PLATEAU = "plateau";
    private static final String RELAPSES = "relapses";
    private static final String HASH = "weights_sha256";

    /** Adds a line. */
    void append(RunResult result) {
        try {
            Files.writeString(file, ConfigWriter.toJson(describe(result)) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(file, e);
        }
    }

    private static SequencedMap<String, @Nullable Object> describe(RunResult result) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(RUN, result.run().name());
        map.put(COMBINATION, result.run().combination().number());
        map.put("settings", result.run().combination().varied());
        map.put(SEED, result.run().seed());
        map.put(OUTCOME, Settings.text(result.outcome()));
        map.put(SOLVED, result.solved());
        map.put(SOLVED_AFTER, result.solved() ? (Object) result.solvedAfter().getAsLong() : null);
        map.put(SEQUENCES, result.sequences());
        map.put(SECONDS, Math.round(result.seconds() * 1000) / 1000.0);
        map.put(BITS, result.bitsPerSequence());
        map.put(EXCESS, result.excessBits());
        map.put(ERRORS, result.bitErrorsPerSequence());
        map.put(PLATEAU, result.plateau());
        result.relapses().ifPresent(relapses -> map.put(RELAPSES, Settings.describe(relapses)));
        map.put(HASH, result.weightsSha256());
        return map;
    }

    /** Removes a last line that was cut short, as by a process that was killed. */
    void removeUnfinishedLine() {
        String text = text();
        String whole = finished(text);
        if (whole.length() < text.length()) {
            AtomicFiles.write(file, whole);
        }
    }

    /**
     * The results there are, without a last line that was cut short.
     *
     * @param refused hears of each line that is not a result of a run of the plan; it is left out if that returns
     */
    List<RunResult> read(SweepPlan plan, Consumer<UserException> refused) {
        Map<String, PlannedRun> runs = new LinkedHashMap<>();
        plan.runs().forEach(run -> runs.put(run.name(), run));
        List<RunResult> results = new ArrayList<>();
        int number = 0;
        for (String line : finished(text()).lines().toList()) {
            number++;
            try {
                if (!line.isBlank()) {
                    results.add(new Line(file + ", line " + number, object(line, number)).result(runs));
                }
            } catch (UserException e) {
                refused.accept(e);
            }
        }
        return results;
    }

    private String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (CharacterCodingException e) {
            throw new UserException(file + " is damaged: its bytes are not UTF-8", e);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    private static String finished(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private Map<?, ?> object(String line, int number) {
        String expected = file + ", line " + number + ": expected the result of a run in JSON";
        try {
            if (JSON.readValue(line, Object.class) instanceof Map<?, ?> object) {
                return object;
            }
            throw new UserException(expected + ", found " + UserException.quote(line));
        } catch (JacksonException e) {
            throw new UserException(expected + ": " + JsonProblem.describe(e), e);
        }
    }

    /** A line that is being read. */
    private record Line(String where, Map<?, ?> values) {
        /** The result; takes its run from those that are left. */
        RunResult result(Map<String, PlannedRun> runs) {
            String name = text(RUN);
            PlannedRun run = runs.remove(name);
            if (run == null) {
                throw new UserException(where + ": expected another run of the sweep, found " + UserException.quote(name));
            }
            if (whole(COMBINATION) != run.combination().number() || whole(SEED) != run.seed()) {
                throw new UserException(where + ": expected the combination and the seed of " + run.name() + ", found " + whole(COMBINATION)
                        + " and " + whole(SEED));
            }
            String word = text(OUTCOME);
            Outcome outcome = Settings.words(Outcome.class).get(word);
            if (outcome == null) {
                throw problem(OUTCOME, "one of " + String.join(", ", Settings.words(Outcome.class).keySet()));
            }
            OptionalLong solvedAfter = values.get(SOLVED_AFTER) == null ? OptionalLong.empty() : OptionalLong.of(whole(SOLVED_AFTER));
            if (!Boolean.valueOf(solvedAfter.isPresent()).equals(values.get(SOLVED))) {
                throw problem(SOLVED, solvedAfter.isPresent() ? "true" : "false, as " + SOLVED_AFTER + " has no number");
            }
            return new RunResult(
                    run,
                    outcome,
                    solvedAfter,
                    whole(SEQUENCES),
                    number(SECONDS),
                    measured(BITS),
                    excessBits(run),
                    measured(ERRORS),
                    Boolean.TRUE.equals(values.get(PLATEAU)),
                    relapses(),
                    text(HASH));
        }

        /** Older versions left it out; without an optimum above 0 it is all bits. */
        private double excessBits(PlannedRun run) {
            if (values.containsKey(EXCESS)) {
                return values.get(EXCESS) instanceof Number number ? number.doubleValue() : measured(EXCESS);
            }
            return run.combination().config().task() instanceof DynamicNgramsConfig ? Double.NaN : measured(BITS);
        }

        /** Older versions left them out. */
        private Optional<Relapses> relapses() {
            if (!values.containsKey(RELAPSES)) {
                return Optional.empty();
            }
            if (!(values.get(RELAPSES) instanceof Map<?, ?> map)) {
                throw problem(RELAPSES, "an object");
            }
            SequencedMap<String, @Nullable Object> relapses = new LinkedHashMap<>();
            map.forEach((key, value) -> relapses.put(String.valueOf(key), value));
            return Optional.of(Settings.bind(Relapses.class, relapses, RELAPSES, where));
        }

        private String text(String key) {
            if (values.get(key) instanceof String text) {
                return text;
            }
            throw problem(key, "a text");
        }

        private long whole(String key) {
            if (values.get(key) instanceof Number number && (number instanceof Integer || number instanceof Long) && number.longValue() >= 0) {
                return number.longValue();
            }
            throw problem(key, "a whole number");
        }

        private double number(String key) {
            if (values.get(key) instanceof Number number && number.doubleValue() >= 0) {
                return number.doubleValue();
            }
            throw problem(key, "a number");
        }

        /** A number, or null for one that was not finite. */
        private double measured(String key) {
            return values.containsKey(key) && values.get(key) == null ? Double.NaN : number(key);
        }

        private UserException problem(String key, String expected) {
            @Nullable Object value = values.get(key);
            return new UserException(where + ": " + key + ": expected " + expected + ", found "
                    + (value == null ? "nothing" : UserException.quote(value.toString())));
        }
    }
}
