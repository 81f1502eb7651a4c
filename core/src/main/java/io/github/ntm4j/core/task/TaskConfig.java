package io.github.ntm4j.core.task;

/** The settings of a task that can be chosen by name. */
public sealed interface TaskConfig
        permits CopyConfig, RepeatCopyConfig, AssociativeRecallConfig, DynamicNgramsConfig, PrioritySortConfig {
    /**
     * The name under which users choose the task.
     *
     * @return for instance {@code copy}
     */
    String taskName();

    /**
     * The task with these settings.
     *
     * @return a task
     */
    Task create();
}
