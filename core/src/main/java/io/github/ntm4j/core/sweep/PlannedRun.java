package io.github.ntm4j.core.sweep;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.run.RunConfig;
import java.util.Map;

/**
 * One training of a sweep.
 *
 * @param combination its settings
 * @param seed its seed
 */
public record PlannedRun(Combination combination, long seed) {
    private static final int LONGEST_NAME = 100;

    /**
     * All settings.
     *
     * @return those of the combination, with the seed
     */
    public RunConfig config() {
        ConfigTree settings = ConfigTree.of(combination.config().toMap(), "sweep");
        return RunConfig.resolve(settings.with(ConfigTree.of(Map.of("seed", seed), "sweep")));
    }

    /**
     * The name of its directory.
     *
     * @return number of the combination, its label and the seed, in characters that no file system minds
     */
    public String name() {
        String label = combination.label().replace(" by ", "-").replaceAll("[^A-Za-z0-9._=+-]+", "_");
        String cut = label.length() > LONGEST_NAME ? label.substring(0, LONGEST_NAME) : label;
        return combination.number() + "-" + cut + "-seed" + seed;
    }
}
