package io.github.ntm4j.machines.ntm;

/** The weightings before the first step. */
public enum InitialWeighting {
    /** The softmax of a parameter. Rows beyond those it was trained with have no weight. */
    LEARNED,
    /** All weight on row 0. */
    FIRST_ROW,
    /** The same weight everywhere. With a constant memory nothing tells the rows apart. */
    UNIFORM,
    /** No weight anywhere: not a distribution (pytorch-ntm). */
    ZERO
}
