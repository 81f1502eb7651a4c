package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the associative recall task.
 *
 * @param name always {@code associative-recall}
 * @param minItems fewest items in training
 * @param maxItems most items in training
 * @param itemLength vectors in an item
 * @param width bits in a vector
 */
public record AssociativeRecallConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest items in training", min = 2, max = 10000) int minItems,
        @Setting(value = "most items in training", min = 2, max = 10000) int maxItems,
        @Setting(value = "vectors in an item", min = 1, max = 100) int itemLength,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** The associative recall task. */
        ASSOCIATIVE_RECALL
    }

    /** As in the paper: 2 to 6 items of three vectors of 6 bits. */
    public static final AssociativeRecallConfig DEFAULT = new AssociativeRecallConfig(Name.ASSOCIATIVE_RECALL, 2, 6, 3, 6);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("associative-recall", "remember a list of items and name the one behind the item asked for", DEFAULT);

    /** Checks the range. */
    public AssociativeRecallConfig {
        if (minItems > maxItems) {
            throw new UserException("task.min_items: expected at most task.max_items " + maxItems + ", got " + minItems);
        }
    }

    @Override
    public String taskName() {
        return "associative-recall";
    }

    @Override
    public AssociativeRecallTask create() {
        return new AssociativeRecallTask(Settings.requireWithin(this, "task"));
    }
}
