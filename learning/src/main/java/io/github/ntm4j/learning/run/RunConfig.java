package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.DataSurvey;
import io.github.ntm4j.learning.task.TaskConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.SettingEntry;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import io.github.ntm4j.machines.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a run.
 *
 * @param preset the reading of the paper that the settings began with
 * @param seed where all random numbers come from
 * @param task the task
 * @param machine the machine
 * @param training the training
 */
public record RunConfig(Preset preset, long seed, TaskConfig task, MachineConfig machine, TrainingConfig training) {
    private static final String DEFAULTS = "defaults";
    private static final String TASK = "task";
    private static final String MACHINE = "machine";
    private static final String TRAINING = "training";
    private static final String PRESET = "preset";
    private static final String SEED = "seed";
    private static final String TASK_NAME = "task.name";
    private static final String MACHINE_TYPE = "machine.type";

    /** Checks what belongs to two sections. */
    public RunConfig {
        if (task instanceof DataConfig && training.course().curriculum() > 0) {
            throw new UserException("training.curriculum: expected 0 for sequences from a file, got " + training.course().curriculum());
        }
    }

    /**
     * What stands beside the sections.
     *
     * @param preset the reading of the paper
     * @param seed the seed
     */
    public record Head(
            @Setting("reading of the paper that the other settings begin with") String preset,
            @Setting(value = "where all random numbers come from", min = 0, max = 9e15) long seed) {}

    /** The settings of a preset's machine and training, and of a task, before anything is changed. */
    private static SequencedMap<String, Object> defaults(Preset preset, String task, String machine) {
        SequencedMap<String, Object> map = new LinkedHashMap<>(Settings.describe(new Head(preset.name(), 1)));
        TaskConfig taskConfig = required(TaskKinds.all(), task).defaults();
        map.put(TASK, Settings.describe((Record) taskConfig));
        map.put(MACHINE, Settings.describe((Record) preset.machine(machine)));
        map.put(TRAINING, Settings.describe(preset.training()));
        return map;
    }

    private static <V> V required(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + ": expected one of " + map.keySet());
        }
        return value;
    }

    /**
     * Resolves what a user gave: everything that is not given comes from the preset. Of a file of sequences that was not read before, what
     * its sequences are like is found out by reading it.
     *
     * @param incomplete settings from files and arguments
     * @return all settings
     * @throws io.github.ntm4j.machines.config.UserException if a name is unknown, a value wrong, or settings contradict each other
     */
    public static RunConfig resolve(ConfigTree incomplete) {
        ConfigTree given = LaterSettings.complete(DataSurvey.complete(incomplete));
        String task = given.word(TASK_NAME, List.copyOf(TaskKinds.all().keySet())).orElse(TaskKinds.usual().name());
        MachineKind<?> kind = given.word(MACHINE_TYPE, List.copyOf(MachineKinds.all().keySet())).map(MachineKinds::kind).orElse(MachineKinds.usual());
        Preset preset = given.word(PRESET, Preset.of(kind).stream().map(Preset::name).toList()).map(Preset::new).orElse(Preset.DEFAULT);
        String machine = kind.name();
        ConfigTree defaults = ConfigTree.of(defaults(preset, task, machine), DEFAULTS);
        ConfigTree tree = defaults.overriddenBy(Recipes.settings(preset.name(), task, machine)).overriddenBy(given);
        Head head = new Head(preset.name(), seed(tree));
        return new RunConfig(
                preset,
                head.seed(),
                (TaskConfig) tree.bind(required(TaskKinds.all(), task).type(), TASK),
                tree.bind(kind.type(), MACHINE),
                tree.bind(TrainingConfig.class, TRAINING));
    }

    /**
     * The run that made a machine.
     *
     * @param model the machine
     * @return its settings; null if the file was made elsewhere
     * @throws UserException if they are wrong
     */
    public static @Nullable RunConfig of(Model model) {
        return model.settings().keys().isEmpty() ? null : resolve(model.settings());
    }

    private static long seed(ConfigTree tree) {
        return tree.without(TASK).without(MACHINE).without(TRAINING).bind(Head.class, "").seed();
    }

    /**
     * All settings as they stand in {@code config.yaml}.
     *
     * @return nested maps
     */
    public SequencedMap<String, Object> toMap() {
        SequencedMap<String, Object> map = new LinkedHashMap<>(Settings.describe(new Head(preset.name(), seed)));
        map.put(TASK, Settings.describe((Record) task));
        map.put(MACHINE, Settings.describe((Record) machine));
        map.put(TRAINING, Settings.describe(training));
        return map;
    }

    /**
     * The fewest settings that {@link #resolve} makes these of: task and seed, machine and preset if they are not those of nothing given, and
     * what differs from what these four bring.
     *
     * @return values by dotted key, those that bring others first
     */
    public SequencedMap<String, Object> given() {
        RunConfig nothing = resolve(ConfigTree.EMPTY);
        SequencedMap<String, Object> given = new LinkedHashMap<>();
        given.put(TASK_NAME, task.taskName());
        if (!machine.name().equals(nothing.machine().name())) {
            given.put(MACHINE_TYPE, machine.name());
        }
        if (!preset.equals(nothing.preset())) {
            given.put(PRESET, preset.name());
        }
        given.put(SEED, seed);
        List<SettingEntry> brought = resolve(ConfigTree.of(given, DEFAULTS)).entries();
        for (SettingEntry entry : entries()) {
            if (!brought.contains(entry)) {
                given.put(entry.key(), Objects.requireNonNull(entry.defaultValue()));
            }
        }
        return given;
    }

    private List<SettingEntry> entries() {
        List<SettingEntry> entries = new ArrayList<>(Settings.entries((Record) task, TASK));
        entries.addAll(Settings.entries((Record) machine, MACHINE));
        entries.addAll(Settings.entries(training, TRAINING));
        return entries;
    }
}
