package io.github.ntm4j.lab.record;

import io.github.ntm4j.lab.picture.CurveGroup;
import io.github.ntm4j.lab.picture.CurvePicture;
import io.github.ntm4j.lab.picture.CurveScale;
import io.github.ntm4j.lab.picture.SweepPicture;
import io.github.ntm4j.learning.run.Curve;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.sweep.Combination;
import io.github.ntm4j.learning.sweep.Sweep;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** Learning curves as pictures. */
public final class Curves {
    private static final double FLOOR = 0.01;

    private Curves() {}

    /**
     * The learning curves of some runs in one picture.
     *
     * @param runs their directories
     * @return the picture
     */
    public static CurvePicture ofRuns(List<RunFolder> runs) {
        List<Curve> curves = runs.stream().map(run -> curve(run, runs.size() > 1)).toList();
        String title = runs.size() == 1 ? label(runs.getFirst()) : "Learning curves";
        return CurvePicture.of(title, Run.objective(runs.getFirst()), curves, CurveScale.logarithmic(FLOOR));
    }

    private static Curve curve(RunFolder run, boolean several) {
        return Run.curve(run, several ? label(run) : Run.objective(run).unit() + " per sequence");
    }

    private static String label(RunFolder run) {
        Path name = run.path().toAbsolutePath().normalize().getFileName();
        return name == null ? "run" : name.toString();
    }

    /**
     * The learning curves of the runs of a sweep that have ended, a group for each combination.
     *
     * @param sweep the sweep
     * @return the picture
     */
    public static SweepPicture ofSweep(Sweep sweep) {
        List<CurveGroup> groups = sweep.summaries().stream()
                .map(summary -> new CurveGroup(summary.combination().label(), curves(sweep, summary.combination())))
                .toList();
        return new SweepPicture("Sweep: " + sweep.plan().title(), groups);
    }

    private static List<Curve> curves(Sweep sweep, Combination combination) {
        return sweep.results().stream()
                .filter(result -> result.run().combination().equals(combination))
                .sorted((a, b) -> Long.compare(a.run().seed(), b.run().seed()))
                .map(result -> Run.curve(sweep.folder().run(result.run()), "seed " + result.run().seed()))
                .toList();
    }
}
