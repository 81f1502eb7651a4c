package io.github.ntm4j.cli.verify;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.learning.run.KeptCheckpoints;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.PlannedRun;
import io.github.ntm4j.learning.sweep.RunResult;
import io.github.ntm4j.learning.sweep.StoredSweep;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the folder of a sweep: its plan, each line of its results, and the directory of each run against both. */
public final class SweepVerification {
    private final Verification verification;
    private final StoredSweep sweep;

    private SweepVerification(Verification verification, StoredSweep sweep) {
        this.verification = verification;
        this.sweep = sweep;
    }

    /** Notes what is right and wrong with a sweep. */
    static void check(StoredSweep sweep, Verification verification) {
        SweepVerification check = new SweepVerification(verification, sweep);
        check.results();
        check.runs();
    }

    private void results() {
        String done = Figures.count(sweep.results().size()) + " of " + Figures.count(sweep.plan().runs().size(), "run");
        sweep.refused().forEach(refused -> verification.wrong(String.valueOf(refused.getMessage())));
        if (sweep.refused().isEmpty()) {
            verification.right(sweep.folder().results() + ": " + done + " done");
        }
    }

    private void runs() {
        Path runs = sweep.folder().runs();
        if (!Files.isDirectory(runs)) {
            verification.right(runs + ": not there, so that no weights were compared with the results");
            return;
        }
        Map<PlannedRun, RunResult> results = new HashMap<>();
        sweep.results().forEach(result -> results.put(result.run(), result));
        for (PlannedRun planned : sweep.plan().runs()) {
            run(planned, results.get(planned));
        }
        Set<String> names = sweep.plan().runs().stream().map(PlannedRun::name).collect(Collectors.toSet());
        for (Path other : verification.files(runs, "*")) {
            if (!names.contains(String.valueOf(other.getFileName()))) {
                verification.wrong(other + ": expected a run of " + sweep.folder().plan() + ", found another");
            }
        }
    }

    private void run(PlannedRun planned, @Nullable RunResult result) {
        RunFolder folder = sweep.folder().run(planned);
        if (result == null && !KeptCheckpoints.exist(folder)) {
            return; // Not begun, or interrupted before its first checkpoint: a sweep that goes on begins it anew.
        }
        if (!Files.isDirectory(folder.path())) {
            verification.wrong(folder.path() + ": expected the directory of a run that has ended, found none");
            return;
        }
        verification.run(folder);
        verification.unless(() -> agrees(planned, result, folder));
    }

    /** What the sweep says of a run is what its last checkpoint says. */
    private void agrees(PlannedRun planned, @Nullable RunResult result, RunFolder folder) {
        Model model = Model.load(folder.last(), OptionalInt.empty());
        if (!planned.config().equals(RunConfig.of(model))) {
            throw new UserException(folder.last() + ": expected the settings that " + sweep.folder().plan() + " gives it, found others");
        }
        String hash = model.weightsSha256();
        if (result != null && !result.weightsSha256().equals(hash)) {
            throw new UserException(folder.last() + ": expected the weights of " + sweep.folder().results() + ", with the SHA-256 "
                    + result.weightsSha256() + ", found " + hash);
        }
    }
}
