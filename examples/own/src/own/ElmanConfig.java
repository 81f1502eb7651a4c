package own;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;
import java.util.Map;

/** The settings of a simple recurrent network (Elman 1990): {@code machine.type} and {@code machine.units}. */
public record ElmanConfig(
        @Setting("kind of machine") Type type, @Setting(value = "units that see themselves in the next step", min = 1, max = 4096) int units)
        implements MachineConfig {
    /** The only kind. */
    public enum Type {
        ELMAN
    }

    static final ElmanConfig DEFAULT = new ElmanConfig(Type.ELMAN, 32);

    static final MachineKind<ElmanConfig> KIND = MachineKind.of("elman", "simple recurrent network", DEFAULT, Elman::new)
            .preset("elman-1990", "Elman 1990, Finding structure in time", Map.of("units", 5));

    public MachineKind<ElmanConfig> kind() {
        return KIND;
    }
}
