package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;

/**
 * The settings of the task of values by their keys.
 *
 * @param name always {@code key-value}
 * @param minPairs fewest pairs in training
 * @param maxPairs most pairs in training
 * @param width bits in a key, and in a value
 * @param counted which steps count
 */
public record KeyValueConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest pairs in training", min = 1, max = 65536) int minPairs,
        @Setting(value = "most pairs in training", min = 1, max = 65536) int maxPairs,
        @Setting(value = "bits in a key, and in a value", min = 1, max = 16) int width,
        @Setting("which steps count") CountedSteps counted)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** Values by their keys. */
        KEY_VALUE
    }

    /** As in the paper: 2 to 16 pairs of 6 bits each. */
    public static final KeyValueConfig DEFAULT = new KeyValueConfig(Name.KEY_VALUE, 2, 16, 6, CountedSteps.ANSWERS);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("key-value", "remember pairs and name the value of each key", DEFAULT);

    /** Checks the range. */
    public KeyValueConfig {
        Pairs.check(minPairs, maxPairs, width);
    }

    @Override
    public String taskName() {
        return "key-value";
    }

    @Override
    public KeyValueTask create() {
        return new KeyValueTask(Settings.requireWithin(this, "task"));
    }
}
