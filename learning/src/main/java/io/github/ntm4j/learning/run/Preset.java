package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * A publication, or an implementation: the settings of machine and training that belong together.
 *
 * @param name the name under which users choose it
 */
public record Preset(String name) {
    /** The project's own: what learns best over many seeds. */
    public static final Preset DEFAULT = new Preset(MachineKind.DEFAULT_PRESET);

    private static final String TRAINING = "training";

    /** Checks that there is such a preset. */
    public Preset {
        if (!sources().containsKey(name)) {
            throw new IllegalArgumentException("preset: expected one of " + sources().keySet() + ", got " + name);
        }
    }

    private static SequencedMap<String, String> sources() {
        return MachineKinds.presets(MachineKinds.all().values().stream());
    }

    /**
     * All presets of all machines.
     *
     * @return the presets, those of the first machine first
     */
    public static List<Preset> all() {
        return sources().keySet().stream().map(Preset::new).toList();
    }

    /**
     * The presets of a machine.
     *
     * @param kind which machine
     * @return the presets, {@link #DEFAULT} first
     */
    public static List<Preset> of(MachineKind<?> kind) {
        return MachineKinds.presets(Stream.of(kind)).keySet().stream().map(Preset::new).toList();
    }

    /**
     * Where the settings come from.
     *
     * @return a publication
     */
    public String source() {
        return Objects.requireNonNull(sources().get(name));
    }

    /**
     * The machine's settings.
     *
     * @param machine which machine, one of {@link MachineKinds#all}
     * @return the settings
     */
    public MachineConfig machine(String machine) {
        return MachineKinds.kind(machine).preset(name);
    }

    /**
     * The training's settings, whatever the task and the machine.
     *
     * @return the settings
     */
    public TrainingConfig training() {
        ConfigTree defaults = ConfigTree.of(Map.of(TRAINING, Settings.describe(TrainingConfig.DEFAULT)), "defaults");
        return defaults.overriddenBy(Recipes.training(name)).bind(TrainingConfig.class, TRAINING);
    }

    /** The name, as users write it. */
    @Override
    public String toString() {
        return name;
    }
}
