package io.github.ntm4j.core.run;

import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.MachineKind;
import io.github.ntm4j.core.machine.MachineKinds;
import io.github.ntm4j.core.training.TrainingConfig;
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
     * The training's settings. Graves, Wayne and Danihelka 2014: RMSProp of Graves 2013 with rate 1e-4 and momentum 0.9, one sequence an update,
     * gradients clipped elementwise to 10; its learning curves end at 1,000,000 sequences. Collier and Beel 2018: Adam with rate 1e-3, 31,250
     * batches of 32, gradient norm 50. The PyTorch implementation: RMSProp with rate 1e-4, 50,000 updates of one sequence, gradients clipped
     * elementwise to 10; its optimiser is not centred and has its epsilon outside the root, this one is, and has one that hardly counts inside.
     *
     * @return the settings
     */
    public TrainingConfig training() {
        return Settings.with(TrainingConfig.DEFAULT, switch (name) {
            case "graves-2014" -> Map.of("batch", 1, "sequences", 1_000_000, "learning_rate", 1e-4, "solved_rate", 1);
            case "collier-2018" -> Map.of(
                    "batch", 32,
                    "sequences", 1_000_000,
                    "optimiser", "adam",
                    "learning_rate", 1e-3,
                    "solved_rate", 1,
                    "epsilon", 1e-8,
                    "clip", "norm",
                    "clip_limit", 50);
            case "pytorch-ntm", "pytorch-ntm-softplus-shift", "pytorch-ntm-relu" -> Map.of(
                    "batch", 1,
                    "sequences", 50_000,
                    "learning_rate", 1e-4,
                    "solved_rate", 1,
                    "epsilon", 1e-8,
                    "loss", "per-bit");
            case "graves-2016" -> Map.of("batch", 16, "learning_rate", 1e-4, "solved_rate", 1, "epsilon", 1e-10);
            case "deepmind-dnc" -> Map.of(
                    "batch", 16,
                    "sequences", 1_600_000,
                    "learning_rate", 1e-4,
                    "solved_rate", 1,
                    "momentum", 0,
                    "decay", 0.9,
                    "epsilon", 1e-10,
                    "clip", "norm",
                    "clip_limit", 50);
            case "csordas-2019" -> Map.of(
                    "batch", 16,
                    "sequences", 1_600_000,
                    "learning_rate", 1e-4,
                    "solved_rate", 1,
                    "decay", 0.99,
                    "epsilon", 1e-10,
                    "clip", "norm",
                    "clip_limit", 10);
            case "franke-2018" -> Map.of("batch", 32, "learning_rate", 1e-4, "solved_rate", 1, "decay", 0.9, "epsilon", 1e-8, "clip", "norm", "clip_limit", 10);
            default -> Map.of();
        });
    }

    /** The name, as users write it. */
    @Override
    public String toString() {
        return name;
    }
}
