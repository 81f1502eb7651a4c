package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Providers;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that can be chosen by name: those that come with ntm4j, and those of {@linkplain TaskProvider others}, which are looked for once, with
 * the class loader of the thread that asks first.
 */
public final class TaskKinds {
    private static final List<TaskKind> OURS = List.of(
            CopyConfig.KIND,
            RepeatCopyConfig.KIND,
            AssociativeRecallConfig.KIND,
            DynamicNgramsConfig.KIND,
            PrioritySortConfig.KIND,
            CopyReallocationConfig.KIND,
            RepeatCopyBlocksConfig.KIND,
            RecallBlocksConfig.KIND,
            KeyValueConfig.KIND,
            KeyValueTwoWayConfig.KIND);

    private static volatile @Nullable TaskKinds known;

    private final SequencedMap<String, TaskKind> drawn = new LinkedHashMap<>();
    private final List<URL> recipes;

    private TaskKinds() {
        ServiceLoader<TaskProvider> others = ServiceLoader.load(TaskProvider.class);
        OURS.forEach(kind -> drawn.put(kind.name(), kind));
        SequencedMap<String, TaskKind> all = new LinkedHashMap<>(drawn);
        all.put(DataConfig.KIND.name(), DataConfig.KIND);
        List<TaskKind> theirs = Providers.given(others, "tasks", TaskProvider::kinds);
        for (TaskKind kind : theirs) {
            Providers.add(all, kind.name(), kind, "task");
            drawn.put(kind.name(), kind);
        }
        recipes = Providers.given(others, "tasks", TaskProvider::recipes);
    }

    private static TaskKinds known() {
        TaskKinds found = known;
        if (found == null) {
            found = new TaskKinds();
            known = found;
        }
        return found;
    }

    /**
     * The recipes that others provide with their tasks.
     *
     * @return files of recipes
     */
    public static List<URL> recipes() {
        return known().recipes;
    }

    /**
     * The tasks that draw their sequences.
     *
     * @return by name
     * @throws io.github.ntm4j.machines.config.UserException if somebody provides a task that cannot be used
     */
    public static SequencedMap<String, TaskKind> drawn() {
        return new LinkedHashMap<>(known().drawn);
    }

    /**
     * All tasks: those that draw their sequences, and a user's own file of sequences.
     *
     * @return by name
     */
    public static SequencedMap<String, TaskKind> all() {
        SequencedMap<String, TaskKind> kinds = drawn();
        kinds.put(DataConfig.KIND.name(), DataConfig.KIND);
        return kinds;
    }

    /**
     * The task that is taken where none is named.
     *
     * @return a kind
     */
    public static TaskKind usual() {
        return OURS.getFirst();
    }

    /**
     * What a task is.
     *
     * @param task settings of a task
     * @return one line about it
     */
    public static String about(TaskConfig task) {
        return Objects.requireNonNull(all().get(task.taskName())).about();
    }
}
