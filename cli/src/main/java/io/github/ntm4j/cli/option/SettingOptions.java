package io.github.ntm4j.cli.option;

import io.github.ntm4j.machines.config.ConfigTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide the settings of a run. */
public final class SettingOptions {
    private static final String SET = "--set";

    @Mixin
    private BaseOptions base;

    @Option(
            names = SET,
            paramLabel = "KEY=VALUE",
            description = "One setting, such as machine.rows=64. Wins over --config; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Where all random numbers come from (default: 1).")
    private @Nullable String seed;

    /**
     * The settings that were given, those of the file first.
     *
     * @param task the task that was named as an argument, if one was
     * @throws UserException if a name is unknown, the file cannot be read, or two options contradict each other
     */
    public ConfigTree given(@Nullable String task) {
        return base.file().with(options(task));
    }

    /** What was given of the settings of a training that goes on. */
    public ConfigTree changes() {
        return options(null);
    }

    /** The options given here that a training that goes on cannot take. */
    public List<String> fixedAtStart() {
        List<String> fixed = new ArrayList<>(base.fixedAtStart());
        if (seed != null) {
            fixed.add("--seed");
        }
        return fixed;
    }

    private ConfigTree options(@Nullable String task) {
        Map<String, String> sources = new LinkedHashMap<>();
        ConfigTree tree = base.options(task, sources);
        tree = BaseOptions.with(tree, sources, "--seed", "seed", seed);
        for (String assignment : assignments) {
            ConfigTree one = ConfigTree.assignment(assignment);
            String key = one.keys().getFirst();
            BaseOptions.refuseTwice(sources, SET + " " + assignment, key, assignment.substring(assignment.indexOf('=') + 1).strip());
            tree = tree.with(one);
        }
        return tree;
    }
}
