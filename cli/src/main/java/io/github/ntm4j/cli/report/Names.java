package io.github.ntm4j.cli.report;

import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.config.Nearest;
import io.github.ntm4j.machines.config.UserException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Names that users type, checked against those that are known. */
public final class Names {
    private Names() {}

    /**
     * A name that must be known.
     *
     * @param kind what it names, for messages
     * @throws UserException naming the nearest name and all that are known
     */
    public static String known(String name, Collection<String> known, String kind) {
        if (!known.contains(name)) {
            throw new UserException("unknown " + kind + " " + UserException.quote(name) + Nearest.suggestion(name, known)
                    + " (known: " + String.join(", ", known) + ")");
        }
        return name;
    }

    /** The entry of one name, or all when the name is empty. */
    public static <V> SequencedMap<String, V> only(SequencedMap<String, V> entries, String name, String kind) {
        if (name.isEmpty()) {
            return entries;
        }
        known(name, entries.keySet(), kind);
        SequencedMap<String, V> one = new LinkedHashMap<>(entries);
        one.keySet().removeIf(other -> !other.equals(name));
        return one;
    }

    /** The names of all presets. */
    public static List<String> presets() {
        return Preset.all().stream().map(Preset::name).toList();
    }

    /** A preset by name, the project's own when there is none. */
    public static Preset preset(@Nullable String name) {
        return name == null ? Preset.DEFAULT : new Preset(known(name, presets(), "preset"));
    }
}
