package io.github.ntm4j.core.task;

import io.github.ntm4j.core.config.Group;
import io.github.ntm4j.core.config.Setting;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.data.Coding;
import io.github.ntm4j.core.data.Reading;
import io.github.ntm4j.core.data.Scaling;
import io.github.ntm4j.core.data.SequenceCoding;
import io.github.ntm4j.core.data.SequenceForm;
import io.github.ntm4j.core.data.Sequences;
import io.github.ntm4j.core.machine.Objective;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a task that a user's own file of sequences is. All but the file can be found out by reading it, which {@link DataSurvey}
 * does; a machine that was trained knows them without the file.
 *
 * @param name always {@code data}
 * @param source where the sequences are
 * @param reading how their files are read
 * @param input what inputs are made of
 * @param target what targets are made of
 * @param targets what the targets are
 * @param layout whether answers come during the input or after it
 * @param answerSteps how many steps every answer after its input has; 0 if the machine says when it ends
 * @param scale whether real numbers are scaled
 * @param inputScales how the channels of the input are scaled
 * @param targetScales how the channels of the target are scaled
 */
public record DataConfig(
        @Setting("the task") Name name,
        @Group Source source,
        @Group Reading reading,
        @Group(prefix = "input_", word = "input") Side input,
        @Group(prefix = "target_", word = "target") Side target,
        @Setting("what the targets are") Objective targets,
        @Setting("when the machine answers: during the input or after it") SequenceCoding.Layout layout,
        @Setting(value = "steps of every answer after its input; 0 if the machine says when it ends", min = 0, max = 1000000) int answerSteps,
        @Setting("whether the channels of real numbers are scaled by their mean and deviation") Scale scale,
        @Group(prefix = "input_", word = "input") Scales inputScales,
        @Group(prefix = "target_", word = "target") Scales targetScales)
        implements TaskConfig {
    /**
     * Where the sequences are.
     *
     * @param file the file of those to train on
     * @param sha256 of the file, so that a training never goes on with other sequences
     * @param validationFile where sequences to evaluate on are; empty to hold some of the file back
     * @param validationSha256 of that file
     * @param validationShare how many sequences are held back, as a share
     * @param splitSeed which ones
     */
    public record Source(
            @Setting("file of sequences") String file,
            @Setting("SHA-256 of the file, found out by reading it") String sha256,
            @Setting("file of sequences to evaluate on; empty to hold some back") String validationFile,
            @Setting("SHA-256 of that file, found out by reading it") String validationSha256,
            @Setting(value = "how many sequences are held back for evaluations, as a share", min = 0, max = 1) double validationShare,
            @Setting(value = "decides which sequences are held back", min = 0, max = 9e15) long splitSeed) {}

    /**
     * What the inputs, or the targets, are made of.
     *
     * @param form how they are written
     * @param width width of a vector, or number of symbols, words or characters
     * @param alphabet characters of texts
     * @param symbols the symbols in use, where there are gaps between them
     * @param words the words
     */
    public record Side(
            @Setting("how {}s are written") SequenceForm form,
            @Setting(value = "width of {} vectors, or number of {} symbols", min = 1, max = 65537) int width,
            @Setting("characters of {} texts") String alphabet,
            @Setting("{} symbols in use where there are gaps, in their order") String symbols,
            @Setting("words of {}s, in their order") String words) {
        private Coding coding() {
            return Coding.of(form, width, alphabet, symbols, words);
        }
    }

    /**
     * How channels of real numbers are scaled.
     *
     * @param means what is subtracted from each; empty for nothing
     * @param deviations what each is then divided by; empty for nothing
     */
    public record Scales(
            @Setting("means of the {}'s channels, found out by reading") String means,
            @Setting("deviations of the {}'s channels, found out by reading") String deviations) {
        private Coding applied(Coding coding, String side) {
            Optional<Scaling> scaling = Scaling.of(means, deviations, coding.width(), side);
            return coding instanceof Coding.Vectors vectors && scaling.isPresent() ? new Coding.Vectors(vectors.width(), scaling.get()) : coding;
        }
    }

    /** The only name. */
    public enum Name {
        /** A user's own data. */
        DATA
    }

    /** Whether real numbers are scaled. */
    public enum Scale {
        /** Where they are far from a mean of 0 and a deviation of 1. */
        AUTO,
        /** Never. */
        NONE,
        /** Always, by mean and deviation. */
        STANDARD
    }

    /** Settings before a file was read. */
    public static final DataConfig DEFAULT = new DataConfig(
            Name.DATA,
            new Source("", "", "", "", 0.1, 1),
            Reading.DEFAULT,
            new Side(SequenceForm.VECTORS, 1, "", "", ""),
            new Side(SequenceForm.VECTORS, 1, "", "", ""),
            Objective.BITS,
            SequenceCoding.Layout.DURING,
            0,
            Scale.AUTO,
            new Scales("", ""),
            new Scales("", ""));

    /** Checks what no single setting can. */
    public DataConfig {
        if (target.form != SequenceForm.VECTORS && targets != Objective.SYMBOLS) {
            throw new UserException("task.targets: expected symbols for targets that are no vectors");
        }
        if (targets != Objective.REALS && !targetScales.means.isEmpty()) {
            throw new UserException("task.target_means: expected none where targets are no real numbers");
        }
        if (layout == SequenceCoding.Layout.DURING && answerSteps > 0) {
            throw new UserException("task.answer_steps: expected 0 for answers during the input, got " + answerSteps);
        }
    }

    @Override
    public String taskName() {
        return "data";
    }

    @Override
    public String label() {
        return FileLabel.of(Path.of(source.file), taskName());
    }

    @Override
    public Objective objective() {
        return targets;
    }

    @Override
    public boolean sameTask(TaskConfig other) {
        return other instanceof DataConfig data
                && Settings.with(data, Map.of("file", source.file, "validation_file", source.validationFile)).equals(this);
    }

    /**
     * How the lines of a file become vectors.
     *
     * @return the coding
     */
    public SequenceCoding coding() {
        return new SequenceCoding(
                inputScales.applied(input.coding(), "input"), targetScales.applied(target.coding(), "target"), layout, answerSteps);
    }

    @Override
    public DataTask create() {
        Sequences sequences = open("task.file", source.file, source.sha256);
        return source.validationFile.isEmpty()
                ? DataTask.split(this, sequences)
                : DataTask.of(this, sequences, open("task.validation_file", source.validationFile, source.validationSha256));
    }

    /**
     * The task of measuring a machine on another file, all of it.
     *
     * @param other a file of sequences
     * @return a task that only evaluations can draw from
     * @throws UserException if it cannot be read, or does not have the form of the file that the machine was trained on
     */
    public DataTask measuring(Path other) {
        return DataTask.measuring(this, reading.of(Reading.Format.AUTO).sequences(other, coding()));
    }

    private Sequences open(String key, String path, String hash) {
        if (path.isEmpty()) {
            throw new UserException(key + ": expected a file of sequences, got none");
        }
        Sequences sequences = reading.sequences(Path.of(path), coding());
        if (!hash.isEmpty() && !hash.equals(sequences.sha256())) {
            throw new UserException(path + ": expected the file with the SHA-256 " + hash + ", found one with " + sequences.sha256());
        }
        return sequences;
    }
}
