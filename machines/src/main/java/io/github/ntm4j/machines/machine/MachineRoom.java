package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/** Whether there is room for a machine, asked before memory is taken for it. */
final class MachineRoom {
    /** What one buffer of parameters holds, with room for padding. */
    private static final long MOST_PARAMETERS = 1L << 29;

    /** A value, the same turned for products, and its place for files. */
    private static final long LEAST_BYTES = 2 * Float.BYTES + Integer.BYTES;

    private MachineRoom() {}

    /**
     * Sees to it that a machine can be built.
     *
     * @throws UserException if a setting is out of its range, or the machine has more parameters than one can have, or than there is memory
     *     for
     */
    static void require(MachineConfig config, int inputs, int outputs) {
        Settings.requireWithin((Record) config, "machine");
        Arguments.atLeast("inputs", 1, inputs);
        Arguments.atLeast("outputs", 1, outputs);
        long parameters = config.parameters(inputs, outputs);
        if (parameters > MOST_PARAMETERS) {
            throw new UserException("machine: expected settings of at most " + MOST_PARAMETERS + " parameters, got " + parameters
                    + "; take a smaller machine.controller_size, or fewer layers or heads");
        }
        HeapRoom.require(
                "machine: what is made of its " + parameters + " parameters",
                LEAST_BYTES * parameters,
                Float.BYTES * parameters,
                "take a smaller machine.controller_size");
    }
}
