package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the files of a sweep say; reading them changes none of them.
 *
 * @param folder where they are
 * @param plan what was asked for
 * @param results the runs that have ended
 * @param refused why lines of the results were left out
 */
public record StoredSweep(SweepFolder folder, SweepPlan plan, List<RunResult> results, List<UserException> refused) {
    /** Keeps copies. */
    public StoredSweep {
        results = List.copyOf(results);
        refused = List.copyOf(refused);
    }

    /**
     * Reads a sweep.
     *
     * @param path its folder
     * @return the sweep
     * @throws UserException if its plan is damaged, or its results cannot be read at all
     */
    public static StoredSweep read(Path path) {
        SweepFolder folder = new SweepFolder(path);
        SweepPlan plan = PlanFile.read(folder.plan());
        List<UserException> refused = new ArrayList<>();
        List<RunResult> results = new ResultsFile(folder.results()).read(plan, refused::add);
        return new StoredSweep(folder, plan, results, refused);
    }
}
