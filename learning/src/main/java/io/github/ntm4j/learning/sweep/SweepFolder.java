package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Path;

/**
 * The places of a sweep's files.
 *
 * @param path the folder of the sweep
 */
public record SweepFolder(Path path) {
    /**
     * What was asked for: the seeds and all settings.
     *
     * @return sweep.yaml
     */
    public Path plan() {
        return path.resolve("sweep.yaml");
    }

    /**
     * A JSON object for each finished run.
     *
     * @return results.jsonl
     */
    public Path results() {
        return path.resolve("results.jsonl");
    }

    /**
     * A line for each combination of settings.
     *
     * @return table.md
     */
    public Path table() {
        return path.resolve("table.md");
    }

    /**
     * The learning curves.
     *
     * @return sweep.svg
     */
    public Path picture() {
        return path.resolve("sweep.svg");
    }

    /**
     * Where the run directories are.
     *
     * @return the folder runs
     */
    public Path runs() {
        return path.resolve("runs");
    }

    /**
     * The directory of one run.
     *
     * @param run the run
     * @return its places
     */
    public RunFolder run(PlannedRun run) {
        return new RunFolder(runs().resolve(run.name()));
    }
}
