package io.github.ntm4j.core.run;

import io.github.ntm4j.core.checkpoint.AtomicFiles;
import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.config.ConfigWriter;
import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.picture.Curve;
import io.github.ntm4j.core.picture.CurvePicture;
import io.github.ntm4j.core.picture.CurveScale;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.tensorboard.EventFile;
import io.github.ntm4j.core.training.Evaluation;
import io.github.ntm4j.core.training.Evaluator;
import io.github.ntm4j.core.training.Trainer;
import io.github.ntm4j.core.training.TrainingEvent;
import io.github.ntm4j.core.training.TrainingEvent.Outcome;
import io.github.ntm4j.core.training.TrainingMemory;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A training that leaves its files in a run directory: settings, metrics, checkpoints after every evaluation, TensorBoard events, the curve,
 * a film.
 */
public final class Run implements AutoCloseable {
    /** Names the sequences on which trained machines are measured: the same for every command and every run. */
    public static final String MEASUREMENT = "measurement";

    /** The seed of those sequences. */
    public static final long MEASUREMENT_SEED = 1;

    private static final double CURVE_FLOOR = 0.01;

    private final RunFolder folder;
    private final RunConfig config;
    private final Machine<?> machine;
    private final Task task;
    private final Trainer trainer;
    private final Metrics metrics;
    private final EventFile events;
    private final Film film;
    private final RunLock lock;
    private double secondsBefore;
    private double pausedBefore;
    private long startedAt = System.nanoTime();

    private Run(
            RunFolder folder,
            RunConfig config,
            Machine<?> machine,
            Task task,
            Trainer trainer,
            Metrics metrics,
            EventFile events,
            Film film,
            RunLock lock,
            double secondsBefore) {
        this.folder = folder;
        this.config = config;
        this.machine = machine;
        this.task = task;
        this.trainer = trainer;
        this.metrics = metrics;
        this.events = events;
        this.lock = lock;
        this.secondsBefore = secondsBefore;
        trainer.listen(this::record);
        this.film = film;
        trainer.watch(film::show);
    }

    /**
     * A new run.
     *
     * @param path its directory, which must not hold a run
     * @param config its settings
     * @param threads how many threads to use
     * @param provider whose kernels to use
     * @return the run before its first update
     * @throws UserException if the directory holds a run, or the training needs more memory than there is
     * @throws RunFailedException if it cannot be written
     */
    public static Run start(Path path, RunConfig config, int threads, KernelProvider provider) {
        RunFolder folder = new RunFolder(path);
        if (Stream.of(folder.config(), folder.checkpoints(), folder.metrics(), folder.film()).anyMatch(Files::exists)) {
            throw new UserException(path + ": expected a new or empty directory, found a run; go on with it by --resume " + path);
        }
        Task task = config.task().create();
        Machine<?> machine = config.machine().build(task.inputs(), task.outputs());
        machine.initialise(config.seed());
        Trainer trainer = trainer(machine, task, config, threads, provider);
        try {
            Files.createDirectories(folder.checkpoints());
            return locked(folder, lock -> {
                describe(folder, config, threads, provider);
                return open(folder, config, machine, task, trainer, () -> EventFile.create(path, InstantSource.system()), lock, 0);
            });
        } catch (IOException e) {
            trainer.close();
            throw RunFailedException.cannotWrite(path, e);
        } catch (RuntimeException e) {
            trainer.close();
            forget(folder);
            throw e;
        }
    }

    /** Opens a run that is locked; it is not if that fails. */
    private static Run locked(RunFolder folder, Function<RunLock, Run> opening) {
        RunLock lock = RunLock.take(folder);
        try {
            return opening.apply(lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static Run open(
            RunFolder folder,
            RunConfig config,
            Machine<?> machine,
            Task task,
            Trainer trainer,
            Supplier<EventFile> events,
            RunLock lock,
            double secondsBefore) {
        Film film = new Film(folder, config, machine, trainer.state().progress().sequences());
        Metrics metrics = Metrics.append(folder.metrics());
        try {
            return new Run(folder, config, machine, task, trainer, metrics, events.get(), film, lock, secondsBefore);
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /** Removes what a run has written that could not begin. */
    private static void forget(RunFolder folder) {
        for (Path file : List.of(folder.config(), folder.environment(), folder.metrics(), folder.checkpoints())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException inTheWay) {
                // What could not be written cannot be removed.
            }
        }
    }

    /**
     * Goes on with a run from its last checkpoint.
     *
     * @param path its directory
     * @param changes settings of the training that are to change, such as a larger budget
     * @param threads how many threads to use
     * @param provider whose kernels to use
     * @return the run where it left off
     * @throws UserException if there is no run to go on with, somebody trains it, or the changes are not to its training
     */
    public static Run resume(Path path, ConfigTree changes, int threads, KernelProvider provider) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isDirectory(path) || !Files.exists(folder.last())) {
            throw new UserException("--resume " + path + ": expected a run directory with checkpoints/last.safetensors, found none");
        }
        return locked(folder, lock -> resume(folder, changes, threads, provider, lock));
    }

    private static Run resume(RunFolder folder, ConfigTree changes, int threads, KernelProvider provider, RunLock lock) {
        Path path = folder.path();
        Model model = Model.load(folder.last(), OptionalInt.empty());
        RunConfig stored = model.run();
        if (stored == null) {
            throw new UserException(folder.last() + ": expected a checkpoint to go on from, found only a machine");
        }
        RunConfig config = RunConfig.resolve(ConfigTree.of(stored.toMap(), folder.last().toString()).overriddenBy(changes));
        if (!config.machine().equals(stored.machine()) || !config.task().equals(stored.task()) || config.seed() != stored.seed()) {
            throw new UserException("--resume " + path + ": expected changes to the training only, got another task, machine or seed");
        }
        if (config.preset() != stored.preset() || config.training().optimiser() != stored.training().optimiser()) {
            throw new UserException("--resume " + path + ": expected the preset and the optimiser that the run began with, got another");
        }
        Task task = config.task().create();
        Trainer trainer = trainer(model.machine(), task, config, threads, provider);
        try {
            Checkpoints.restore(model, trainer);
            long sequences = trainer.state().progress().sequences();
            double seconds = Metrics.cut(folder.metrics(), sequences);
            describe(folder, config, threads, provider);
            return open(
                    folder,
                    config,
                    model.machine(),
                    task,
                    trainer,
                    () -> EventFile.resume(path, InstantSource.system(), sequences + 1),
                    lock,
                    seconds);
        } catch (RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    private static Trainer trainer(
            Machine<?> machine, Task task, RunConfig config, int threads, KernelProvider provider) {
        try {
            TrainingMemory.requireWithin(Runtime.getRuntime().maxMemory(), machine, task, config.training(), threads);
            return new Trainer(machine, task, config.training(), config.seed(), threads, provider);
        } catch (OutOfMemoryError | ArithmeticException | NegativeArraySizeException tooLarge) {
            throw new RunFailedException("training needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB there are; give java more (NTM_JAVA_OPTS=-Xmx8g), set training.segment for long sequences, or take a smaller training.batch, machine.rows or task size");
        }
    }

    private static void describe(RunFolder folder, RunConfig config, int threads, KernelProvider provider) {
        AtomicFiles.write(folder.config(), ConfigWriter.toYaml(config.toMap()));
        AtomicFiles.write(folder.environment(), Environment.json(provider, threads));
    }

    /**
     * The trainer, to listen to and to stop.
     *
     * @return the trainer
     */
    public Trainer trainer() {
        return trainer;
    }

    /**
     * Where the files are.
     *
     * @return the run directory
     */
    public RunFolder folder() {
        return folder;
    }

    /**
     * All settings.
     *
     * @return the settings
     */
    public RunConfig config() {
        return config;
    }

    /**
     * The machine in training.
     *
     * @return the machine
     */
    public Machine<?> machine() {
        return machine;
    }

    /**
     * The task in training.
     *
     * @return the task
     */
    public Task task() {
        return task;
    }

    /**
     * Seconds of training so far, those before a resume included, pauses left out.
     *
     * @return seconds
     */
    public synchronized double seconds() {
        return secondsBefore + (System.nanoTime() - startedAt) / 1e9 - (trainer.pausedSeconds() - pausedBefore);
    }

    /**
     * Trains to the end.
     *
     * @return why it ended
     */
    public Outcome train() {
        countFrom(secondsBefore);
        Outcome outcome = trainer.run();
        countFrom(seconds());
        return outcome;
    }

    private synchronized void countFrom(double seconds) {
        secondsBefore = seconds;
        pausedBefore = trainer.pausedSeconds();
        startedAt = System.nanoTime();
    }

    /**
     * Writes the last checkpoint now: between two updates if the training is under way, paused or not, and at once if it is not. From any
     * thread but the training's own, on which listeners are called; comes back when the file is written.
     *
     * @throws RunFailedException if it cannot be written; the training goes on, and the checkpoint before it is kept
     * @throws IllegalStateException if the training failed, or the run is closed
     */
    public void checkpoint() {
        if (trainer.isTraining(Thread.currentThread())) {
            throw new IllegalStateException("checkpoint(): expected a thread that the training does not wait for, got its own");
        }
        try {
            trainer.between(() -> {
                events.flush();
                film.settle();
                Checkpoints.write(folder.last(), config, machine, trainer.state());
            }).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RunFailedException failed -> throw new RunFailedException(String.valueOf(failed.getMessage()), failed);
                case IllegalStateException refused -> throw new IllegalStateException(refused.getMessage(), refused);
                case null, default -> throw e;
            }
        }
    }

    /**
     * Measures the machine as it is now, on as many fresh sequences of the largest training size as an evaluation has.
     *
     * @param threads how many threads to use; the result does not depend on it
     * @param provider whose kernels to use
     * @return the averages
     */
    public Evaluation measure(int threads, KernelProvider provider) {
        try (Evaluator evaluator = new Evaluator(machine, task, threads, provider)) {
            return evaluator.evaluate(
                    task.largest(), config.training().evaluationSequences(), MEASUREMENT_SEED, MEASUREMENT, 0);
        }
    }

    private void record(TrainingEvent event) {
        metrics.write(event, seconds());
        switch (event) {
            case TrainingEvent.Reported r -> {
                events.scalar("train/bits_per_sequence", r.sequences(), (float) r.bitsPerSequence());
                events.scalar("train/bit_errors_per_sequence", r.sequences(), (float) r.bitErrorsPerSequence());
                events.scalar("train/gradient_norm", r.sequences(), (float) r.gradientNorm());
                events.scalar("train/learning_rate", r.sequences(), (float) r.learningRate());
            }
            case TrainingEvent.Evaluated e -> {
                events.scalar("evaluation/bits_per_sequence", e.sequences(), (float) e.evaluation().bitsPerSequence());
                events.scalar("evaluation/bit_errors_per_sequence", e.sequences(), (float) e.evaluation().bitErrorsPerSequence());
                events.flush();
                film.settle();
                if (e.best()) {
                    Checkpoints.write(folder.best(), config, machine, trainer.state());
                }
                Checkpoints.write(folder.last(), config, machine, trainer.state());
            }
            case TrainingEvent.Finished f -> {
                events.flush();
                film.settle();
                Checkpoints.write(folder.last(), config, machine, trainer.state());
                AtomicFiles.write(folder.curve(), curvePicture(List.of(folder)).svg());
            }
            case TrainingEvent.Started s -> {}
            case TrainingEvent.Skipped s -> {}
            case TrainingEvent.Solved s -> {}
            case TrainingEvent.PlateauReached p -> {}
            case TrainingEvent.PlateauLeft p -> {}
            case TrainingEvent.Relapsed r -> {}
        }
    }

    /**
     * The learning curves of some runs in one picture.
     *
     * @param runs their directories
     * @return the picture
     */
    public static CurvePicture curvePicture(List<RunFolder> runs) {
        List<Curve> curves = runs.stream().map(run -> curve(run, runs.size() > 1)).toList();
        String title = runs.size() == 1 ? label(runs.getFirst()) : "Learning curves";
        return CurvePicture.of(title, curves, CurveScale.logarithmic(CURVE_FLOOR));
    }

    private static Curve curve(RunFolder run, boolean several) {
        return curve(run, several ? label(run) : "bits per sequence");
    }

    /**
     * The learning curve of a run so far.
     *
     * @param run its directory
     * @param label what the picture calls it
     * @return the curve, without points if nothing was recorded
     */
    public static Curve curve(RunFolder run, String label) {
        return Metrics.curve(run.metrics(), label);
    }

    /**
     * What the evaluations of a run found, in bits above the optimum: the same sequences' size at every point, unlike what training reports.
     *
     * @param run its directory
     * @param label what the picture calls it
     * @return the curve, without points if nothing was recorded
     */
    public static Curve evaluations(RunFolder run, String label) {
        return Metrics.evaluations(run.metrics(), label);
    }

    /**
     * Why the training of a run ended.
     *
     * @param run its directory
     * @return the outcome, or nothing if the training is under way or was killed
     */
    public static Optional<Outcome> outcome(RunFolder run) {
        return Metrics.outcome(run.metrics());
    }

    private static String label(RunFolder run) {
        Path name = run.path().toAbsolutePath().normalize().getFileName();
        return name == null ? "run" : name.toString();
    }

    @Override
    public void close() {
        trainer.close();
        film.close();
        metrics.close();
        events.close();
        lock.close();
    }
}
