package io.github.ntm4j.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many trainings run side by side. */
public final class JobsOption {
    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs side by side, each on one thread (default: one per processor). The results are the same.")
    private @Nullable Integer jobs;

    /** The number. */
    public int jobs() {
        return ComputeOptions.perProcessor("--jobs", jobs);
    }
}
