package io.github.ntm4j.studio.own;

import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineProvider;
import java.util.List;

/** Brings machines along as a user's jar does: one with a memory of its own, and one that reads whole sequences. */
public final class OwnMachines implements MachineProvider {
    @Override
    public List<MachineKind<?>> kinds() {
        return List.of(QueueConfig.KIND, AheadConfig.KIND);
    }
}
