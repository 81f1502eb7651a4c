package io.github.ntm4j.machines.signal;

/**
 * What a signal means in the way a head finds its place, or for what it does there, in the field's terms. Those who explain a machine, and
 * closer looks of the studio, ask for roles: whatever machine has them can be explained and looked at so. A group has a role once at most.
 */
public enum Role {
    /** What rows are compared with. */
    KEY,
    /** How much the comparison counts. */
    STRENGTH,
    /** How like the key each row is. */
    SIMILARITY,
    /** The weighting by content alone. */
    CONTENT,
    /** Where the head was a step before. */
    PREVIOUS,
    /** How much of the weighting by content is taken, and how little of the one before. */
    GATE,
    /** The mixture of both. */
    GATED,
    /** By how many rows the mixture is moved. */
    SHIFT,
    /** The mixture after it was moved. */
    SHIFTED,
    /** The power that makes a weighting sharper. */
    SHARPENING,
    /** How much of a row is erased, cell by cell. */
    ERASE,
    /** What is added to a row. */
    ADD,
    /** What was read. */
    READ,
    /** How much each row is in use. */
    USAGE,
    /** The weighting by which rows are free. */
    ALLOCATION,
    /** How much of the weighting by free rows is taken, and how little of the one by content. */
    ALLOCATION_GATE,
    /** Whether anything is written at all. */
    WRITE_GATE,
    /** Whether what was read is not needed any more. */
    FREE_GATE,
    /** How much each row was written last. */
    PRECEDENCE,
    /** Which row was written after which: a store of rows by rows. */
    LINK,
    /** Where the head comes by following links onwards. */
    FORWARD,
    /** Where the head comes by following links back. */
    BACKWARD,
    /** How much a head goes by content, and how much by links. */
    MODE
}
