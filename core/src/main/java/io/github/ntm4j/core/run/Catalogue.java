package io.github.ntm4j.core.run;

import io.github.ntm4j.core.task.AssociativeRecallConfig;
import io.github.ntm4j.core.task.CopyConfig;
import io.github.ntm4j.core.task.CopyReallocationConfig;
import io.github.ntm4j.core.task.DataConfig;
import io.github.ntm4j.core.task.DynamicNgramsConfig;
import io.github.ntm4j.core.task.KeyValueConfig;
import io.github.ntm4j.core.task.KeyValueTwoWayConfig;
import io.github.ntm4j.core.task.PrioritySortConfig;
import io.github.ntm4j.core.task.RecallBlocksConfig;
import io.github.ntm4j.core.task.RepeatCopyBlocksConfig;
import io.github.ntm4j.core.task.RepeatCopyConfig;
import io.github.ntm4j.core.task.TaskConfig;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/** The tasks that can be chosen by name, and what each of them is. */
public final class Catalogue {
    private Catalogue() {}

    /**
     * A task by name.
     *
     * @param about one line about it
     * @param defaults its settings
     */
    public record TaskEntry(String about, TaskConfig defaults) {}

    /** The name of a task that is a user's own file of sequences. */
    public static final String DATA = "data";

    /**
     * All tasks: those that come with ntm4j, and a user's own data.
     *
     * @return by name
     */
    static SequencedMap<String, TaskEntry> allTasks() {
        SequencedMap<String, TaskEntry> tasks = tasks();
        tasks.put(DATA, new TaskEntry("sequences of one's own, from a file", DataConfig.DEFAULT));
        return tasks;
    }

    /**
     * What a task is.
     *
     * @param task settings of a task
     * @return one line about it
     */
    public static String about(TaskConfig task) {
        return Objects.requireNonNull(allTasks().get(task.taskName())).about();
    }

    /**
     * The tasks that come with ntm4j.
     *
     * @return by name
     */
    public static SequencedMap<String, TaskEntry> tasks() {
        SequencedMap<String, TaskEntry> tasks = new LinkedHashMap<>();
        tasks.put("copy", new TaskEntry("remember random vectors of bits and say them again", CopyConfig.DEFAULT));
        tasks.put("repeat-copy", new TaskEntry("say random vectors again as often as told, then stop", RepeatCopyConfig.DEFAULT));
        tasks.put(
                "associative-recall",
                new TaskEntry("remember a list of items and name the one behind the item asked for", AssociativeRecallConfig.DEFAULT));
        tasks.put("dynamic-ngrams", new TaskEntry("predict bits whose odds depend on the last few and differ every time", DynamicNgramsConfig.DEFAULT));
        tasks.put("priority-sort", new TaskEntry("sort random vectors by their priorities", PrioritySortConfig.DEFAULT));
        tasks.put(
                "copy-reallocation",
                new TaskEntry("copy again and again, more vectors in all than a small memory has rows", CopyReallocationConfig.DEFAULT));
        tasks.put("repeat-copy-blocks", new TaskEntry("copy again and again, each time another number of vectors", RepeatCopyBlocksConfig.DEFAULT));
        tasks.put("recall-blocks", new TaskEntry("remember blocks of vectors and name the one behind the block asked for", RecallBlocksConfig.DEFAULT));
        tasks.put("key-value", new TaskEntry("remember pairs and name the value of each key", KeyValueConfig.DEFAULT));
        tasks.put(
                "key-value-two-way",
                new TaskEntry("remember pairs and name the value of each key, then the key of each value", KeyValueTwoWayConfig.DEFAULT));
        return tasks;
    }
}
