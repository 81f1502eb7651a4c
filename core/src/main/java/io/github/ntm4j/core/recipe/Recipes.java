package io.github.ntm4j.core.recipe;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.MachineKinds;
import io.github.ntm4j.core.task.TaskKinds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recipes that come with ntm4j: a file for each preset, machine and task that has some, called by its name. Those of presets come first and
 * those of tasks last, and what comes later wins; but what a machine's own file says of a task wins over what the task says of all machines.
 */
public final class Recipes {
    private static final String SUFFIX = ".yaml";

    private Recipes() {}

    /** Read when they are first asked for. */
    private static final class All {
        private static final List<Recipe> LIST = read();

        private static List<Recipe> read() {
            List<Recipe> all = new ArrayList<>();
            for (String preset : MachineKinds.presets(MachineKinds.all().values().stream()).keySet()) {
                file(preset).forEach(recipe -> all.add(recipe.within(List.of(), List.of(), List.of(preset))));
            }
            for (String task : TaskKinds.all().keySet()) {
                file(task).forEach(recipe -> all.add(recipe.within(List.of(task), List.of(), List.of())));
            }
            for (String machine : MachineKinds.all().keySet()) {
                file(machine).forEach(recipe -> all.add(recipe.within(List.of(), List.of(machine), List.of())));
            }
            return List.copyOf(all);
        }

        private static List<Recipe> file(String name) {
            try (InputStream in = Recipes.class.getResourceAsStream(name + SUFFIX)) {
                return in == null ? List.of() : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "recipes/" + name + SUFFIX);
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
    }

    /**
     * All recipes.
     *
     * @return in the order in which they are applied
     */
    public static List<Recipe> all() {
        return All.LIST;
    }

    /**
     * Reads recipes.
     *
     * @param yaml their text
     * @param source what messages call the place that they come from
     * @return the recipes
     * @throws UserException if it is not YAML, or a key is none of a recipe
     */
    public static List<Recipe> parse(String yaml, String source) {
        return Recipe.all(ConfigTree.parse(yaml, source), source);
    }

    /**
     * What is other than in the settings of a preset, a task and a machine by themselves.
     *
     * @param preset the name of the preset
     * @param task the name of the task
     * @param machine the name of the machine
     * @return values by their full keys, in the order in which they are said first
     */
    public static ConfigTree settings(String preset, String task, String machine) {
        return merged(all().stream().filter(recipe -> recipe.isOf(task, machine) && recipe.isWith(preset)));
    }

    /**
     * What a preset changes in the settings of training, whatever the task and the machine.
     *
     * @param preset the name of the preset
     * @return values by their full keys
     */
    public static ConfigTree training(String preset) {
        return merged(all().stream()
                .filter(recipe -> recipe.tasks().isEmpty() && recipe.machines().isEmpty() && recipe.presets().contains(preset)));
    }

    private static ConfigTree merged(Stream<Recipe> recipes) {
        return recipes.map(Recipe::settings).reduce(ConfigTree.EMPTY, ConfigTree::with);
    }

    /**
     * What a publication measured of a task and a machine.
     *
     * @param task the name of the task
     * @param machine the name of the machine
     * @return a few words, or nothing where it gives no number
     */
    public static Optional<String> figure(String task, String machine) {
        return all().stream().filter(recipe -> recipe.isOf(task, machine)).flatMap(recipe -> recipe.figure().stream()).reduce((a, b) -> b);
    }

    /**
     * What is known of a training that stands still.
     *
     * @param preset the name of its preset
     * @param task the name of its task
     * @param machine the name of its machine
     * @return the recipe that says most about it, if one does
     */
    public static Optional<Recipe> plateau(String preset, String task, String machine) {
        return all().stream()
                .filter(recipe -> recipe.isOf(task, machine) && recipe.isWith(preset) && recipe.known().isPresent())
                .reduce((a, b) -> b);
    }
}
