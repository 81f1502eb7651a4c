package io.github.ntm4j.core.task;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.data.Reading;
import io.github.ntm4j.core.data.SequenceCoding.Layout;
import io.github.ntm4j.core.data.SequenceForm;
import io.github.ntm4j.core.data.SequenceFormat;
import io.github.ntm4j.core.data.SequenceLine;
import io.github.ntm4j.core.data.SequenceReader;
import io.github.ntm4j.core.data.SequenceSide;
import io.github.ntm4j.core.data.SideTally;
import io.github.ntm4j.core.machine.Objective;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the settings of a {@link DataConfig} by reading its files. Targets that are symbols or texts are symbols; targets that are
 * vectors are bits if each number is 0 or 1, else real numbers. Answers follow their inputs where the targets are texts, or symbols of which
 * there are not always as many as inputs; else they come during the input. Whoever knows better sets {@code task.targets} or
 * {@code task.layout}.
 */
public final class DataSurvey {
    private static final double SUM_TOLERANCE = 1e-3;

    private final Reading reading;
    private final @Nullable SequenceForm inputForm;
    private final @Nullable SequenceForm targetForm;
    private final SideTally input = new SideTally();
    private final SideTally target = new SideTally();
    private boolean sameLengths = true;
    private boolean onlyBits = true;
    private @Nullable String notProbabilities;
    private @Nullable String notDistributions;

    /** A survey of files that are read as the settings say. */
    private DataSurvey(ConfigTree given) {
        DataConfig config = bound(given.without("task.name"));
        reading = config.reading();
        inputForm = given.has("task.input_form") ? config.inputForm() : null;
        targetForm = given.has("task.target_form") ? config.targetForm() : null;
    }

    /**
     * Completes settings.
     *
     * @param given settings of a run
     * @return the same, with all settings of its task if that is a file of sequences that was not read before
     * @throws UserException if a file cannot be read, or is not what the settings say
     */
    public static ConfigTree complete(ConfigTree given) {
        boolean isData = given.text("task.name").equals(Optional.of("data"));
        String path = isData ? given.text("task.file").orElse("") : "";
        if (path.isEmpty() || !given.text("task.sha256").orElse("").isEmpty()) {
            return given;
        }
        DataSurvey survey = new DataSurvey(given);
        SequencedMap<String, Object> found = new LinkedHashMap<>();
        survey.read(Path.of(path), "", found);
        String validation = given.text("task.validation_file").orElse("");
        if (!validation.isEmpty()) {
            survey.read(Path.of(validation), "validation_", found);
        }
        survey.input.describe("input", found);
        survey.target.describe("target", found);
        // Who says how many symbols there are wants them all.
        for (String side : List.of("input", "target")) {
            if (given.has("task." + side + "_width")) {
                found.put(side + "_symbols", "");
            }
        }
        found.put("targets", Settings.text(survey.targets()));
        found.put("layout", Settings.text(survey.layout()));
        ConfigTree complete = ConfigTree.of(Map.of("task", found), path)
                .with(given.without("task.file").without("task.validation_file"));
        survey.check(complete);
        return complete;
    }

    private void read(Path path, String prefix, SequencedMap<String, Object> found) {
        Path file = path.toAbsolutePath().normalize();
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + path + ": it is a folder, not a file of JSON Lines");
        }
        long lines = 0;
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            SequenceReader reader = SequenceReader.of(digest, path.toString(), format().withTargetRequired());
            for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
                see(line, path);
                lines++;
            }
            found.put(prefix + "file", file.toString());
            found.put(prefix + "sha256", HexFormat.of().formatHex(digest.getMessageDigest().digest()));
        } catch (IOException e) {
            throw UserException.cannotRead(path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        if (lines == 0) {
            throw new UserException(path + ": expected sequences, found none");
        }
    }

    /** What the lines of the next file must be like: those of the one before. */
    private SequenceFormat format() {
        return new SequenceFormat(
                input.form() == null ? inputForm : input.form(),
                target.form() == null ? targetForm : target.form(),
                input.form() == SequenceForm.VECTORS ? input.width() : 0,
                target.form() == SequenceForm.VECTORS ? target.width() : 0,
                true,
                SequenceFormat.ANY.maxLineBytes(),
                SequenceFormat.ANY.maxSteps(),
                reading);
    }

    private void see(SequenceLine line, Path file) {
        SequenceSide wanted = Objects.requireNonNull(line.target());
        input.see(line.input());
        target.see(wanted);
        sameLengths &= wanted.steps() == line.input().steps();
        if (wanted instanceof SequenceSide.Vectors vectors) {
            judge(vectors, line.mask(), file + ", line " + line.line() + ": target step ");
        }
    }

    /** Remembers the first place where targets are not bits, probabilities, or a distribution. */
    private void judge(SequenceSide.Vectors vectors, float @Nullable [] mask, String where) {
        for (int t = 0; t < vectors.steps(); t++) {
            if (mask != null && mask[t] == 0) {
                continue;
            }
            double sum = 0;
            for (int j = 0; j < vectors.width(); j++) {
                float value = vectors.values()[t * vectors.width() + j];
                sum += value;
                if (value != 0 && value != 1) {
                    onlyBits = false;
                }
                if (notProbabilities == null && (value < 0 || value > 1)) {
                    notProbabilities = where + (t + 1) + ": expected numbers from 0 to 1, found " + value;
                }
            }
            if (notDistributions == null && Math.abs(sum - 1) > SUM_TOLERANCE) {
                notDistributions = where + (t + 1) + ": expected the probabilities of symbols, with a sum of 1, found a sum of " + (float) sum;
            }
        }
    }

    private Objective targets() {
        if (target.form() != SequenceForm.VECTORS) {
            return Objective.SYMBOLS;
        }
        return onlyBits ? Objective.BITS : Objective.REALS;
    }

    private Layout layout() {
        boolean vectors = target.form() == SequenceForm.VECTORS;
        boolean text = target.form() == SequenceForm.TEXT;
        return !vectors && (text || !sameLengths) ? Layout.AFTER : Layout.DURING;
    }

    /** Refuses targets that are not what somebody says they are. */
    private void check(ConfigTree complete) {
        DataConfig config = bound(complete);
        boolean vectors = config.targetForm() == SequenceForm.VECTORS;
        String wrong = config.targets() == Objective.REALS || !vectors ? null : notProbabilities;
        if (wrong == null && vectors && config.targets() == Objective.SYMBOLS) {
            wrong = notDistributions;
        }
        if (wrong != null) {
            throw complete.problem("task.targets", wrong);
        }
    }

    private static DataConfig bound(ConfigTree given) {
        return ConfigTree.of(Map.of("task", Settings.describe(DataConfig.DEFAULT)), "defaults")
                .overriddenBy(given.without("machine").without("training").without("preset").without("seed"))
                .bind(DataConfig.class, "task");
    }
}
