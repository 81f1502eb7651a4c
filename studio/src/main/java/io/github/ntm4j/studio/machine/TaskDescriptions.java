package io.github.ntm4j.studio.machine;

import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the page has to know of tasks. */
public final class TaskDescriptions {
    private TaskDescriptions() {}

    /**
     * All tasks, as they are without settings.
     *
     * @return a description of each
     */
    public static List<SequencedMap<String, Object>> all() {
        return TaskKinds.drawn().entrySet().stream()
                .map(entry -> {
                    SequencedMap<String, Object> map = new LinkedHashMap<>();
                    map.put("name", entry.getKey());
                    map.put("about", entry.getValue().about());
                    map.put("sizes", sizes(entry.getValue().defaults().create()));
                    return map;
                })
                .toList();
    }

    /** The parameters of a task's sequences. */
    static List<SequencedMap<String, Object>> sizes(Task task) {
        return task.sizes().stream()
                .map(range -> {
                    SequencedMap<String, Object> map = new LinkedHashMap<>();
                    map.put("name", range.name());
                    map.put("least", range.least());
                    map.put("min", range.min());
                    map.put("max", range.max());
                    map.put("limit", range.limit());
                    return map;
                })
                .toList();
    }
}
