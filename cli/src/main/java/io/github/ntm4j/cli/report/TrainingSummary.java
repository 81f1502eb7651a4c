package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingMemory;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.HeapRoom;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What {@code ntm train} says before and after the training. */
public final class TrainingSummary {
    private static final int SEQUENCES = 100;

    private final Terminal terminal;
    private final boolean json;

    public TrainingSummary(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** What is trained, what that takes, and where its files go. */
    public void begin(Run run, int threads) {
        if (!json) {
            RunConfig config = run.config();
            terminal.out().println("training " + terminal.bold(config.machine().name()) + " on "
                    + terminal.bold(config.task().label()) + ", seed " + config.seed() + ", preset " + Settings.text(config.preset())
                    + ", " + Figures.count(threads, "thread") + ", " + HeapRoom.mebibytes(memory(run, threads)) + " of memory at most, in "
                    + run.folder().path());
            terminal.out().flush();
        }
    }

    private static long memory(Run run, int threads) {
        return TrainingMemory.of(run.machine(), run.task(), run.config().training(), threads).bytes();
    }

    /**
     * How it went.
     *
     * @param hurried whether there is no time to measure the machine
     * @return the exit code
     */
    public int end(Run run, Outcome outcome, int threads, KernelProvider kernels, BooleanSupplier hurried) {
        Progress progress = run.trainer().state().progress();
        double seconds = run.seconds();
        if (json) {
            Reports.printJson(terminal, describe(run, progress, seconds, measured(run, threads, kernels, hurried)));
        } else {
            tell(run, outcome, progress, seconds, threads, kernels);
        }
        if (outcome == Outcome.DIVERGED) {
            int rollbacks = progress.rollbacks().made();
            terminal.err().println("ntm: the training diverged: five updates in a row were not finite, after "
                    + Figures.count(progress.sequences(), "sequence")
                    + (rollbacks > 0 ? " and " + Figures.count(rollbacks, "return") + " to good weights" : "") + "; try "
                    + advice(run.config().training()) + "; " + Reports.command("replay " + Reports.quoted(run.folder().path()))
                    + " shows where it happened; the last weights that are finite are in " + run.folder().last());
            return Exit.DIVERGED;
        }
        return Exit.SUCCESS;
    }

    private static Optional<Evaluation> measured(Run run, int threads, KernelProvider kernels, BooleanSupplier hurried) {
        return hurried.getAsBoolean() ? Optional.empty() : run.measure(threads, kernels, () -> !hurried.getAsBoolean());
    }

    private static String advice(TrainingConfig training) {
        String rate = "a smaller training.learning_rate (now " + Settings.text(training.optimiser().rate().learningRate()) + ")";
        return training.gradient().clip() == TrainingConfig.Clipping.NONE
                ? rate + " or training.clip=norm (now none)"
                : rate + " or training.clip_limit (now " + Settings.text(training.gradient().clipLimit()) + ")";
    }

    private static SequencedMap<String, @Nullable Object> describe(
            Run run, Progress progress, double seconds, Optional<Evaluation> evaluation) {
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run", run.folder().path().toString());
        map.put("task", run.config().task().taskName());
        map.put("machine", run.config().machine().name());
        map.put("seed", run.config().seed());
        map.put("solved", progress.solved());
        map.put("plateau", Setbacks.describe(progress.plateau(), run.config()).orElse(null));
        map.put("relapses", progress.relapses().since() < 0 ? null : Settings.describe(progress.relapses()));
        map.put("sequences", progress.sequences());
        map.put("seconds", Figures.rounded(seconds, 3));
        map.put("sequences_per_second", Figures.rounded(progress.sequences() / seconds, 1));
        Objective objective = run.task().objective();
        map.put(objective.costKey(), evaluation.map(Evaluation::bitsPerSequence).orElse(null));
        if (objective.countsErrors()) {
            map.put(objective.errorKey(), evaluation.map(Evaluation::bitErrorsPerSequence).orElse(null));
        }
        map.put("weights_sha256", Checkpoints.weightsSha256(run.machine()));
        return map;
    }

    private void tell(
            Run run, Outcome outcome, Progress progress, double seconds, int threads, KernelProvider kernels) {
        Path folder = run.folder().path();
        terminal.out().println(line(outcome, progress) + " in " + Figures.duration(seconds) + " ("
                + Figures.count(Math.round(progress.sequences() / seconds)) + " sequences/s)");
        Setbacks.summary(run, progress).forEach(terminal.out()::println);
        terminal.out().println("run directory: " + terminal.bold(folder.toString()));
        if (outcome == Outcome.STOPPED) {
            next("train --resume " + Reports.quoted(folder));
            return;
        }
        if (outcome == Outcome.DIVERGED) {
            return;
        }
        terminal.out().println();
        Task task = run.task();
        List<Size> sizes = task.cases();
        Model model = Model.load(folder, OptionalInt.empty());
        Measurement.print(
                terminal, Measurement.of(model.machine(), task, sizes, SEQUENCES, Measurement.SEED, threads, kernels));
        terminal.out().println();
        next("show " + Reports.quoted(folder) + " --at " + task.largest(), "eval " + Reports.quoted(folder) + " --at " + sizes.getLast() + " --sequences 1000");
    }

    private String line(Outcome outcome, Progress progress) {
        String sequences = Figures.count(progress.sequences(), "sequence");
        return switch (outcome) {
            case SOLVED -> terminal.green("solved") + " after " + Figures.count(progress.solvedAt(), "sequence")
                    + (progress.sequences() > progress.solvedAt() ? ", ended after " + Figures.count(progress.sequences()) : "") + ",";
            case BUDGET -> "not solved within the budget of " + sequences + ",";
            case PATIENCE -> "gave up after " + sequences + " without progress,";
            case STOPPED -> "stopped after " + sequences;
            case DIVERGED -> "diverged after " + sequences + ",";
        };
    }

    private void next(String... commands) {
        terminal.out().println("try next:");
        for (String command : commands) {
            terminal.out().println("  " + Reports.command(command));
        }
        terminal.out().flush();
    }
}
