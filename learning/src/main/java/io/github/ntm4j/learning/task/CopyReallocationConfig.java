package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the copy task that needs rows to be used again.
 *
 * @param name always {@code copy-reallocation}
 * @param minInstances fewest copies in a training sequence
 * @param maxInstances most copies in a training sequence
 * @param minLength fewest vectors to copy at a time in training
 * @param maxLength most vectors to copy at a time in training
 * @param width bits in a vector
 */
public record CopyReallocationConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest copies in a training sequence", min = 1, max = 1000) int minInstances,
        @Setting(value = "most copies in a training sequence", min = 1, max = 1000) int maxInstances,
        @Setting(value = "fewest vectors to copy at a time in training", min = 1, max = 1000) int minLength,
        @Setting(value = "most vectors to copy at a time in training", min = 1, max = 1000) int maxLength,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** Copying again and again. */
        COPY_REALLOCATION
    }

    /** Fifty vectors of 6 bits in all, five at a time. */
    public static final CopyReallocationConfig DEFAULT = new CopyReallocationConfig(Name.COPY_REALLOCATION, 10, 10, 5, 5, 6);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("copy-reallocation", "copy again and again, more vectors in all than a small memory has rows", DEFAULT);

    /** Checks the ranges. */
    public CopyReallocationConfig {
        if (minInstances > maxInstances) {
            throw new UserException("task.min_instances: expected at most task.max_instances " + maxInstances + ", got " + minInstances);
        }
        if (minLength > maxLength) {
            throw new UserException("task.min_length: expected at most task.max_length " + maxLength + ", got " + minLength);
        }
    }

    @Override
    public String taskName() {
        return "copy-reallocation";
    }

    @Override
    public CopyReallocationTask create() {
        return new CopyReallocationTask(Settings.requireWithin(this, "task"));
    }
}
