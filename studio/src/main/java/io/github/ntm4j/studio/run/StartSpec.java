package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training to be, with the names and words of {@code ntm train}.
 *
 * @param task the task
 * @param machine the machine, ntm-lstm if not given
 * @param preset the settings to begin with
 * @param seed where all random numbers come from, 1 if not given
 * @param sequences the budget
 * @param settings other settings by dotted key, as behind {@code --set}
 */
record StartSpec(
        @Nullable String task,
        @Nullable String machine,
        @Nullable String preset,
        @Nullable Long seed,
        @Nullable Long sequences,
        @Nullable Map<String, @Nullable String> settings) {

    /**
     * All settings.
     *
     * @throws UserException if a name is unknown, a value wrong, or something is set twice
     */
    RunConfig config() {
        if (task == null) {
            throw new UserException("task: expected the name of a task, found none");
        }
        ConfigTree tree = ConfigTree.EMPTY;
        tree = with(tree, "--task", "task.name", task);
        tree = with(tree, "--machine", "machine.type", machine);
        tree = with(tree, "--preset", "preset", preset);
        tree = with(tree, "--seed", "seed", seed);
        tree = with(tree, "--sequences", "training.sequences", sequences);
        if (settings != null) {
            for (Map.Entry<String, @Nullable String> entry : settings.entrySet()) {
                if (tree.has(entry.getKey())) {
                    throw new UserException("settings: expected " + UserException.quote(entry.getKey()) + " once, found it beside the settings too");
                }
                tree = with(tree, "--set", entry.getKey(), entry.getValue());
            }
        }
        return RunConfig.resolve(tree);
    }

    private static ConfigTree with(ConfigTree tree, String name, String key, @Nullable Object value) {
        return value == null ? tree : tree.with(ConfigTree.option(name, key, value.toString()));
    }
}
