package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the repeat copy task.
 *
 * @param name always {@code repeat-copy}
 * @param minLength shortest sequence in training
 * @param maxLength longest sequence in training
 * @param minRepeats fewest copies in training
 * @param maxRepeats most copies in training
 * @param width bits in a vector
 * @param overrun copies that training sequences go on for after the end marker; evaluations end with it
 * @param emptyShare how many of the vectors training draws empty, all zero, beside those that chance does; evaluations leave it to chance
 */
public record RepeatCopyConfig(
        @Setting("the task") Name name,
        @Setting(value = "vectors in the shortest training sequence", min = 1, max = 1000) int minLength,
        @Setting(value = "vectors in the longest training sequence", min = 1, max = 1000) int maxLength,
        @Setting(value = "fewest copies in training", min = 1, max = 1000) int minRepeats,
        @Setting(value = "most copies in training", min = 1, max = 1000) int maxRepeats,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width,
        @Setting(value = "copies that training goes on for after the end marker", min = 0, max = 1000) int overrun,
        @Setting(value = "how many vectors training draws empty, all zero, as a share", min = 0, max = 1) double emptyShare)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** The repeat copy task. */
        REPEAT_COPY
    }

    /** As in the paper: 1 to 10 vectors of 8 bits, 1 to 10 times. */
    public static final RepeatCopyConfig DEFAULT = new RepeatCopyConfig(Name.REPEAT_COPY, 1, 10, 1, 10, 8, 0, 0);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("repeat-copy", "say random vectors again as often as told, then stop", DEFAULT);

    /** Checks the ranges. */
    public RepeatCopyConfig {
        if (minLength > maxLength) {
            throw new UserException("task.min_length: expected at most task.max_length " + maxLength + ", got " + minLength);
        }
        if (minRepeats > maxRepeats) {
            throw new UserException("task.min_repeats: expected at most task.max_repeats " + maxRepeats + ", got " + minRepeats);
        }
    }

    /**
     * These settings without what only training draws.
     *
     * @return the settings of the sequences that evaluations draw
     */
    public RepeatCopyConfig exact() {
        return new RepeatCopyConfig(name, minLength, maxLength, minRepeats, maxRepeats, width, 0, 0);
    }

    @Override
    public String taskName() {
        return "repeat-copy";
    }

    @Override
    public RepeatCopyTask create() {
        return new RepeatCopyTask(Settings.requireWithin(this, "task"));
    }
}
