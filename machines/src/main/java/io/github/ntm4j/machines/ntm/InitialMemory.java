package io.github.ntm4j.machines.ntm;

/** The memory before the first step. */
public enum InitialMemory {
    /** The same value everywhere (Collier and Beel 2018). */
    CONSTANT,
    /** A parameter. More rows than it was trained with repeat the learned ones in turn. */
    LEARNED,
    /** Drawn once from the seed, uniformly, and stored with the parameters. */
    RANDOM
}
