package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Group;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.DataForm;
import io.github.ntm4j.machines.data.Reading;
import io.github.ntm4j.machines.data.Sequences;
import io.github.ntm4j.machines.machine.Objective;
import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of a task that a user's own file of sequences is. All but the file can be found out by reading it, which {@link DataSurvey}
 * does; a machine that was trained knows them without the file.
 *
 * @param name always {@code data}
 * @param source where the sequences are
 * @param form what they are like
 */
public record DataConfig(
        @Setting("the task") Name name,
        @Group Source source,
        @Group DataForm form)
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

    /** The only name. */
    public enum Name {
        /** A user's own data. */
        DATA
    }

    /** Settings before a file was read. */
    public static final DataConfig DEFAULT = new DataConfig(
            Name.DATA,
            new Source("", "", "", "", 0.1, 1),
            DataForm.DEFAULT);

    /** The task. */
    public static final TaskKind KIND = new TaskKind(DataForm.TASK, "sequences of one's own, from a file", DEFAULT);


    @Override
    public String taskName() {
        return DataForm.TASK;
    }

    @Override
    public String label() {
        return FileLabel.of(Path.of(source.file), taskName());
    }

    @Override
    public Objective objective() {
        return form.targets();
    }

    @Override
    public boolean sameTask(TaskConfig other) {
        return other instanceof DataConfig data
                && Settings.with(data, Map.of("file", source.file, "validation_file", source.validationFile)).equals(this);
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
        return DataTask.measuring(this, form.reading().of(Reading.Format.AUTO).sequences(other, form.coding()));
    }

    private Sequences open(String key, String path, String hash) {
        if (path.isEmpty()) {
            throw new UserException(key + ": expected a file of sequences, got none");
        }
        Sequences sequences = form.reading().sequences(Path.of(path), form.coding());
        if (!hash.isEmpty() && !hash.equals(sequences.sha256())) {
            throw new UserException(path + ": expected the file with the SHA-256 " + hash + ", found one with " + sequences.sha256());
        }
        return sequences;
    }
}
