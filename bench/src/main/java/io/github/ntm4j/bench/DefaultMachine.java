package io.github.ntm4j.bench;

/** The sizes of the default {@code ntm-lstm} on the copy task, which kernels and operations are measured at. */
public final class DefaultMachine {
    /** Inputs of a step: eight bits and the delimiter. */
    public static final int INPUTS = 9;

    /** Outputs of a step. */
    public static final int OUTPUTS = 8;

    /** Rows of the memory. */
    public static final int ROWS = 128;

    /** Floats in a row of the memory. */
    public static final int WIDTH = 20;

    /** Heads that address the memory together: one that reads, one that writes. */
    public static final int HEADS = 2;

    /** Displacements that a shift chooses from. */
    public static final int SHIFTS = 3;

    /** Units of the LSTM. */
    public static final int UNITS = 100;

    /** Floats from one gate of the LSTM to the next. */
    public static final int GATE_STRIDE = 104;

    /** Inputs of the LSTM's matrix: the input, what was read, the hidden vector, and one for the bias. */
    public static final int DEPTH = INPUTS + WIDTH + UNITS + 1;

    /** Columns of that matrix in blocks of 16: four gates. */
    public static final int PANELS = 26;

    /** All parameters with their padding, without what lies before the first. */
    public static final int PARAMETERS = 65_968;

    private DefaultMachine() {}
}
