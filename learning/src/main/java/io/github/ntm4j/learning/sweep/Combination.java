package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One setting of everything, to be trained with each seed of a sweep.
 *
 * @param number which of the combinations it is, from 1
 * @param varied the settings in which it may differ from the others, with their values; none where there is only one combination
 * @param config all settings; those of a run have its seed
 */
public record Combination(int number, SequencedMap<String, Object> varied, RunConfig config) {
    /** Keeps a copy. */
    public Combination {
        varied = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(varied));
    }

    /**
     * The combination in a few words.
     *
     * @return the settings that vary with short names, or task and machine where none does
     */
    public String label() {
        return varied.isEmpty()
                ? config.task().label() + " by " + config.machine().name()
                : varied.entrySet().stream()
                        .map(entry -> SweepPlan.shortName(entry.getKey(), varied.keySet()) + "=" + Settings.text(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
