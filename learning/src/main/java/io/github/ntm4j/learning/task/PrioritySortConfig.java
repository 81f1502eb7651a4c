package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the priority sort task.
 *
 * @param name always {@code priority-sort}
 * @param minItems fewest vectors in training
 * @param maxItems most vectors in training
 * @param answerShare how many of the vectors are wanted, as a share
 * @param width bits in a vector
 */
public record PrioritySortConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest vectors in training", min = 1, max = 10000) int minItems,
        @Setting(value = "most vectors in training", min = 1, max = 10000) int maxItems,
        @Setting(value = "how many of the vectors are wanted, as a share", min = 0, max = 1) double answerShare,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** The priority sort task. */
        PRIORITY_SORT
    }

    /** As in the paper: the 16 of highest priority out of 20 vectors of 8 bits. */
    public static final PrioritySortConfig DEFAULT = new PrioritySortConfig(Name.PRIORITY_SORT, 20, 20, 0.8, 8);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("priority-sort", "sort random vectors by their priorities", DEFAULT);

    /** Checks the range. */
    public PrioritySortConfig {
        if (minItems > maxItems) {
            throw new UserException("task.min_items: expected at most task.max_items " + maxItems + ", got " + minItems);
        }
    }

    @Override
    public String taskName() {
        return "priority-sort";
    }

    @Override
    public PrioritySortTask create() {
        return new PrioritySortTask(Settings.requireWithin(this, "task"));
    }
}
