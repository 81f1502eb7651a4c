package io.github.ntm4j.learning.task;

/**
 * A kind of task that users choose by name. A constant beside the record of its settings.
 *
 * @param name the name under which users choose it, also the word of its setting {@code task.name}
 * @param about one line about it
 * @param defaults its settings, before anything is changed
 */
public record TaskKind(String name, String about, TaskConfig defaults) {
    /**
     * The record of its settings.
     *
     * @return its class
     */
    public Class<? extends Record> type() {
        return defaults.getClass().asSubclass(Record.class);
    }
}
