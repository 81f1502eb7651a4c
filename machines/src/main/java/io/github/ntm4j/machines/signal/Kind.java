package io.github.ntm4j.machines.signal;

/** What a signal is: it decides how it is drawn, sent and set. */
public enum Kind {
    /** Rows of numbers that last from step to step. */
    STORE,
    /** A share of each row of a store: where a head looks, or a stage on the way there. Shares are from 0 to 1. */
    WEIGHTING,
    /** A number for each row of a store that is no share of it, such as a similarity. */
    ROWS,
    /** Numbers side by side. */
    VECTOR,
    /** One number. */
    NUMBER,
    /** A share of each of a few alternatives that have names. Shares are at least 0, and their sum is 1. */
    DISTRIBUTION
}
