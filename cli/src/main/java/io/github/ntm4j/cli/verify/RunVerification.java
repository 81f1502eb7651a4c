package io.github.ntm4j.cli.verify;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.Film;
import io.github.ntm4j.learning.run.KeptCheckpoints;
import io.github.ntm4j.learning.run.MetricsLine;
import io.github.ntm4j.learning.run.MetricsReader;
import io.github.ntm4j.learning.run.RunLock;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the files of a run, each sound by itself, are those of one training: that its checkpoints stand in their order, that its
 * metrics tell all that the last one counts and in their order, that the best is what it claims, and that the film is no longer than the
 * training. Says what a resume would go on from.
 */
public final class RunVerification {
    private final RunFolder run;
    private final Verification verification;

    private RunVerification(RunFolder run, Verification verification) {
        this.run = run;
        this.verification = verification;
    }

    /** Notes what is right and wrong with how the files of a run fit together. */
    static void check(RunFolder run, Verification verification) {
        if (RunLock.isHeld(run)) {
            verification.right(run.path() + ": in training, so that how its files fit together was not checked");
            return;
        }
        RunVerification check = new RunVerification(run, verification);
        check.leftovers();
        check.order();
        check.resume();
    }

    private void leftovers() {
        Path lock = run.path().resolve("training.lock");
        if (Files.exists(lock)) {
            verification.right(lock + ": left over by a process that was killed; nobody trains the run");
        }
    }

    /** The last checkpoint has come furthest, then the one before it. */
    private void order() {
        @Nullable Path newer = null;
        long least = Long.MAX_VALUE;
        for (Path file : run.kept()) {
            Progress progress = Files.exists(file) ? progress(file) : null;
            if (progress != null) {
                if (newer != null && progress.sequences() > least) {
                    verification.wrong(file + ": expected a checkpoint from before " + newer.getFileName() + ", which has seen "
                            + Figures.count(least, "sequence") + ", found one after " + Figures.count(progress.sequences()));
                }
                newer = file;
                least = Math.min(least, progress.sequences());
            }
        }
    }

    /** The counters of a checkpoint; nothing where it is not sound, which was noted before. */
    private static @Nullable Progress progress(Path file) {
        try {
            return Checkpoints.progress(Model.load(file, OptionalInt.empty()));
        } catch (UserException damaged) {
            return null;
        }
    }

    private void resume() {
        KeptCheckpoints.Found found;
        try {
            found = KeptCheckpoints.newest(run);
        } catch (UserException none) {
            verification.wrong(run.path() + ": expected a checkpoint that a resume can go on from, found none");
            return;
        }
        Progress progress = Checkpoints.progress(found.model());
        Path file = found.model().file();
        found.skipped().forEach(skipped -> verification.unless(() -> {
            throw new UserException(skipped.problem());
        }));
        if (!file.equals(run.last())) {
            if (!Files.exists(run.last())) {
                verification.wrong(run.last() + ": expected the last checkpoint, found none");
            }
        }
        long reached = metrics(progress, file);
        verification.right(run.path() + ": a resume goes on from " + file.getFileName() + ", after "
                + Figures.count(progress.sequences(), "sequence")
                + (reached > progress.sequences() ? ", and trains again what came after, up to " + Figures.count(reached) : ""));
        best(progress, file);
        film(Math.max(reached, progress.sequences()));
    }

    /** Checks the metrics against a checkpoint; returns how far they say that the training had come. */
    private long metrics(Progress progress, Path checkpoint) {
        List<MetricsLine> lines = lines();
        long sequences = 0;
        double seconds = 0;
        long evaluations = 0;
        for (MetricsLine line : lines) {
            if (line.sequences() < sequences || line.seconds() < seconds) {
                verification.wrong(run.metrics() + ": expected lines in the order of the training, found one after "
                        + Figures.count(line.sequences(), "sequence") + " and " + line.seconds() + " seconds behind one after "
                        + Figures.count(sequences) + " and " + seconds);
                return sequences;
            }
            sequences = line.sequences();
            seconds = line.seconds();
            evaluations += line instanceof MetricsLine.Evaluation && sequences <= progress.sequences() ? 1 : 0;
        }
        if (!lines.isEmpty() && evaluations != progress.evaluations()) {
            verification.wrong(run.metrics() + ": expected the " + Figures.count(progress.evaluations(), "evaluation") + " that "
                    + checkpoint.getFileName() + " counts, found " + Figures.count(evaluations));
        }
        return sequences;
    }

    /** All lines; none where there are none, or where they are damaged, which was noted before. */
    private List<MetricsLine> lines() {
        try {
            return MetricsReader.read(run, MetricsReader.Position.START).lines();
        } catch (UserException damaged) {
            return List.of();
        }
    }

    /** The best checkpoint is what the last one says of it and what the metrics say of its moment. */
    private void best(Progress progress, Path checkpoint) {
        boolean any = progress.evaluations() > 0 && progress.bestBits() < Double.MAX_VALUE;
        if (!Files.exists(run.best())) {
            if (any) {
                verification.wrong(run.best() + ": expected the best of " + Figures.count(progress.evaluations(), "evaluation") + ", found none");
            }
            return;
        }
        Progress best = progress(run.best());
        if (best == null) {
            return;
        }
        if (best.sequences() > progress.sequences()) {
            verification.right(run.best() + ": from after " + Figures.count(best.sequences(), "sequence") + ", which a resume trains again");
            return;
        }
        if (best.bestBits() != progress.bestBits() || best.bestErrors() != progress.bestErrors()) {
            verification.wrong(run.best() + ": expected the machine with " + figures(progress.bestErrors(), progress.bestBits()) + " that "
                    + checkpoint.getFileName() + " knows, found one with " + figures(best.bestErrors(), best.bestBits()));
        }
        for (MetricsLine line : lines()) {
            // Where targets are real numbers nothing is wrong or right, and no line tells errors.
            if (line instanceof MetricsLine.Evaluation e && e.sequences() == best.sequences()
                    && (e.excessBits() != best.bestBits()
                            || (!Double.isNaN(e.bitErrorsPerSequence()) && e.bitErrorsPerSequence() != best.bestErrors()))) {
                verification.wrong(run.best() + ": claims " + figures(best.bestErrors(), best.bestBits()) + ", but " + run.metrics().getFileName()
                        + " has " + figures(e.bitErrorsPerSequence(), e.excessBits()) + " after " + Figures.count(e.sequences(), "sequence"));
            }
        }
    }

    private static String figures(double errors, double bits) {
        return Figures.measured(errors) + " bit errors and " + Figures.measured(bits) + " bits above the optimum";
    }

    /** The film has no other files, and no machine that the training has not come to. */
    private void film(long reached) {
        verification.unless(() -> {
            List<Path> frames = List.copyOf(Film.frames(run).values());
            for (Path file : verification.files(run.film(), "*")) {
                if (!frames.contains(file) && !Objects.toString(file.getFileName()).startsWith(".")) {
                    verification.wrong(file + ": expected a machine of the film, such as 100.safetensors, found another file");
                }
            }
            Film.frames(run).forEach((sequences, file) -> {
                if (sequences > reached) {
                    verification.wrong(file + ": expected a machine of the " + Figures.count(reached, "sequence")
                            + " that the training has seen, found a later one");
                }
            });
        });
    }
}
