package io.github.ntm4j.core.task;

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
 * @param file where the sequences are
 * @param sha256 of the file, so that a training never goes on with other sequences
 * @param validationFile where sequences to evaluate on are; empty to hold some of the file back
 * @param validationSha256 of that file
 * @param validationShare how many sequences are held back, as a share
 * @param splitSeed which ones
 * @param format how the files are read
 * @param extraKeys what becomes of unknown keys in JSON Lines
 * @param separator what stands between the words of a text; empty where texts are not split
 * @param labelColumn which column of a table is what a row is to be told by
 * @param columns how many columns a table has
 * @param window how many rows of a table an input has; 0 if each row is a sequence
 * @param horizon how many rows follow a window as its target
 * @param inputForm how inputs are written
 * @param inputWidth width of an input vector, or number of input symbols, words or characters
 * @param inputAlphabet characters of input texts
 * @param inputSymbols the input symbols in use, where there are gaps between them
 * @param inputWords the words of inputs
 * @param targetForm how targets are written
 * @param targetWidth width of a target vector, or number of target symbols, words or characters
 * @param targetAlphabet characters of target texts
 * @param targetSymbols the target symbols in use, where there are gaps between them
 * @param targetWords the words of targets
 * @param targets what the targets are
 * @param layout whether answers come during the input or after it
 * @param answerSteps how many steps every answer after its input has; 0 if the machine says when it ends
 * @param scale whether real numbers are scaled
 * @param inputMeans what is subtracted from each channel of the input; empty for nothing
 * @param inputDeviations what each channel of the input is then divided by; empty for nothing
 * @param targetMeans the same for the target
 * @param targetDeviations the same for the target
 */
public record DataConfig(
        @Setting("the task") Name name,
        @Setting("file of sequences") String file,
        @Setting("SHA-256 of the file, found out by reading it") String sha256,
        @Setting("file of sequences to evaluate on; empty to hold some back") String validationFile,
        @Setting("SHA-256 of that file, found out by reading it") String validationSha256,
        @Setting(value = "how many sequences are held back for evaluations, as a share", min = 0, max = 1) double validationShare,
        @Setting(value = "decides which sequences are held back", min = 0, max = 9e15) long splitSeed,
        @Setting("how the files are written; auto by their names and first bytes") Reading.Format format,
        @Setting("what becomes of keys beside input, target and mask in JSON Lines") Reading.ExtraKeys extraKeys,
        @Setting("splits texts into words: a text, or space, tab or comma; empty for a step per character") String separator,
        @Setting("the column of a table that a row is to be told by: auto, first, last, none, or its name") String labelColumn,
        @Setting(value = "columns of a table, found out by reading it; 0 if they differ", min = 0, max = 1000000) int columns,
        @Setting(value = "rows of a table that make an input; 0 if each row is a sequence", min = 0, max = 1000000) int window,
        @Setting(value = "rows after a window that are its target", min = 1, max = 1000000) int horizon,
        @Setting("how inputs are written") SequenceForm inputForm,
        @Setting(value = "width of input vectors, or number of input symbols", min = 1, max = 65537) int inputWidth,
        @Setting("characters of input texts") String inputAlphabet,
        @Setting("input symbols in use where there are gaps, in their order") String inputSymbols,
        @Setting("words of inputs, in their order") String inputWords,
        @Setting("how targets are written") SequenceForm targetForm,
        @Setting(value = "width of target vectors, or number of target symbols", min = 1, max = 65537) int targetWidth,
        @Setting("characters of target texts") String targetAlphabet,
        @Setting("target symbols in use where there are gaps, in their order") String targetSymbols,
        @Setting("words of targets, in their order") String targetWords,
        @Setting("what the targets are") Objective targets,
        @Setting("when the machine answers: during the input or after it") SequenceCoding.Layout layout,
        @Setting(value = "steps of every answer after its input; 0 if the machine says when it ends", min = 0, max = 1000000) int answerSteps,
        @Setting("whether the channels of real numbers are scaled by their mean and deviation") Scale scale,
        @Setting("means of the input's channels, found out by reading") String inputMeans,
        @Setting("deviations of the input's channels, found out by reading") String inputDeviations,
        @Setting("means of the target's channels, found out by reading") String targetMeans,
        @Setting("deviations of the target's channels, found out by reading") String targetDeviations)
        implements TaskConfig {
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
            "",
            "",
            "",
            "",
            0.1,
            1,
            Reading.Format.AUTO,
            Reading.ExtraKeys.REFUSE,
            "",
            "auto",
            0,
            0,
            1,
            SequenceForm.VECTORS,
            1,
            "",
            "",
            "",
            SequenceForm.VECTORS,
            1,
            "",
            "",
            "",
            Objective.BITS,
            SequenceCoding.Layout.DURING,
            0,
            Scale.AUTO,
            "",
            "",
            "",
            "");

    /** Checks what no single setting can. */
    public DataConfig {
        if (targetForm != SequenceForm.VECTORS && targets != Objective.SYMBOLS) {
            throw new UserException("task.targets: expected symbols for targets that are no vectors");
        }
        if (targets != Objective.REALS && !targetMeans.isEmpty()) {
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
        return FileLabel.of(Path.of(file), taskName());
    }

    @Override
    public Objective objective() {
        return targets;
    }

    @Override
    public boolean sameTask(TaskConfig other) {
        return other instanceof DataConfig data
                && Settings.with(data, Map.of("file", file, "validation_file", validationFile)).equals(this);
    }

    /**
     * How files of its sequences are read.
     *
     * @return the reading
     */
    public Reading reading() {
        return new Reading(format, extraKeys, separator, labelColumn, columns, window, horizon);
    }

    /**
     * How the lines of a file become vectors.
     *
     * @return the coding
     */
    public SequenceCoding coding() {
        Coding input = Coding.of(inputForm, inputWidth, inputAlphabet, inputSymbols, inputWords);
        Coding target = Coding.of(targetForm, targetWidth, targetAlphabet, targetSymbols, targetWords);
        return new SequenceCoding(
                scaled(input, Scaling.of(inputMeans, inputDeviations, input.width(), "input")),
                scaled(target, Scaling.of(targetMeans, targetDeviations, target.width(), "target")),
                layout,
                answerSteps);
    }

    private static Coding scaled(Coding coding, Optional<Scaling> scaling) {
        return coding instanceof Coding.Vectors vectors && scaling.isPresent() ? new Coding.Vectors(vectors.width(), scaling.get()) : coding;
    }

    @Override
    public DataTask create() {
        Sequences sequences = open("task.file", file, sha256);
        return validationFile.isEmpty()
                ? DataTask.split(this, sequences)
                : DataTask.of(this, sequences, open("task.validation_file", validationFile, validationSha256));
    }

    /**
     * The task of measuring a machine on another file, all of it.
     *
     * @param other a file of sequences
     * @return a task that only evaluations can draw from
     * @throws UserException if it cannot be read, or does not have the form of the file that the machine was trained on
     */
    public DataTask measuring(Path other) {
        return DataTask.measuring(this, reading().of(Reading.Format.AUTO).sequences(other, coding()));
    }

    private Sequences open(String key, String path, String hash) {
        if (path.isEmpty()) {
            throw new UserException(key + ": expected a file of sequences, got none");
        }
        Sequences sequences = reading().sequences(Path.of(path), coding());
        if (!hash.isEmpty() && !hash.equals(sequences.sha256())) {
            throw new UserException(path + ": expected the file with the SHA-256 " + hash + ", found one with " + sequences.sha256());
        }
        return sequences;
    }
}
