package io.github.ntm4j.learning.suite;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.Seeds;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Nearest;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * A suite of experiments: every task with every machine and several seeds.
 *
 * @param name what it is called
 * @param about what it is, in one line
 * @param tasks names of tasks, in the order of the report
 * @param machines names of machines
 * @param seeds seeds of each experiment, such as {@code 1..5}
 * @param quickMachines the machines of a quick run
 * @param quickSeeds the seeds of a quick run
 * @param quickSequences sequences after which a training of a quick run ends, by task, where that is less than its budget
 */
public record Suite(
        String name,
        String about,
        List<String> tasks,
        List<String> machines,
        String seeds,
        List<String> quickMachines,
        String quickSeeds,
        Map<String, Long> quickSequences) {
    /** The suite that is run where none is named. */
    public static final String USUAL = "paper";

    private static final String SUFFIX = ".yaml";
    private static final String BUDGETS = "quick.sequences";
    private static final Set<String> KEYS = new TreeSet<>(Set.of("about", "tasks", "machines", "seeds", "quick"));

    /**
     * A suite by its name, or from a file.
     *
     * @param name a name, or a path that ends in {@code .yaml}
     * @return the suite
     * @throws UserException if there is none, or a key or a name in it is unknown
     */
    public static Suite named(String name) {
        if (name.endsWith(SUFFIX)) {
            Path file = Path.of(name);
            String title = String.valueOf(file.getFileName());
            return of(title.substring(0, title.length() - SUFFIX.length()), Yaml.read(file), name);
        }
        if (!names().contains(name)) {
            throw new UserException("unknown suite " + UserException.quote(name) + Nearest.suggestion(name, names()) + " (known: "
                    + String.join(", ", names()) + ", or a file that ends in " + SUFFIX + ")");
        }
        return of(name, Yaml.parse(resource(name + SUFFIX), "suites/" + name + SUFFIX), "suites/" + name + SUFFIX);
    }

    /**
     * The suites that come with ntm4j.
     *
     * @return their names
     */
    public static List<String> names() {
        return resource("suites.txt").lines().toList();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Suite.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static Suite of(String name, ConfigTree tree, String source) {
        for (String key : tree.keys()) {
            if (!KEYS.contains(key.replaceFirst("\\..*", ""))) {
                throw tree.problem(key, "no part of a suite, which has " + String.join(", ", KEYS));
            }
        }
        for (String part : List.of("tasks", "machines")) {
            if (tree.value(part).isEmpty()) {
                throw new UserException(source + ": " + part + ": is missing; expected a list of names");
            }
        }
        List<String> machines = names(tree, "machines", MachineKinds.all().keySet());
        String seeds = tree.text("seeds").orElse("1..5");
        List<String> quick = names(tree, "quick.machines", MachineKinds.all().keySet());
        ConfigTree budgets = tree.part(BUDGETS);
        SequencedMap<String, Long> sequences = new LinkedHashMap<>();
        for (String task : budgets.keys()) {
            if (!(budgets.value(task).orElse("") instanceof Number number)) {
                throw budgets.problem(task, "expected a number of sequences");
            }
            sequences.put(task, number.longValue());
        }
        return new Suite(
                name,
                tree.text("about").orElse(name),
                names(tree, "tasks", TaskKinds.drawn().keySet()),
                machines,
                seeds,
                quick.isEmpty() ? machines : quick,
                tree.text("quick.seeds").orElse("1"),
                sequences);
    }

    private static List<String> names(ConfigTree tree, String key, Collection<String> known) {
        Object value = tree.value(key).orElse(List.of());
        if (!(value instanceof List<?> list)) {
            throw tree.problem(key, "expected a list of names");
        }
        for (Object each : list) {
            if (!known.contains(String.valueOf(each))) {
                throw tree.problem(key, "expected names of " + String.join(", ", known) + ", got " + UserException.quote(String.valueOf(each)));
            }
        }
        return list.stream().map(String::valueOf).toList();
    }

    /**
     * Each task with each machine and each seed.
     *
     * @param given settings that all runs share, such as the preset
     * @param someTasks names of tasks
     * @param someMachines names of machines
     * @param some the seeds, as users write them
     * @param option what messages call the place that the seeds come from
     * @param quick whether the tasks that take longest get a smaller budget
     * @return the plan
     * @throws UserException if a setting is unknown or wrong
     */
    public SweepPlan plan(
            ConfigTree given, List<String> someTasks, List<String> someMachines, String some, String option, boolean quick) {
        return SweepPlan.named(
                someTasks.stream()
                        .flatMap(task -> someMachines.stream().map(machine -> resolve(given, task, machine, quick)))
                        .toList(),
                Seeds.parse(some, option));
    }

    private RunConfig resolve(ConfigTree given, String task, String machine, boolean quick) {
        ConfigTree tree = SweepPlan.settings(given)
                .with(ConfigTree.of(Map.of("task", Map.of("name", task), "machine", Map.of("type", machine)), "reproduce"));
        RunConfig config = RunConfig.resolve(tree);
        long budget = quickSequences.getOrDefault(task, Long.MAX_VALUE);
        return quick && config.training().course().sequences() > budget
                ? RunConfig.resolve(tree.with(ConfigTree.of(Map.of("training", Map.of("sequences", budget)), "reproduce")))
                : config;
    }
}
