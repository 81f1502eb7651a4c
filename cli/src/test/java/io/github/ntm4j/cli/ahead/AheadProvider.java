package io.github.ntm4j.cli.ahead;

import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineProvider;
import java.util.List;

/** Brings {@link Ahead} along. */
public final class AheadProvider implements MachineProvider {
    @Override
    public List<MachineKind<?>> kinds() {
        return List.of(AheadConfig.KIND);
    }
}
