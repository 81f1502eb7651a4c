package io.github.ntm4j.machines.signal;

/** What a head does with its weighting. */
public enum Use {
    /** Takes the weighted sum of the rows. */
    READS,
    /** Changes the rows. */
    WRITES
}
