package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the copy task.
 *
 * @param name always {@code copy}
 * @param minLength shortest sequence in training
 * @param maxLength longest sequence in training
 * @param width bits in a vector
 */
public record CopyConfig(
        @Setting("the task") Name name,
        @Setting(value = "vectors in the shortest training sequence", min = 1, max = 100000) int minLength,
        @Setting(value = "vectors in the longest training sequence", min = 1, max = 100000) int maxLength,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** The copy task. */
        COPY
    }

    /** As in the paper: 1 to 20 vectors of 8 bits. */
    public static final CopyConfig DEFAULT = new CopyConfig(Name.COPY, 1, 20, 8);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("copy", "remember random vectors of bits and say them again", DEFAULT);

    /** Checks the range. */
    public CopyConfig {
        if (minLength > maxLength) {
            throw new UserException("task.min_length: expected at most task.max_length " + maxLength + ", got " + minLength);
        }
    }

    @Override
    public String taskName() {
        return "copy";
    }

    @Override
    public CopyTask create() {
        return new CopyTask(Settings.requireWithin(this, "task"));
    }
}
