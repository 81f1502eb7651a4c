package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;

/**
 * The settings of the task of values by their keys and keys by their values.
 *
 * @param name always {@code key-value-two-way}
 * @param minPairs fewest pairs in training
 * @param maxPairs most pairs in training
 * @param width bits in a key, and in a value
 * @param counted which steps count
 */
public record KeyValueTwoWayConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest pairs in training", min = 1, max = 65536) int minPairs,
        @Setting(value = "most pairs in training", min = 1, max = 65536) int maxPairs,
        @Setting(value = "bits in a key, and in a value", min = 1, max = 16) int width,
        @Setting("which steps count") CountedSteps counted)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** Values by their keys, then keys by their values. */
        KEY_VALUE_TWO_WAY
    }

    /** As in the paper: 2 to 16 pairs of 6 bits each. */
    public static final KeyValueTwoWayConfig DEFAULT = new KeyValueTwoWayConfig(Name.KEY_VALUE_TWO_WAY, 2, 16, 6, CountedSteps.ANSWERS);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("key-value-two-way", "remember pairs and name the value of each key, then the key of each value", DEFAULT);

    /** Checks the range. */
    public KeyValueTwoWayConfig {
        Pairs.check(minPairs, maxPairs, width);
    }

    @Override
    public String taskName() {
        return "key-value-two-way";
    }

    @Override
    public KeyValueTwoWayTask create() {
        return new KeyValueTwoWayTask(Settings.requireWithin(this, "task"));
    }
}
