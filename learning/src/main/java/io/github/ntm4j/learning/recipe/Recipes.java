package io.github.ntm4j.learning.recipe;

import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recipes that come with ntm4j: a file for each preset, machine and task that has some, called by its name. Those of presets come first and
 * those of machines last, and what comes later wins. Others provide more with their machines and tasks.
 */
public final class Recipes {
    private static final String SUFFIX = ".yaml";

    private static volatile @Nullable List<Recipe> known;

    private Recipes() {}

    private static List<Recipe> read() {
        List<Recipe> all = new ArrayList<>();
        for (String preset : presets()) {
            all.addAll(named(preset, resource(preset)));
        }
        for (String task : TaskKinds.all().keySet()) {
            all.addAll(named(task, resource(task)));
        }
        for (String machine : MachineKinds.all().keySet()) {
            all.addAll(named(machine, resource(machine)));
        }
        for (URL url : Stream.concat(TaskKinds.recipes().stream(), MachineKinds.recipes().stream()).toList()) {
            String path = url.getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            all.addAll(named(name.replace(SUFFIX, ""), parse(text(url), name)));
        }
        return List.copyOf(all);
    }

    private static Set<String> presets() {
        return MachineKinds.presets(MachineKinds.all().values().stream()).keySet();
    }

    private static List<Recipe> resource(String name) {
        URL url = Recipes.class.getResource(name + SUFFIX);
        return url == null ? List.of() : parse(text(url), "recipes/" + name + SUFFIX);
    }

    /** The recipes of the file of a preset, a task or a machine. */
    private static List<Recipe> named(String name, List<Recipe> recipes) {
        List<String> task = TaskKinds.all().containsKey(name) ? List.of(name) : List.of();
        List<String> machine = MachineKinds.all().containsKey(name) ? List.of(name) : List.of();
        List<String> preset = presets().contains(name) ? List.of(name) : List.of();
        return recipes.stream().map(recipe -> recipe.within(task, machine, preset)).toList();
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserException(url + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * All recipes.
     *
     * @return in the order in which they are applied
     * @throws UserException if somebody provides a recipe that is none
     */
    public static List<Recipe> all() {
        List<Recipe> found = known;
        if (found == null) {
            found = read();
            known = found;
        }
        return found;
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
        return Recipe.all(Yaml.parse(yaml, source), source);
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
