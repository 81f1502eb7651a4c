package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.recipe.Recipe;
import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.RepeatCopyConfig;
import io.github.ntm4j.learning.task.TaskConfig;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.data.SequenceCoding;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a training that stands still: whether that is usual, and which settings helped others that this one does not have. It stands
 * in the {@linkplain Recipes recipes}; all of it was measured (docs/reproduction.md, docs/results/copy-seeds.md), or is called a guess.
 */
public final class PlateauHint {
    private static final String NOTHING = "nothing was measured";

    private PlateauHint() {}

    /**
     * The hint for a run.
     *
     * @param config its settings
     * @return one line
     */
    public static String of(RunConfig config) {
        String layout = config.task() instanceof DataConfig data ? otherLayout(data.form().layout()) + "; " : "";
        Optional<Recipe> recipe = Recipes.plateau(config.preset().name(), config.task().taskName(), config.machine().name());
        String known = recipe.flatMap(Recipe::known).orElse(NOTHING + " of this task and machine here");
        ConfigTree settings = ConfigTree.of(config.toMap(), "run");
        String helped = recipe.stream()
                .flatMap(found -> found.helped().stream())
                .filter(remedy -> remedy.isMissing(settings))
                .map(Recipe.Remedy::advice)
                .collect(Collectors.joining(", "));
        return layout + known + (known.startsWith(NOTHING) || isOfDefaultSize(config.task()) ? "" : " (of the default size)") + "; "
                + (helped.isEmpty()
                        ? recipe.flatMap(Recipe::otherwise).orElse("a guess: try another --seed")
                        : "what helped, for a new run: " + helped);
    }

    /** A file cannot show that its targets depend on later inputs; a plateau may. */
    private static String otherLayout(SequenceCoding.Layout layout) {
        return switch (layout) {
            case DURING -> "it answers during the input: if an answer depends on later inputs, start a new run with --set task.layout=after";
            case AFTER -> "it answers after the input: if there is a target for each input, and it depends on no later one, start a new run"
                    + " with --set task.layout=during";
        };
    }

    private static boolean isOfDefaultSize(TaskConfig task) {
        if (task instanceof DataConfig) {
            return true;
        }
        TaskConfig evaluated = task instanceof RepeatCopyConfig repeatCopy ? repeatCopy.exact() : task;
        return TaskKinds.all().values().stream().anyMatch(kind -> kind.defaults().equals(evaluated));
    }
}
