package io.github.ntm4j.studio.run;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.run.RunFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the list of runs tells of the settings of a run.
 *
 * @param task the task
 * @param machine the machine
 * @param seed the seed, -1 if it cannot be read
 * @param budget sequences that it may take, 0 if it cannot be read
 * @param learningRate step size, 0 if it cannot be read
 * @param others all settings but the seed and the budget, by dotted key: runs that have these in common differ by chance alone
 * @param problem why they cannot be read
 */
record RunSettings(
        String task, String machine, long seed, long budget, double learningRate, Map<String, Object> others, @Nullable String problem) {

    /** Reads {@code config.yaml}. */
    static RunSettings read(RunFolder run) {
        try {
            RunConfig config = RunConfig.resolve(ConfigTree.read(run.config()));
            SequencedMap<String, Object> others = new LinkedHashMap<>();
            flatten("", config.toMap(), others);
            others.remove("seed");
            others.remove("training.sequences");
            return new RunSettings(
                    config.task().taskName(),
                    config.machine().name(),
                    config.seed(),
                    config.training().sequences(),
                    config.training().learningRate(),
                    others,
                    null);
        } catch (UserException damaged) {
            return new RunSettings("", "", -1, 0, 0, Map.of(), damaged.getMessage());
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> into) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, into);
            } else {
                into.put(prefix + key, String.valueOf(value));
            }
        });
    }
}
