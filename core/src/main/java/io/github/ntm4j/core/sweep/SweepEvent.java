package io.github.ntm4j.core.sweep;

/** What a sweep tells whoever listens. */
public sealed interface SweepEvent {
    /**
     * A run begins, or goes on.
     *
     * @param run which one
     */
    record Started(PlannedRun run) implements SweepEvent {}

    /**
     * A run has ended, and its line stands in the file of results.
     *
     * @param result what came of it
     */
    record Finished(RunResult result) implements SweepEvent {}
}
