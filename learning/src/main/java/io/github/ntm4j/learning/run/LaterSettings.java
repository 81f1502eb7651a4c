package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Settings that came after runs had been written. All settings of such a run are in its files but these, and it was without what they are about,
 * whatever its preset brings by now.
 */
final class LaterSettings {
    private static final Set<String> LATER = Set.of("link_interval", "weight_decay");

    private LaterSettings() {}

    /** The settings, with those that a run from before does not have as they are where they do nothing. */
    static ConfigTree complete(ConfigTree given) {
        Map<String, Object> missing = new LinkedHashMap<>(Settings.describe(TrainingConfig.DEFAULT));
        missing.keySet().removeIf(key -> given.has("training." + key));
        return missing.isEmpty() || !LATER.containsAll(missing.keySet())
                ? given
                : given.with(ConfigTree.of(Map.of("training", missing), "defaults"));
    }
}
