package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the task of copies in a row.
 *
 * @param name always {@code repeat-copy-blocks}
 * @param minInstances fewest copies in a training sequence
 * @param maxInstances most copies in a training sequence
 * @param minLength fewest vectors to copy at a time
 * @param maxLength most vectors to copy at a time in training
 * @param width bits in a vector
 * @param counted which steps count
 */
public record RepeatCopyBlocksConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest copies in a training sequence", min = 1, max = 1000) int minInstances,
        @Setting(value = "most copies in a training sequence", min = 1, max = 1000) int maxInstances,
        @Setting(value = "fewest vectors to copy at a time", min = 1, max = 1000) int minLength,
        @Setting(value = "most vectors to copy at a time in training", min = 1, max = 1000) int maxLength,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width,
        @Setting("which steps count") CountedSteps counted)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** Copies in a row. */
        REPEAT_COPY_BLOCKS
    }

    /** As in the paper, the big version: 1 to 8 copies of 2 to 14 vectors of 8 bits. */
    public static final RepeatCopyBlocksConfig DEFAULT =
            new RepeatCopyBlocksConfig(Name.REPEAT_COPY_BLOCKS, 1, 8, 2, 14, 8, CountedSteps.ALL);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("repeat-copy-blocks", "copy again and again, each time another number of vectors", DEFAULT);

    /** Checks the ranges. */
    public RepeatCopyBlocksConfig {
        if (minInstances > maxInstances) {
            throw new UserException("task.min_instances: expected at most task.max_instances " + maxInstances + ", got " + minInstances);
        }
        if (minLength > maxLength) {
            throw new UserException("task.min_length: expected at most task.max_length " + maxLength + ", got " + minLength);
        }
    }

    @Override
    public String taskName() {
        return "repeat-copy-blocks";
    }

    @Override
    public RepeatCopyBlocksTask create() {
        return new RepeatCopyBlocksTask(Settings.requireWithin(this, "task"));
    }
}
