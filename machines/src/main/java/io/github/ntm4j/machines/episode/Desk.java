package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Objective;

/**
 * What a machine is told before it walks sequences.
 *
 * @param objective what its outputs stand for, and what is trained for
 * @param batch sequences at a time, at least 1
 * @param segment steps that are recorded at a time, 0 for all; nothing to a machine that reads whole sequences
 * @param linkInterval how many steps lie between two states that are kept where a state is large and can be computed again; 1 to keep all
 * @param provider whose kernels to use; the result does not depend on it
 */
public record Desk(Objective objective, int batch, int segment, int linkInterval, KernelProvider provider) {
    /** Checks what there must be. */
    public Desk {
        Arguments.given("objective", objective);
        Arguments.atLeast("batch", 1, batch);
        Arguments.atLeast("segment", 0, segment);
        Arguments.atLeast("linkInterval", 1, linkInterval);
        Arguments.given("provider", provider);
    }

    /**
     * A desk where nothing is cut and all is kept.
     *
     * @param objective what the outputs stand for
     * @param batch sequences at a time, at least 1
     * @param provider whose kernels to use
     */
    public Desk(Objective objective, int batch, KernelProvider provider) {
        this(objective, batch, 0, 1, provider);
    }

    /**
     * The same for another number of sequences.
     *
     * @param sequences at a time, at least 1
     * @return the desk
     */
    public Desk of(int sequences) {
        return new Desk(objective, sequences, segment, linkInterval, provider);
    }
}
