package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.machine.Objective;

/** The settings of a task that can be chosen by name. */
public interface TaskConfig {
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
     * @throws io.github.ntm4j.machines.config.UserException if it needs a file that is not there or has changed
     */
    Task create();

    /**
     * What runs on the task are called.
     *
     * @return its name, or that of its data
     */
    default String label() {
        return taskName();
    }

    /**
     * What the targets are.
     *
     * @return bits, unless the task says otherwise
     */
    default Objective objective() {
        return Objective.BITS;
    }

    /**
     * Whether these are the settings of the same task, wherever its data are by now.
     *
     * @param other other settings
     * @return true if a training may go on with them
     */
    default boolean sameTask(TaskConfig other) {
        return equals(other);
    }
}
