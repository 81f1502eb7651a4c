package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the dynamic n-grams task.
 *
 * @param name always {@code dynamic-ngrams}
 * @param minLength bits of the shortest training sequence
 * @param maxLength bits of the longest training sequence
 * @param context bits that decide how likely the next one is
 */
public record DynamicNgramsConfig(
        @Setting("the task") Name name,
        @Setting(value = "bits of the shortest training sequence", min = 1, max = 100000) int minLength,
        @Setting(value = "bits of the longest training sequence", min = 1, max = 100000) int maxLength,
        @Setting(value = "bits that decide how likely the next one is", min = 1, max = 16) int context)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** The dynamic n-grams task. */
        DYNAMIC_NGRAMS
    }

    /** As in the paper: 6-grams, 200 bits. */
    public static final DynamicNgramsConfig DEFAULT = new DynamicNgramsConfig(Name.DYNAMIC_NGRAMS, 200, 200, 5);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("dynamic-ngrams", "predict bits whose odds depend on the last few and differ every time", DEFAULT);

    /** Checks the range. */
    public DynamicNgramsConfig {
        if (minLength > maxLength) {
            throw new UserException("task.min_length: expected at most task.max_length " + maxLength + ", got " + minLength);
        }
    }

    @Override
    public String taskName() {
        return "dynamic-ngrams";
    }

    @Override
    public DynamicNgramsTask create() {
        return new DynamicNgramsTask(Settings.requireWithin(this, "task"));
    }
}
