package io.github.ntm4j.cli.report;

import io.github.ntm4j.learning.run.PlateauHint;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.training.Plateau;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** How plateaus and relapses are told to people and programs. */
public final class Setbacks {
    private Setbacks() {}

    /** That a training stands still, and what to do about it. */
    static String plateau(TrainingEvent.PlateauReached plateau, RunConfig config) {
        return "plateau: " + still(plateau.sequences() - plateau.since(), plateau.lowestMean(), plateau.excessBits(), config);
    }

    private static String still(long sequences, double lowest, double now, RunConfig config) {
        return "over " + Figures.count(sequences, "sequence") + " the evaluations have not come a twentieth below "
                + Figures.measured(lowest) + " " + config.task().objective().unit() + " (now " + Figures.measured(now) + "); " + PlateauHint.of(config);
    }

    /** That it no longer does. */
    static String left(TrainingEvent.PlateauLeft left, RunConfig config) {
        return "left the plateau: " + Figures.measured(left.excessBits()) + " " + config.task().objective().unit() + " after " + Figures.count(left.sequences(), "sequence");
    }

    /** That a training has lost what it had learned. */
    static String relapse(TrainingEvent.Relapsed relapse, RunConfig config) {
        Objective objective = config.task().objective();
        String errors = objective.countsErrors() ? Figures.measured(relapse.bitErrorsPerSequence()) + " " + objective.errorWord() + " and " : "";
        return "relapsed: " + errors + Figures.measured(relapse.excessBits()) + " " + objective.unit() + " after " + Figures.count(relapse.sequences(), "sequence");
    }

    /** What a sequence costs, and what is wrong in it. */
    static String figures(Objective objective, double cost, double errors) {
        return Figures.measured(cost) + " " + objective.unit()
                + (objective.countsErrors() ? " and " + Figures.measured(errors) + " " + objective.errorWord() : "");
    }

    /** What there is to say of a training that has ended, a line each. */
    static List<String> summary(Run run, Progress progress) {
        List<String> lines = new ArrayList<>();
        Relapses relapses = progress.relapses();
        if (relapses.relapsed() > 0) {
            lines.add(summary(relapses, progress.solved(), run.config()) + "; the best checkpoint is kept in " + run.folder().best());
        }
        Plateau plateau = progress.plateau();
        if (plateau.reached()) {
            lines.add("ended on a plateau: " + still(
                    progress.sequences() - plateau.since(), plateau.lowest(), plateau.mean(), run.config()));
        }
        return lines;
    }

    private static String summary(Relapses relapses, boolean solved, RunConfig config) {
        String since = solved ? "after it was solved" : "after one that was good enough, at " + Figures.count(relapses.since(), "sequence");
        Objective objective = config.task().objective();
        String worst = relapses.mostErrors() > config.training().stopping().solvedErrors()
                ? Figures.measured(relapses.mostErrors()) + " " + objective.errorWord()
                : Figures.measured(relapses.mostBits()) + " " + objective.unit() + " above the optimum";
        return "relapsed in " + count(relapses) + " " + since + ", the worst " + worst;
    }

    /** {@code 3 of 20 evaluations}. */
    static String count(Relapses relapses) {
        return Figures.count(relapses.relapsed()) + " of " + Figures.count(relapses.evaluations(), "evaluation");
    }

    /** Where a training that has ended stands still; empty where it does not. */
    static Optional<SequencedMap<String, Object>> describe(Plateau plateau, RunConfig config) {
        if (!plateau.reached()) {
            return Optional.empty();
        }
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("since", plateau.since());
        map.put("evaluations", plateau.evaluations());
        map.put("lowest_mean", plateau.lowest());
        map.put("mean", plateau.mean());
        map.put("hint", PlateauHint.of(config));
        return Optional.of(map);
    }
}
