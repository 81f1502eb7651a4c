package io.github.ntm4j.machines.machine;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Providers;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of machines that can be chosen by name: those that come with ntm4j, and those of {@linkplain MachineProvider others}, which are looked
 * for once, with the class loader of the thread that asks first.
 */
public final class MachineKinds {
    private static final List<MachineKind<?>> OURS = List.of(NtmConfig.LSTM_KIND, NtmConfig.FEED_FORWARD_KIND, LstmConfig.KIND, DncConfig.KIND);

    private static volatile @Nullable MachineKinds known;

    private final SequencedMap<String, MachineKind<?>> kinds = new LinkedHashMap<>();
    private final List<URL> recipes;

    private MachineKinds() {
        ServiceLoader<MachineProvider> others = ServiceLoader.load(MachineProvider.class);
        OURS.forEach(kind -> kinds.put(kind.name(), kind));
        List<MachineKind<?>> theirs = Providers.given(others, "machines", MachineProvider::kinds);
        theirs.forEach(kind -> Providers.add(kinds, kind.name(), kind, "machine"));
        recipes = Providers.given(others, "machines", MachineProvider::recipes);
    }

    private static MachineKinds known() {
        MachineKinds found = known;
        if (found == null) {
            found = new MachineKinds();
            known = found;
        }
        return found;
    }

    /**
     * All kinds.
     *
     * @return by name
     * @throws io.github.ntm4j.machines.config.UserException if somebody provides a machine that cannot be used
     */
    public static SequencedMap<String, MachineKind<?>> all() {
        return new LinkedHashMap<>(known().kinds);
    }

    /**
     * The recipes that others provide with their machines.
     *
     * @return files of recipes
     */
    public static List<URL> recipes() {
        return known().recipes;
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
        MachineKind<?> kind = known().kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("machine: expected one of " + known().kinds.keySet() + ", got " + name);
        }
        return kind;
    }

    /**
     * The machine that the settings of a run are of.
     *
     * @param settings all settings of a run, or those that are not as in its preset
     * @return the settings of the machine
     * @throws io.github.ntm4j.machines.config.UserException if there is no such machine or preset, or a setting is wrong
     */
    public static MachineConfig of(ConfigTree settings) {
        MachineKind<?> kind = settings.word("machine.type", List.copyOf(all().keySet())).map(MachineKinds::kind).orElse(usual());
        String preset = settings.word("preset", List.copyOf(presets(Stream.of(kind)).keySet())).orElse(MachineKind.DEFAULT_PRESET);
        ConfigTree defaults = ConfigTree.of(Map.of("machine", Settings.describe((Record) kind.preset(preset))), "defaults");
        return (MachineConfig) defaults.overriddenBy(settings.section("machine")).bind(kind.type(), "machine");
    }

    /**
     * The presets that some kinds have.
     *
     * @param kinds the kinds
     * @return what the presets are called and where they come from, each once
     */
    public static SequencedMap<String, String> presets(Stream<MachineKind<?>> kinds) {
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        kinds.flatMap(kind -> kind.isBaseline() ? known().kinds.values().stream() : Stream.of(kind))
                .flatMap(kind -> kind.presets().stream())
                .forEach(preset -> sources.putIfAbsent(preset.name(), preset.source()));
        return sources;
    }
}
