package io.github.ntm4j.learning.sweep;

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

    /**
     * There is something to say about the files of a run that is no error, see {@link io.github.ntm4j.learning.run.Run#onNotice}.
     *
     * @param run which one
     * @param line what there is to say
     */
    record Noticed(PlannedRun run, String line) implements SweepEvent {}
}
