package io.github.ntm4j.core.task;

import io.github.ntm4j.core.config.Setting;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.data.Coding;
import io.github.ntm4j.core.data.SequenceCoding;
import io.github.ntm4j.core.data.SequenceFile;
import io.github.ntm4j.core.data.SequenceForm;
import io.github.ntm4j.core.machine.Objective;
import java.nio.file.Path;
import java.util.regex.Pattern;

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
 * @param inputForm how inputs are written
 * @param inputWidth width of an input vector, or number of input symbols
 * @param inputAlphabet characters of input texts
 * @param targetForm how targets are written
 * @param targetWidth width of a target vector, or number of target symbols
 * @param targetAlphabet characters of target texts
 * @param targets what the targets are
 * @param layout whether answers come during the input or after it
 */
public record DataConfig(
        @Setting("the task") Name name,
        @Setting("file of sequences in JSON Lines") String file,
        @Setting("SHA-256 of the file, found out by reading it") String sha256,
        @Setting("file of sequences to evaluate on; empty to hold some back") String validationFile,
        @Setting("SHA-256 of that file, found out by reading it") String validationSha256,
        @Setting(value = "how many sequences are held back for evaluations, as a share", min = 0, max = 1) double validationShare,
        @Setting(value = "decides which sequences are held back", min = 0, max = 9e15) long splitSeed,
        @Setting("how inputs are written") SequenceForm inputForm,
        @Setting(value = "width of input vectors, or number of input symbols", min = 1, max = 65536) int inputWidth,
        @Setting("characters of input texts") String inputAlphabet,
        @Setting("how targets are written") SequenceForm targetForm,
        @Setting(value = "width of target vectors, or number of target symbols", min = 1, max = 65536) int targetWidth,
        @Setting("characters of target texts") String targetAlphabet,
        @Setting("what the targets are") Objective targets,
        @Setting("when the machine answers: during the input or after it") SequenceCoding.Layout layout)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** A user's own data. */
        DATA
    }

    private static final Pattern NOT_FOR_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    /** Settings before a file was read. */
    public static final DataConfig DEFAULT = new DataConfig(
            Name.DATA,
            "",
            "",
            "",
            "",
            0.1,
            1,
            SequenceForm.VECTORS,
            1,
            "",
            SequenceForm.VECTORS,
            1,
            "",
            Objective.BITS,
            SequenceCoding.Layout.DURING);

    /** Checks what no single setting can. */
    public DataConfig {
        if (targetForm != SequenceForm.VECTORS && targets != Objective.SYMBOLS) {
            throw new UserException("task.targets: expected symbols for targets that are no vectors");
        }
    }

    @Override
    public String taskName() {
        return "data";
    }

    @Override
    public String label() {
        Path last = Path.of(file).getFileName();
        String stem = last == null ? "" : last.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
        String plain = NOT_FOR_NAMES.matcher(stem).replaceAll("-");
        return plain.isEmpty() ? taskName() : plain;
    }

    @Override
    public Objective objective() {
        return targets;
    }

    @Override
    public boolean sameTask(TaskConfig other) {
        return other instanceof DataConfig data && at(data.file, data.validationFile).equals(data);
    }

    private DataConfig at(String newFile, String newValidationFile) {
        return new DataConfig(
                name,
                newFile,
                sha256,
                newValidationFile,
                validationSha256,
                validationShare,
                splitSeed,
                inputForm,
                inputWidth,
                inputAlphabet,
                targetForm,
                targetWidth,
                targetAlphabet,
                targets,
                layout);
    }

    /**
     * How the lines of a file become vectors.
     *
     * @return the coding
     */
    public SequenceCoding coding() {
        return new SequenceCoding(
                Coding.of(inputForm, inputWidth, inputAlphabet), Coding.of(targetForm, targetWidth, targetAlphabet), layout);
    }

    @Override
    public DataTask create() {
        SequenceFile sequences = open("task.file", file, sha256);
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
        return DataTask.measuring(this, new SequenceFile(other, coding()));
    }

    private SequenceFile open(String key, String path, String hash) {
        if (path.isEmpty()) {
            throw new UserException(key + ": expected a file of sequences, got none");
        }
        SequenceFile sequences = new SequenceFile(Path.of(path), coding());
        if (!hash.isEmpty() && !hash.equals(sequences.sha256())) {
            throw new UserException(path + ": expected the file with the SHA-256 " + hash + ", found one with " + sequences.sha256());
        }
        return sequences;
    }
}
