package io.github.ntm4j.learning.sweep;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.KeptCheckpoints;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains all runs of a plan, some side by side, each on one thread and in a run directory of its own. A run has the bits that it has alone.
 */
public final class Sweep {
    /** Fresh sequences for each case. */
    public static final int CASE_SEQUENCES = 1000;

    private final SweepFolder folder;
    private final SweepPlan plan;
    private final ResultsFile file;
    private final List<RunResult> results;
    private final Set<Run> running = new HashSet<>();
    private final List<Consumer<SweepEvent>> listeners = new ArrayList<>();
    private boolean measuring;
    private boolean stopping;
    private @Nullable Throwable failure;

    private Sweep(SweepFolder folder, SweepPlan plan) {
        this.folder = folder;
        this.plan = plan;
        this.file = new ResultsFile(folder.results());
        file.removeUnfinishedLine();
        this.results = new ArrayList<>(file.read(plan, refused -> {
            throw refused;
        }));
    }

    /**
     * A new sweep.
     *
     * @param path its folder, which is made if it is not there and must be empty
     * @param plan what to train
     * @return the sweep before its first run
     * @throws UserException if the folder holds anything
     * @throws RunFailedException if it cannot be written
     */
    public static Sweep start(Path path, SweepPlan plan) {
        SweepFolder folder = new SweepFolder(path);
        try {
            Files.createDirectories(path);
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new UserException(path + ": expected a new or empty directory, found files; go on with a sweep by --resume " + path);
                }
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
        PlanFile.write(folder.plan(), plan);
        return new Sweep(folder, plan);
    }

    /**
     * Goes on with a sweep: runs that have ended are kept, one that was interrupted goes on from its last checkpoint or, where it has none,
     * begins anew.
     *
     * @param path its folder
     * @return the sweep where it left off
     * @throws UserException if there is no sweep, or its files are damaged
     */
    public static Sweep resume(Path path) {
        SweepFolder folder = new SweepFolder(path);
        if (!Files.exists(folder.plan())) {
            throw new UserException("--resume " + path + ": expected the folder of a sweep with sweep.yaml, found none");
        }
        return new Sweep(folder, PlanFile.read(folder.plan()));
    }

    /**
     * Where the files are.
     *
     * @return the folder of the sweep
     */
    public SweepFolder folder() {
        return folder;
    }

    /**
     * What is trained.
     *
     * @return the plan
     */
    public SweepPlan plan() {
        return plan;
    }

    /**
     * The runs that have ended.
     *
     * @return their results, in the order in which they ended
     */
    public synchronized List<RunResult> results() {
        return List.copyOf(results);
    }

    /**
     * Adds a listener, to be called by one thread at a time.
     *
     * @param listener hears every event
     */
    public void listen(Consumer<SweepEvent> listener) {
        listeners.add(listener);
    }

    /**
     * How the best machine of a run that has ended does at the {@linkplain Task#cases cases} of its task. It is measured once, on one thread,
     * and kept in the run's directory.
     *
     * @param run which run
     * @param provider whose kernels to use
     * @return a measurement for each case, on {@value #CASE_SEQUENCES} fresh sequences
     */
    public List<Evaluation> cases(PlannedRun run, KernelProvider provider) {
        measureCases(run, provider, () -> true);
        return CasesFile.read(folder.run(run).cases(), run.combination().config().task().create());
    }

    /** Measures the cases unless they are; returns whether it came to the end. */
    private boolean measureCases(PlannedRun run, KernelProvider provider, BooleanSupplier goOn) {
        RunFolder place = folder.run(run);
        if (Files.exists(place.cases())) {
            return true;
        }
        Task task = run.combination().config().task().create();
        Model model = Model.load(place.path(), OptionalInt.empty());
        List<Evaluation> measured = new ArrayList<>();
        try (Evaluator evaluator = new Evaluator(model.machine(), task, 1, provider)) {
            for (Size size : task.cases()) {
                evaluator.evaluate(size, CASE_SEQUENCES, Run.MEASUREMENT_SEED, Run.MEASUREMENT, 0, goOn).ifPresent(measured::add);
            }
        }
        boolean complete = measured.size() == task.cases().size();
        if (complete) {
            CasesFile.write(place.cases(), measured);
        }
        return complete;
    }

    /** Asks for {@link #cases} of each run as soon as it has ended, by the thread that trained it. */
    public void measureCases() {
        measuring = true;
    }

    /**
     * Asks all runs to end after their present updates and a checkpoint; from any thread. A run that has ended and is being measured is
     * measured when the sweep goes on.
     */
    public synchronized void stop() {
        stopping = true;
        running.forEach(run -> run.trainer().stop());
    }

    /**
     * Trains what has not been trained, until all is done or the sweep is stopped. A run that fails for want of disk or memory stops the others.
     *
     * @param jobs how many runs side by side; the results do not depend on it
     * @param provider whose kernels to use
     * @return whether all runs have ended
     */
    public boolean run(int jobs, KernelProvider provider) {
        Set<PlannedRun> ended = new HashSet<>();
        results().forEach(result -> ended.add(result.run()));
        List<PlannedRun> left = plan.runs().stream().filter(run -> !ended.contains(run)).toList();
        if (!left.isEmpty()) {
            try (ExecutorService threads = Executors.newFixedThreadPool(
                    Math.min(jobs, left.size()), Thread.ofPlatform().name("ntm4j-sweep-", 1).factory())) {
                left.forEach(run -> threads.execute(() -> attempt(run, provider)));
            }
        }
        switch (failed()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new AssertionError(other);
        }
        return results().size() == plan.runs().size();
    }

    private synchronized @Nullable Throwable failed() {
        return failure;
    }

    private void attempt(PlannedRun planned, KernelProvider provider) {
        try {
            if (!isStopping()) {
                train(planned, provider);
            }
        } catch (RuntimeException | Error thrown) {
            synchronized (this) {
                failure = failure == null ? thrown : failure;
                stop();
            }
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void train(PlannedRun planned, KernelProvider provider) {
        try (Run run = open(planned, provider)) {
            begin(planned, run);
            Outcome outcome;
            try {
                outcome = run.train();
            } finally {
                forget(run);
            }
            if (outcome != Outcome.STOPPED) {
                double seconds = run.seconds();
                BooleanSupplier goOn = () -> !isStopping();
                if (!measuring || measureCases(planned, provider, goOn)) {
                    run.measure(1, provider, goOn)
                            .ifPresent(evaluation -> finish(result(planned, run, outcome, seconds, evaluation)));
                }
            }
        }
    }

    private synchronized void begin(PlannedRun planned, Run run) {
        running.add(run);
        if (stopping) {
            run.trainer().stop();
        }
        publish(new SweepEvent.Started(planned));
        run.onNotice(line -> noticed(planned, line));
    }

    private synchronized void noticed(PlannedRun planned, String line) {
        publish(new SweepEvent.Noticed(planned, line));
    }

    private synchronized void forget(Run run) {
        running.remove(run);
    }

    private synchronized void finish(RunResult result) {
        file.append(result);
        results.add(result);
        publish(new SweepEvent.Finished(result));
    }

    private void publish(SweepEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    private static RunResult result(PlannedRun planned, Run run, Outcome outcome, double seconds, Evaluation evaluation) {
        Progress progress = run.trainer().state().progress();
        boolean solved = progress.solved() && outcome != Outcome.DIVERGED;
        return new RunResult(
                planned,
                outcome,
                solved ? OptionalLong.of(progress.solvedAt()) : OptionalLong.empty(),
                progress.sequences(),
                seconds,
                evaluation.bitsPerSequence(),
                evaluation.excessBits(),
                evaluation.bitErrorsPerSequence(),
                progress.plateau().reached(),
                Optional.of(progress.relapses()),
                Checkpoints.weightsSha256(run.machine()));
    }

    private Run open(PlannedRun planned, KernelProvider provider) {
        RunFolder place = folder.run(planned);
        if (KeptCheckpoints.exist(place)) {
            // Updates that were skipped in a row count anew after a resume: only a new start ends where an unbroken run does.
            if (Checkpoints.progress(KeptCheckpoints.newest(place).model()).skippedInARow() == 0) {
                Run run = Run.resume(place.path(), ConfigTree.EMPTY, 1, provider);
                if (run.config().equals(planned.config())) {
                    return run;
                }
                run.close();
                throw new UserException(place.path() + ": expected the settings that " + folder.plan() + " gives it, found others");
            }
        }
        if (Files.exists(place.path())) {
            delete(place.path());
        }
        return Run.start(place.path(), planned.config(), 1, provider);
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
    }

    /**
     * What came of each combination so far.
     *
     * @return those with a run that has ended, in the order of the plan
     */
    public List<CombinationSummary> summaries() {
        return CombinationSummary.of(plan, results());
    }
}
