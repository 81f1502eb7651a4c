package io.github.ntm4j.learning.recipe;

import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What belongs to some tasks, machines and presets. An entry of a file, such as
 *
 * <pre>
 * memory:
 *   machines: [ntm-lstm, ntm-ff]
 *   presets: [default]
 *   why: what is found by content needs the gate open
 *   settings: {machine.read_heads: 4, machine.gate_bias: 0}
 *   figure: 8 at 20 items
 *   known: "usual for associative-recall: 8 of 8 runs left theirs within 30,000 sequences"
 *   otherwise: if it lasts longer, try another --seed
 *   helped:
 *     heads: {when: machine.read_heads &lt; 4, try: "machine.read_heads=4 (43,000 sequences, with one head 53,000)"}
 * </pre>
 *
 * @param place its file and name, for messages
 * @param tasks of which tasks; all if empty
 * @param machines of which machines; all if empty
 * @param presets with which presets; all if empty
 * @param settings what is other than in the settings of machine, training and task, under their full keys
 * @param figure what a publication measured
 * @param known what is known of a training that stands still
 * @param otherwise what to do then if nothing is known to help
 * @param helped what helped others
 */
public record Recipe(
        String place,
        List<String> tasks,
        List<String> machines,
        List<String> presets,
        ConfigTree settings,
        Optional<String> figure,
        Optional<String> known,
        Optional<String> otherwise,
        List<Remedy> helped) {
    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("tasks", "machines", "presets", "why", "settings", "figure", "known", "otherwise", "helped"));
    private static final String HELPED = "helped";
    private static final String SETTINGS = "settings";

    /**
     * A setting that helped others.
     *
     * @param when whether a run lacks it
     * @param advice what to try, and what it did for others
     */
    public record Remedy(Condition when, String advice) {
        /**
         * Whether a run lacks it.
         *
         * @param run all settings of the run
         * @return true if it could try it
         */
        public boolean isMissing(ConfigTree run) {
            return when.holds(run);
        }
    }

    /**
     * The recipes of a file.
     *
     * @param file its settings, by the names of the recipes
     * @param name what messages call it
     * @return the recipes, in the order of the file
     * @throws UserException if a key is none of a recipe, or its value no such value
     */
    static List<Recipe> all(ConfigTree file, String name) {
        return file.keys().stream()
                .map(key -> key.replaceFirst("\\..*", ""))
                .distinct()
                .map(entry -> of(file.part(entry), name + ": " + entry))
                .toList();
    }

    private static Recipe of(ConfigTree entry, String place) {
        for (String key : entry.keys()) {
            if (!KEYS.contains(key.replaceFirst("\\..*", ""))) {
                throw entry.problem(key, "no part of a recipe, which has " + String.join(", ", KEYS));
            }
        }
        ConfigTree helped = entry.part(HELPED);
        List<Remedy> remedies = new ArrayList<>();
        for (String remedy : helped.keys().stream().map(key -> key.replaceFirst("\\..*", "")).distinct().toList()) {
            remedies.add(new Remedy(
                    Condition.parse(required(helped, remedy + ".when"), place + "." + HELPED + "." + remedy), required(helped, remedy + ".try")));
        }
        return new Recipe(
                place,
                words(entry, "tasks"),
                words(entry, "machines"),
                words(entry, "presets"),
                entry.part(SETTINGS),
                entry.text("figure"),
                entry.text("known"),
                entry.text("otherwise"),
                List.copyOf(remedies));
    }

    private static String required(ConfigTree tree, String key) {
        return tree.text(key).orElseThrow(() -> tree.problem(key, "is missing; expected text"));
    }

    private static List<String> words(ConfigTree entry, String key) {
        Object value = entry.value(key).orElse(List.of());
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw entry.problem(key, "expected a list of names");
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** The same, of the file of a task, machine or preset, whose name need not be said again. */
    Recipe within(List<String> ofTask, List<String> ofMachine, List<String> ofPreset) {
        return new Recipe(
                place,
                tasks.isEmpty() ? ofTask : tasks,
                machines.isEmpty() ? ofMachine : machines,
                presets.isEmpty() ? ofPreset : presets,
                settings,
                figure,
                known,
                otherwise,
                helped);
    }

    boolean isOf(String task, String machine) {
        return (tasks.isEmpty() || tasks.contains(task)) && (machines.isEmpty() || machines.contains(machine));
    }

    boolean isWith(String preset) {
        return presets.isEmpty() || presets.contains(preset);
    }
}
