package io.github.ntm4j.learning.run;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.DataTask;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingMemory;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.HeapRoom;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A training that leaves its files in a run directory: settings, metrics, checkpoints after every evaluation, a film, and what its
 * {@linkplain RunFollower followers} make of it.
 */
public final class Run implements AutoCloseable {
    /** Names the sequences on which trained machines are measured: the same for every command and every run. */
    public static final String MEASUREMENT = "measurement";

    /** The seed of those sequences. */
    public static final long MEASUREMENT_SEED = 1;

    private final RunFolder folder;
    private final RunConfig config;
    private final Machine machine;
    private final Task task;
    private final Trainer trainer;
    private final RunRecord record;
    private final RunLock lock;
    private final List<String> notices = new ArrayList<>();
    private final List<Consumer<String>> hearers = new ArrayList<>();
    private double secondsBefore;
    private double pausedBefore;
    private long startedAt = System.nanoTime();

    private Run(Opening opening, Metrics metrics, RunFollowers followers, RunLock lock, double secondsBefore) {
        this.folder = opening.folder();
        this.config = opening.config();
        this.machine = opening.machine();
        this.task = opening.task();
        this.trainer = opening.trainer();
        this.lock = lock;
        this.secondsBefore = secondsBefore;
        Film film = new Film(folder, config, machine, trainer.state().progress().sequences());
        DiskRoom room = new DiskRoom(folder.path());
        this.record = new RunRecord(folder, config, machine, trainer, metrics, followers, film, opening.kept(), room, this::notice);
        record.follow(this::seconds);
    }

    /** What there is of a run before its files are open. */
    private record Opening(
            RunFolder folder, RunConfig config, Machine machine, Task task, Trainer trainer, KeptCheckpoints kept) {}

    /**
     * A new run.
     *
     * @param path its directory, which must not hold a run
     * @param config its settings
     * @param threads how many threads to use, at least 1
     * @param provider whose kernels to use
     * @return the run before its first update
     * @throws UserException if the directory holds a run, or the training needs more memory than there is
     * @throws RunFailedException if it cannot be written
     */
    public static Run start(Path path, RunConfig config, int threads, KernelProvider provider) {
        requireNone(new RunFolder(Arguments.given("path", path)));
        Arguments.given("config", config);
        return start(path, config, config.task().create(), threads, provider);
    }

    /**
     * A new run on a task that is there already, such as one of sequences in memory.
     *
     * @param path its directory, which must not hold a run
     * @param config its settings
     * @param task the task of these settings
     * @param threads how many threads to use
     * @param provider whose kernels to use
     * @return the run before its first update
     * @throws UserException if the directory holds a run, or the training needs more memory than there is
     * @throws RunFailedException if it cannot be written
     */
    public static Run start(Path path, RunConfig config, Task task, int threads, KernelProvider provider) {
        RunFolder folder = new RunFolder(Arguments.given("path", path));
        Arguments.given("config", config);
        Arguments.atLeast("threads", 1, threads);
        Arguments.given("provider", provider);
        requireNone(folder);
        Machine machine = config.machine().build(task.inputs(), task.outputs());
        machine.initialise(config.seed());
        Trainer trainer = trainer(machine, task, config, threads, provider);
        try {
            Files.createDirectories(folder.checkpoints());
            return locked(folder, lock -> {
                requireNone(folder);
                Opening opening = new Opening(folder, config, machine, task, trainer, new KeptCheckpoints(folder));
                return begin(opening, threads, provider, lock);
            });
        } catch (IOException e) {
            trainer.close();
            throw RunFailedException.cannotWrite(path, e);
        } catch (RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    /** Refuses a directory with a run. What a process leaves that is killed before its first checkpoint is none. */
    private static void requireNone(RunFolder folder) {
        Path path = folder.path();
        boolean there = Stream.of(folder.config(), folder.metrics(), folder.film(), folder.best()).anyMatch(Files::exists)
                || KeptCheckpoints.exist(folder)
                || (Files.exists(folder.checkpoints()) && !Files.isDirectory(folder.checkpoints()));
        if (there) {
            throw new UserException(path + ": expected a new or empty directory, found a run; go on with it by --resume " + path);
        }
    }

    /** A run is there from its first checkpoint on: it can go on whenever it is killed after that, and begin anew before. */
    private static Run begin(Opening opening, int threads, KernelProvider provider, RunLock lock) {
        RunFolder folder = opening.folder();
        try {
            removeLeftovers(folder);
            long bytes = opening.kept().write(opening.config(), opening.machine(), opening.trainer().state());
            describe(folder, opening.config(), threads, provider);
            Run run = open(opening, OptionalLong.empty(), lock, 0);
            run.record.look(bytes);
            return run;
        } catch (RuntimeException | OutOfMemoryError e) {
            forget(folder);
            throw e;
        }
    }

    /** Removes what a process has left that was killed while it wrote a file. */
    private static void removeLeftovers(RunFolder folder) {
        AtomicFiles.removeLeftovers(folder.path());
        AtomicFiles.removeLeftovers(folder.checkpoints());
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

    private static Run open(Opening opening, OptionalLong resumedAt, RunLock lock, double secondsBefore) {
        Metrics metrics = Metrics.append(opening.folder().metrics(), opening.config().task().objective());
        try {
            return new Run(opening, metrics, RunFollowers.of(opening.folder(), resumedAt), lock, secondsBefore);
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    /** Removes what a run has written that could not begin. */
    private static void forget(RunFolder folder) {
        for (Path file : List.of(folder.config(), folder.environment(), folder.metrics(), folder.last(), folder.checkpoints())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException inTheWay) {
                // What could not be written cannot be removed.
            }
        }
    }

    /**
     * Goes on with a run from its last checkpoint or, if that is damaged, from one of those before it, which a {@linkplain #onNotice
     * notice} says.
     *
     * @param path its directory
     * @param changes settings of the training that are to change, such as a larger budget
     * @param threads how many threads to use, at least 1
     * @param provider whose kernels to use
     * @return the run where it left off
     * @throws UserException if there is no run to go on with, somebody trains it, or the changes are not to its training
     */
    public static Run resume(Path path, ConfigTree changes, int threads, KernelProvider provider) {
        return resume(path, changes, config -> config.task().create(), threads, provider);
    }

    /**
     * Goes on with a run on a task that is there already, such as one of sequences in memory.
     *
     * @param path its directory
     * @param changes settings of the training that are to change, such as a larger budget
     * @param task the task on which it began
     * @param threads how many threads to use
     * @param provider whose kernels to use
     * @return the run where it left off
     * @throws UserException if there is no run to go on with, somebody trains it, the changes are not to its training, or the sequences in
     *     memory are others than those on which it began
     */
    public static Run resume(Path path, ConfigTree changes, DataTask task, int threads, KernelProvider provider) {
        return resume(path, changes, config -> same(task, config, path), threads, provider);
    }

    private static Task same(DataTask task, RunConfig config, Path path) {
        if (!(config.task() instanceof DataConfig data) || !data.source().sha256().equals(task.sha256())) {
            throw new UserException("--resume " + path + ": expected the sequences that the run began with, got others");
        }
        return task;
    }

    private static Run resume(
            Path path, ConfigTree changes, Function<RunConfig, Task> creation, int threads, KernelProvider provider) {
        RunFolder folder = new RunFolder(Arguments.given("path", path));
        Arguments.given("changes", changes);
        Arguments.atLeast("threads", 1, threads);
        Arguments.given("provider", provider);
        if (!Files.isDirectory(path) || !KeptCheckpoints.exist(folder)) {
            throw new UserException("--resume " + path + ": expected a run directory with checkpoints/last.safetensors, found none");
        }
        return locked(folder, lock -> resume(folder, changes, creation, threads, provider, lock));
    }

    private static Run resume(
            RunFolder folder, ConfigTree changes, Function<RunConfig, Task> creation, int threads, KernelProvider provider, RunLock lock) {
        Path path = folder.path();
        KeptCheckpoints.Found found = KeptCheckpoints.newest(folder);
        Model model = found.model();
        RunConfig stored = Objects.requireNonNull(RunConfig.of(model));
        RunConfig config = RunConfig.resolve(ConfigTree.of(stored.toMap(), model.file().toString()).overriddenBy(changes));
        if (!config.machine().equals(stored.machine()) || !config.task().sameTask(stored.task()) || config.seed() != stored.seed()) {
            throw new UserException("--resume " + path + ": expected changes to the training only, got another task, machine or seed");
        }
        if (!config.preset().equals(stored.preset()) || config.training().optimiser().rule() != stored.training().optimiser().rule()) {
            throw new UserException("--resume " + path + ": expected the preset and the optimiser that the run began with, got another");
        }
        Task task = creation.apply(config);
        Machine machine = model.copy();
        Trainer trainer = trainer(machine, task, config, threads, provider);
        try {
            Checkpoints.restore(model, trainer);
            removeLeftovers(folder);
            long sequences = trainer.state().progress().sequences();
            Metrics.Told told = Metrics.cut(folder.metrics(), sequences, trainer.state().progress().evaluationDue());
            describe(folder, config, threads, provider);
            Opening opening = new Opening(folder, config, machine, task, trainer, new KeptCheckpoints(folder, found));
            Run run = open(opening, OptionalLong.of(sequences), lock, told.seconds());
            found.notice(sequences, told.sequences()).ifPresent(run::notice);
            run.record.look(model.file().toFile().length());
            return run;
        } catch (RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    private static Trainer trainer(
            Machine machine, Task task, RunConfig config, int threads, KernelProvider provider) {
        try {
            TrainingMemory.requireWithin(Runtime.getRuntime().maxMemory(), machine, task, config.training(), threads);
            return new Trainer(machine, task, config.training(), config.seed(), threads, provider);
        } catch (OutOfMemoryError | ArithmeticException | NegativeArraySizeException tooLarge) {
            long needed = TrainingMemory.of(machine, task, config.training(), threads).bytes();
            throw new UserException("training needs about " + HeapRoom.mebibytes(needed) + " and what else runs here, and java has "
                    + HeapRoom.mebibytes(Runtime.getRuntime().maxMemory()) + "; " + HeapRoom.more(2 * needed)
                    + ", set training.segment for long sequences, or take a smaller training.batch, machine.rows or task size", tooLarge);
        }
    }

    private static void describe(RunFolder folder, RunConfig config, int threads, KernelProvider provider) {
        AtomicFiles.write(folder.config(), Yaml.text(config.toMap()));
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
    public Machine machine() {
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
            trainer.between(record::checkpoint).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RunFailedException failed -> throw new RunFailedException(String.valueOf(failed.getMessage()), failed);
                case IllegalStateException refused -> throw new IllegalStateException(refused.getMessage(), refused);
                case null, default -> throw e;
            }
        }
    }

    /**
     * Measures the machine as it is now, on as many fresh sequences of the largest training size as an evaluation has, unless it is to stop
     * on the way.
     *
     * @param threads how many threads to use, at least 1; the result does not depend on it
     * @param provider whose kernels to use
     * @param goOn is asked before each step
     * @return the averages; nothing if it was not to go on
     */
    public Optional<Evaluation> measure(int threads, KernelProvider provider, BooleanSupplier goOn) {
        try (Evaluator evaluator = new Evaluator(machine, task, threads, provider)) {
            return evaluator.evaluate(
                    task.evaluated(), config.training().evaluation().sequences(), MEASUREMENT_SEED, MEASUREMENT, 0, goOn);
        }
    }

    /**
     * How far the training had come at the last checkpoint; from any thread.
     *
     * @return sequences, or nothing where there is no checkpoint yet
     */
    public OptionalLong saved() {
        return record.saved();
    }

    /**
     * What the targets of a run are, as its metrics tell.
     *
     * @param run its directory
     * @return bits if nothing was recorded
     */
    public static Objective objective(RunFolder run) {
        return Metrics.objective(run.metrics());
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

    /**
     * Adds a hearer of what is no error but worth knowing: that a damaged checkpoint was skipped, that the disk is nearly full. It is told
     * at once what there was to say before; later notices come on the training's thread.
     *
     * @param hearer takes one line at a time
     */
    public synchronized void onNotice(Consumer<String> hearer) {
        notices.forEach(hearer);
        hearers.add(hearer);
    }

    private synchronized void notice(String line) {
        notices.add(line);
        hearers.forEach(hearer -> hearer.accept(line));
    }

    @Override
    public void close() {
        try (lock;
                record) {
            trainer.close();
        }
    }
}
