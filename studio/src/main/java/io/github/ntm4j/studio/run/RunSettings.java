package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.OwnFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the list of runs tells of the settings of a run.
 *
 * @param task the task
 * @param machine the machine
 * @param seed the seed, -1 if it cannot be read
 * @param budget sequences that it may take, 0 if it cannot be read
 * @param learningRate step size, 0 if it cannot be read
 * @param others all settings but the seed and the budget, by dotted key: runs that have these in common differ by chance alone
 * @param problem why they cannot be read
 */
record RunSettings(
        String task, String machine, long seed, long budget, double learningRate, Map<String, Object> others, @Nullable String problem) {

    private static final int MOST_UNDERSTOOD = 5000;

    /**
     * Reads {@code config.yaml}.
     *
     * @param run the run's directory
     * @param understood settings without seed and budget, and what they mean; what is new is added
     */
    static RunSettings read(RunFolder run, ConcurrentMap<Map<String, Object>, RunSettings> understood) {
        if (!OwnFiles.isFile(run.path(), run.config())) {
            return damaged("config.yaml: expected a file of the run itself, found something else");
        }
        try {
            ConfigTree tree = Yaml.read(run.config());
            Map<String, Object> values = tree.toMap();
            Long seed = number(values, "seed");
            Long budget = number(values.get("training"), "sequences");
            if ((seed == null && tree.has("seed")) || (budget == null && tree.has("training.sequences"))) {
                return of(RunConfig.resolve(tree));
            }
            // Runs of a sweep have most settings in common, and understanding them takes longer than reading them.
            Map<String, Object> common = tree.without("seed").without("training.sequences").toMap();
            RunSettings like = understood.get(common);
            if (like == null) {
                like = of(RunConfig.resolve(tree.without("seed").without("training.sequences")));
                if (understood.size() < MOST_UNDERSTOOD) {
                    understood.put(common, like);
                }
            }
            return new RunSettings(
                    like.task,
                    like.machine,
                    seed == null ? like.seed : seed,
                    budget == null ? like.budget : budget,
                    like.learningRate,
                    like.others,
                    null);
        } catch (UserException damaged) {
            return damaged(FileProblem.describe("config.yaml", damaged));
        }
    }

    private static RunSettings of(RunConfig config) {
        SequencedMap<String, Object> others = new LinkedHashMap<>();
        flatten("", config.toMap(), others);
        others.remove("seed");
        others.remove("training.sequences");
        return new RunSettings(
                config.task().taskName(),
                config.machine().name(),
                config.seed(),
                config.training().course().sequences(),
                config.training().optimiser().rate().learningRate(),
                others,
                null);
    }

    /** A count, if that is what is there. */
    private static @Nullable Long number(@Nullable Object map, String key) {
        Object value = map instanceof Map<?, ?> values ? values.get(key) : null;
        return value instanceof Number && value.toString().matches("[1-9][0-9]{0,17}") ? Long.valueOf(value.toString()) : null;
    }

    private static RunSettings damaged(String problem) {
        return new RunSettings("", "", -1, 0, 0, Map.of(), problem);
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> into) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, into);
            } else {
                into.put(prefix + key, String.valueOf(value));
            }
        });
    }
}
