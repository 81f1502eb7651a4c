package own;

import io.github.ntm4j.learning.task.TaskKind;
import io.github.ntm4j.learning.task.TaskProvider;
import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineProvider;
import java.net.URL;
import java.util.List;

/** What the jar brings along; the files of META-INF/services name this class. */
public final class Own implements MachineProvider {
    public List<MachineKind<?>> kinds() {
        return List.of(ElmanConfig.KIND);
    }

    @Override
    public List<URL> recipes() {
        return List.of(Own.class.getResource("elman.yaml"));
    }

    /** The tasks. */
    public static final class Tasks implements TaskProvider {
        public List<TaskKind> kinds() {
            return List.of(ParityConfig.KIND);
        }
    }
}
