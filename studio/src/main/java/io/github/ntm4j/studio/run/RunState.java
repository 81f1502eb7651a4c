package io.github.ntm4j.studio.run;

/** How it stands with a run. */
enum RunState {
    /** This process trains it. */
    TRAINING,
    /** This process has halted it between two updates. */
    PAUSED,
    /** This process has been asked to end it. */
    STOPPING,
    /** Another process trains it. */
    ELSEWHERE,
    /** It ended, and its metrics say why. */
    FINISHED,
    /** Nobody trains it, and its metrics do not say why. */
    INTERRUPTED
}
