package io.github.ntm4j.cli.soak;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Trains small machines in run directories, each seed twice: first from the beginning to the end, then with checkpoints, a pause, a stop and
 * a resume on the way. Both must end with the same bits.
 */
final class TrainingLoad implements Load {
    private static final int SEQUENCES = 512;
    private static final int KEPT = 4;

    private static final Map<String, Object> SMALL = Map.ofEntries(
            Map.entry("task.name", "copy"),
            Map.entry("task.max_length", 3),
            Map.entry("task.width", 2),
            Map.entry("machine.controller_size", 8),
            Map.entry("machine.rows", 8),
            Map.entry("machine.width", 4),
            Map.entry("training.batch", 4),
            Map.entry("training.sequences", SEQUENCES),
            Map.entry("training.stop_when_solved", false),
            Map.entry("training.evaluation_interval", 128),
            Map.entry("training.evaluation_sequences", 8),
            Map.entry("training.report_interval", 16));

    private final KernelProvider kernels;
    private final OldRuns runs;
    private final AtomicLong trainings = new AtomicLong();
    private final AtomicLong resumes = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();
    private String unbroken = "";

    /**
     * A load that has done nothing.
     *
     * @param folder the folder of the runs
     * @param kernels with what to compute
     */
    TrainingLoad(Path folder, KernelProvider kernels) {
        this.kernels = kernels;
        this.runs = new OldRuns(folder, KEPT);
    }

    /** A run of a small machine. */
    static RunConfig config(long seed) {
        return RunConfig.resolve(ConfigTree.of(SMALL, "soak").with(ConfigTree.option("--seed", "seed", Long.toString(seed))));
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public void operate() throws Exception {
        long number = trainings.get();
        RunConfig config = config(1 + number / 2);
        Path path = runs.folder().resolve("training-" + number);
        String weights;
        if (number % 2 == 0) {
            weights = train(path, config, kernels);
            unbroken = weights;
        } else {
            weights = trainBroken(path, config);
        }
        if (!weights.equals(unbroken)) {
            throw new IllegalStateException("seed " + config.seed() + ": expected the weights " + unbroken
                    + " of the unbroken training from the one that was resumed, got " + weights);
        }
        trainings.incrementAndGet();
        runs.ended(path);
    }

    /** Trains from the beginning to the end; returns the hash of the weights. */
    static String train(Path path, RunConfig config, KernelProvider kernels) {
        try (Run run = Run.start(path, config, 1, kernels)) {
            return end(run, run.train());
        }
    }

    private String trainBroken(Path path, RunConfig config) throws Exception {
        Random64 random = Random64.of(config.seed(), "soak", 0);
        int first = random.nextInt(1, SEQUENCES / 2);
        int second = random.nextInt(SEQUENCES / 2, SEQUENCES);
        try (Run run = Run.start(path, config, 1, kernels)) {
            Outcome outcome = interrupt(run, first, second);
            if (outcome != Outcome.STOPPED) {
                return end(run, outcome);
            }
        }
        resumes.incrementAndGet();
        try (Run run = Run.resume(path, ConfigTree.EMPTY, 1, kernels)) {
            return end(run, run.train());
        }
    }

    /** Trains on a thread of its own, as an application does: writes checkpoints, pauses, goes on, stops. */
    private Outcome interrupt(Run run, int first, int second) throws Exception {
        AtomicLong seen = new AtomicLong();
        run.trainer().watch(seen::set);
        FutureTask<Outcome> training = new FutureTask<>(run::train);
        Thread thread = Thread.ofPlatform().name("soak-trained").start(training);
        try {
            await(training, () -> seen.get() >= first);
            checkpoint(run);
            run.trainer().pause();
            await(training, run.trainer()::paused);
            checkpoint(run);
            run.trainer().proceed();
            await(training, () -> seen.get() >= second);
        } finally {
            run.trainer().stop();
            thread.join();
        }
        try {
            return training.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private void checkpoint(Run run) {
        run.checkpoint();
        checkpoints.incrementAndGet();
    }

    private static void await(FutureTask<Outcome> training, BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean() && !training.isDone()) {
            Thread.sleep(1);
        }
    }

    private static String end(Run run, Outcome outcome) {
        if (outcome == Outcome.STOPPED || outcome == Outcome.DIVERGED) {
            throw new IllegalStateException(run.folder().path() + ": expected a training that reaches its end, found one that " + outcome);
        }
        return Model.load(new RunFolder(run.folder().path()).last(), OptionalInt.empty()).weightsSha256();
    }

    @Override
    public SequencedMap<String, Long> done() {
        SequencedMap<String, Long> done = new LinkedHashMap<>();
        done.put("trainings", trainings.get());
        done.put("resumes", resumes.get());
        done.put("checkpoints_on_demand", checkpoints.get());
        return done;
    }

    @Override
    public void close() {
        // Every run is closed where it was opened.
    }
}
