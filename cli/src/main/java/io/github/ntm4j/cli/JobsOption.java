package io.github.ntm4j.cli;

import io.github.ntm4j.core.config.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many trainings run side by side. */
final class JobsOption {
    private static final int MOST_JOBS = 1024;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs side by side, each on one thread (default: one per processor). The results are the same.")
    private @Nullable Integer jobs;

    /** The number. */
    int jobs() {
        if (jobs == null) {
            return Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors());
        }
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new UserException("--jobs: expected a whole number from 1 to " + MOST_JOBS + ", got " + jobs);
        }
        return jobs;
    }
}
