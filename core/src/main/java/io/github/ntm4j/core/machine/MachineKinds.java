package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.dnc.DncConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The kinds of machines that can be chosen by name: those that come with ntm4j, and those of users. */
public final class MachineKinds {
    private static final List<MachineKind<?>> OURS = List.of(NtmConfig.LSTM_KIND, NtmConfig.FEED_FORWARD_KIND, LstmConfig.KIND, DncConfig.KIND);

    private MachineKinds() {}

    /**
     * All kinds.
     *
     * @return by name
     */
    public static SequencedMap<String, MachineKind<?>> all() {
        SequencedMap<String, MachineKind<?>> kinds = new LinkedHashMap<>();
        OURS.forEach(kind -> kinds.put(kind.name(), kind));
        return kinds;
    }

    /**
     * The kind that is taken where none is named.
     *
     * @return a kind
     */
    public static MachineKind<?> usual() {
        return OURS.getFirst();
    }

    /**
     * A kind by its name.
     *
     * @param name the name
     * @return the kind
     * @throws IllegalArgumentException if there is none
     */
    public static MachineKind<?> kind(String name) {
        MachineKind<?> kind = all().get(name);
        if (kind == null) {
            throw new IllegalArgumentException("machine: expected one of " + all().keySet() + ", got " + name);
        }
        return kind;
    }

    /**
     * The presets that some kinds have.
     *
     * @param kinds the kinds
     * @return what the presets are called and where they come from, each once
     */
    public static SequencedMap<String, String> presets(Stream<MachineKind<?>> kinds) {
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        kinds.flatMap(kind -> (kind.isBaseline() ? all().values().stream() : Stream.of(kind)))
                .flatMap(kind -> kind.presets().stream())
                .forEach(preset -> sources.putIfAbsent(preset.name(), preset.source()));
        return sources;
    }
}
