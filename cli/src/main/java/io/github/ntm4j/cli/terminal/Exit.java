package io.github.ntm4j.cli.terminal;

/** Exit codes. A signal ends the process with 128 and its number: 130 for SIGINT, 143 for SIGTERM. */
public final class Exit {
    public static final int SUCCESS = 0;
    /** The input was right, but the run could not go on. */
    public static final int FAILED = 1;
    /** Wrong arguments, settings, data or checkpoints. */
    public static final int WRONG_USE = 2;
    /** The training diverged. */
    public static final int DIVERGED = 3;

    private Exit() {}
}
