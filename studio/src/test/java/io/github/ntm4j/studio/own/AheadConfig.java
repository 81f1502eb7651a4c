package io.github.ntm4j.studio.own;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.MachineKind;

/**
 * Settings of {@link Ahead}.
 *
 * @param type the kind
 * @param units units of the hidden layer
 */
public record AheadConfig(@Setting("kind of machine") Type type, @Setting(value = "units of the hidden layer", min = 1, max = 64) int units)
        implements MachineConfig {
    /** The kind. */
    public enum Type {
        /** Looks ahead. */
        AHEAD
    }

    /** As many units as are enough. */
    public static final AheadConfig DEFAULT = new AheadConfig(Type.AHEAD, 8);

    /** The kind by its name. */
    public static final MachineKind<AheadConfig> KIND =
            MachineKind.of("ahead", "a convolution that sees what comes next", DEFAULT, Ahead::new);

    @Override
    public MachineKind<?> kind() {
        return KIND;
    }
}
