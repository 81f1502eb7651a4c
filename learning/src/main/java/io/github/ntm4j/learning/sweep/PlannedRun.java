package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One training of a sweep.
 *
 * @param combination its settings
 * @param seed its seed
 */
public record PlannedRun(Combination combination, long seed) {
    private static final int LONGEST_NAME = 100;

    /** A file system has 255 for a name. */
    private static final int MOST_BYTES = 200;

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
        String label = combination.label().replace(" by ", "-").replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{So}\\x{1F3FB}-\\x{1F3FF}\u200d._=+-]+", "_");
        int letters = label.codePointCount(0, label.length());
        int end = label.offsetByCodePoints(0, Math.min(letters, LONGEST_NAME));
        while (label.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            end = label.offsetByCodePoints(end, -1);
        }
        return combination.number() + "-" + label.substring(0, end) + "-seed" + seed;
    }
}
