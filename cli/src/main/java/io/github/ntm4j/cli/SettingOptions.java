package io.github.ntm4j.cli;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.Settings;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.run.Catalogue;
import io.github.ntm4j.core.run.Preset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide the settings of a run. */
final class SettingOptions {
    private static final String SET = "--set";
    private static final String BUDGET = "training.sequences";

    @Option(names = "--machine", paramLabel = "MACHINE", description = "The machine, see ntm machines (default: ntm-lstm).")
    private @Nullable String machine;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "The settings to begin with: default, or those of a publication: graves-2014, collier-2018, pytorch-ntm.")
    private @Nullable String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML, as in the config.yaml of a run.")
    private @Nullable Path config;

    @Option(
            names = SET,
            paramLabel = "KEY=VALUE",
            description = "One setting, such as machine.rows=64. Wins over --config; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Where all random numbers come from (default: 1).")
    private @Nullable String seed;

    @Option(names = "--sequences", paramLabel = "N", description = "The budget: the training ends after so many sequences at the latest.")
    private @Nullable String sequences;

    /**
     * The settings that were given, those of the file first.
     *
     * @param task the task that was named as an argument, if one was
     * @throws UserException if a name is unknown, the file cannot be read, or two options contradict each other
     */
    ConfigTree given(@Nullable String task) {
        ConfigTree file = config == null ? ConfigTree.EMPTY : ConfigTree.read(config);
        return file.with(options(task));
    }

    /** What was given of the settings of a training that goes on. */
    ConfigTree changes() {
        return options(null);
    }

    /** The options given here that a training that goes on cannot take. */
    List<String> fixedAtStart() {
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        fixed.put("--machine", machine);
        fixed.put("--preset", preset);
        fixed.put("--config", config);
        fixed.put("--seed", seed);
        fixed.values().removeIf(value -> value == null);
        return List.copyOf(fixed.keySet());
    }

    private ConfigTree options(@Nullable String task) {
        Map<String, String> sources = new LinkedHashMap<>();
        ConfigTree tree = ConfigTree.EMPTY;
        tree = with(tree, sources, "the argument", "task.name", known(task, Catalogue.tasks().sequencedKeySet(), "task"));
        tree = with(tree, sources, "--machine", "machine.type", known(machine, Catalogue.machines().sequencedKeySet(), "machine"));
        tree = with(tree, sources, "--preset", "preset", known(preset, Settings.words(Preset.class).sequencedKeySet(), "preset"));
        tree = with(tree, sources, "--seed", "seed", seed);
        tree = with(tree, sources, "--sequences", BUDGET, sequences);
        for (String assignment : assignments) {
            ConfigTree one = ConfigTree.assignment(assignment);
            String key = one.keys().getFirst();
            refuseTwice(sources, SET + " " + assignment, key, assignment.substring(assignment.indexOf('=') + 1).strip());
            tree = tree.with(one);
        }
        return tree;
    }

    private static @Nullable String known(@Nullable String name, SequencedCollection<String> names, String kind) {
        return name == null ? null : Names.known(name, names, kind);
    }

    private static ConfigTree with(
            ConfigTree tree, Map<String, String> sources, String option, String key, @Nullable String value) {
        if (value == null) {
            return tree;
        }
        refuseTwice(sources, option + " " + value, key, value);
        return tree.with(ConfigTree.option(option, key, value));
    }

    /** Two options may say the same, but not two things of one setting. */
    private static void refuseTwice(Map<String, String> sources, String source, String key, String value) {
        String before = sources.putIfAbsent(key, source);
        if (before != null && !before.endsWith("=" + value) && !before.endsWith(" " + value)) {
            throw new UserException(source + " contradicts " + before + ": both set " + key);
        }
    }
}
