package io.github.ntm4j.machines.layer;

/** What a recurrent vector is before the first step. */
public enum InitialVector {
    /** All zero. */
    ZERO,
    /** A parameter, zero before training. */
    LEARNED
}
