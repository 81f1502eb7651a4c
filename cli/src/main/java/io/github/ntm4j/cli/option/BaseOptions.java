package io.github.ntm4j.cli.option;

import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide where settings begin, before single ones are set. */
public final class BaseOptions {
    /** Names of files of sequences, also of those that are not there. */
    private static final Pattern DATA = Pattern.compile("\\.(jsonl|ndjson|csv|tsv|npz|npy|gz)$", Pattern.CASE_INSENSITIVE);

    private static final String ARGUMENT = "the argument";
    private static final String SEQUENCES = "--sequences";
    private static final String BUDGET = "training.sequences";

    @Option(names = "--machine", paramLabel = "MACHINE", description = "The machine, see ntm machines (default: the first of them).")
    private @Nullable String machine;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "The settings to begin with: default, or those of a publication: graves-2014, collier-2018, pytorch-ntm.")
    private @Nullable String preset;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML, as in the config.yaml of a run.")
    private @Nullable Path config;

    @Option(names = SEQUENCES, paramLabel = "N", description = "The budget: the training ends after so many sequences at the latest.")
    private @Nullable String sequences;

    /** The settings of {@code --config}. */
    public ConfigTree file() {
        return config == null ? ConfigTree.EMPTY : Yaml.read(config);
    }

    /**
     * What the other options set.
     *
     * @param task the task that was named as an argument, if one was
     * @param sources takes the option that set each key
     */
    public ConfigTree options(@Nullable String task, Map<String, String> sources) {
        ConfigTree tree = ConfigTree.EMPTY;
        if (task != null && isFile(task)) {
            tree = with(tree, sources, ARGUMENT, "task.name", DataConfig.KIND.name());
            tree = with(tree, sources, ARGUMENT, "task.file", task);
        } else {
            tree = with(tree, sources, ARGUMENT, "task.name", known(task, TaskKinds.drawn().sequencedKeySet(), "task"));
        }
        tree = with(tree, sources, "--machine", "machine.type", known(machine, MachineKinds.all().sequencedKeySet(), "machine"));
        tree = with(tree, sources, "--preset", "preset", known(preset, Names.presets(), "preset"));
        return with(tree, sources, SEQUENCES, BUDGET, sequences);
    }

    /** Whether what somebody names as a task is a file of sequences. */
    private static boolean isFile(String task) {
        return !TaskKinds.drawn().containsKey(task)
                && (DATA.matcher(task).find() || task.contains(File.separator) || Files.isRegularFile(Path.of(task)));
    }

    /** The options given here that a training that goes on cannot take. */
    List<String> fixedAtStart() {
        List<String> fixed = new ArrayList<>(given());
        fixed.remove(SEQUENCES);
        return fixed;
    }

    /** The options given here. */
    public List<String> given() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--machine", machine);
        given.put("--preset", preset);
        given.put("--config", config);
        given.put(SEQUENCES, sequences);
        given.values().removeIf(value -> value == null);
        return List.copyOf(given.keySet());
    }

    private static @Nullable String known(@Nullable String name, SequencedCollection<String> names, String kind) {
        return name == null ? null : Names.known(name, names, kind);
    }

    /** A tree in which an option has set one more key, unless its value was not given. */
    static ConfigTree with(
            ConfigTree tree, Map<String, String> sources, String option, String key, @Nullable String value) {
        if (value == null) {
            return tree;
        }
        refuseTwice(sources, option + " " + value, key, value);
        return tree.with(ConfigTree.option(option, key, value));
    }

    /** Two options may say the same, but not two things of one setting. */
    public static void refuseTwice(Map<String, String> sources, String source, String key, String value) {
        String before = sources.putIfAbsent(key, source);
        if (before != null && !before.endsWith("=" + value) && !before.endsWith(" " + value)) {
            throw new UserException(source + " contradicts " + before + ": both set " + key);
        }
    }
}
