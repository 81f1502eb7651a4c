package io.github.ntm4j.learning.task;

import java.net.URL;
import java.util.List;

/**
 * Tasks that others bring along: a service, found by {@link java.util.ServiceLoader}. The command {@code ntm} finds it in the jars and folders that
 * the environment variable {@code NTM_CLASSPATH} names.
 */
public interface TaskProvider {
    /**
     * The tasks.
     *
     * @return tasks of other names than there are
     */
    List<TaskKind> kinds();

    /**
     * What belongs to these tasks and a machine, or a preset.
     *
     * @return files of recipes; none unless the provider says otherwise
     */
    default List<URL> recipes() {
        return List.of();
    }
}
