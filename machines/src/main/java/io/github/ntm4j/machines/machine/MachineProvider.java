package io.github.ntm4j.machines.machine;

import java.net.URL;
import java.util.List;

/**
 * Kinds of machines that others bring along: a service, found by {@link java.util.ServiceLoader}. The command {@code ntm} finds it in the jars and
 * folders that the environment variable {@code NTM_CLASSPATH} names.
 */
public interface MachineProvider {
    /**
     * The kinds.
     *
     * @return kinds of other names than there are
     */
    List<MachineKind<?>> kinds();

    /**
     * What belongs to these machines and a task, or a preset.
     *
     * @return files of recipes; none unless the provider says otherwise
     */
    default List<URL> recipes() {
        return List.of();
    }
}
