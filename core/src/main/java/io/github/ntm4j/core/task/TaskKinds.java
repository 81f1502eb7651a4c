package io.github.ntm4j.core.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** The tasks that can be chosen by name: those that come with ntm4j, and those of users. */
public final class TaskKinds {
    private static final List<TaskKind> OURS = List.of(
            CopyConfig.KIND, RepeatCopyConfig.KIND, AssociativeRecallConfig.KIND, DynamicNgramsConfig.KIND, PrioritySortConfig.KIND);

    private TaskKinds() {}

    /**
     * The tasks that draw their sequences.
     *
     * @return by name
     */
    public static SequencedMap<String, TaskKind> drawn() {
        SequencedMap<String, TaskKind> kinds = new LinkedHashMap<>();
        OURS.forEach(kind -> kinds.put(kind.name(), kind));
        return kinds;
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
