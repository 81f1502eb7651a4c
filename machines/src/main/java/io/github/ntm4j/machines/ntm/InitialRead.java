package io.github.ntm4j.machines.ntm;

/** The reads before the first step. */
public enum InitialRead {
    /** All zero. */
    ZERO,
    /** A parameter. */
    LEARNED,
    /** The tanh of a parameter (Collier and Beel 2018). */
    LEARNED_TANH
}
