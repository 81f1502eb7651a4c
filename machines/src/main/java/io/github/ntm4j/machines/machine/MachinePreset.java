package io.github.ntm4j.machines.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The settings of a machine in a publication or an implementation.
 *
 * @param name the name under which users choose it
 * @param source where the settings come from
 * @param changes what is other than in the project's own settings, by key
 */
public record MachinePreset(String name, String source, SequencedMap<String, Object> changes) {
    /**
     * A preset.
     *
     * @param name the name under which users choose it
     * @param source where the settings come from
     * @param changes what is other than in the project's own settings, by key, of which it keeps a copy
     */
    public MachinePreset(String name, String source, Map<String, ?> changes) {
        this(name, source, (SequencedMap<String, Object>) new LinkedHashMap<String, Object>(changes));
    }
}
