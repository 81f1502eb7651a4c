package io.github.ntm4j.studio.run;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.OwnFiles;
import io.github.ntm4j.studio.server.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run that this process trains, on a thread of its own. What it publishes there is one number; everything else is read from the metrics
 * that the run writes anyway.
 */
final class Training {
    private static final System.Logger LOGGER = System.getLogger(Training.class.getName());

    private final Path path;
    private final int threads;
    private final KernelProvider kernels;
    private final Thread thread;
    private volatile long sequences;
    private volatile boolean stopping;

    /** Guarded by this, as is what is wanted of it. */
    private Run run;

    private boolean pausing;
    private @Nullable ConfigTree changes;
    private @Nullable String problem;

    /** What is done when a training has ended. */
    @FunctionalInterface
    interface End {
        /**
         * Takes notice.
         *
         * @param training the training
         * @param problem why it ended too early, if it did
         */
        void ended(Training training, @Nullable String problem);
    }

    /**
     * A training that has not begun.
     *
     * @param run what to train; closed at the end
     * @param threads how many threads it uses when it is opened again
     * @param kernels with what it computes
     * @param end is told of the end, on the training's thread
     */
    Training(Run run, int threads, KernelProvider kernels, End end) {
        this.run = run;
        this.path = run.folder().path();
        this.threads = threads;
        this.kernels = kernels;
        watch(run);
        this.thread = Thread.ofPlatform().daemon().name("training " + path.getFileName()).unstarted(() -> {
            train();
            end.ended(this, problem);
        });
    }

    private void watch(Run watched) {
        sequences = watched.trainer().state().progress().sequences();
        watched.trainer().watch(count -> sequences = count);
    }

    void start() {
        thread.start();
    }

    /** Its directory. */
    Path path() {
        return path;
    }

    /** Sequences seen, to the last update. */
    long sequences() {
        return sequences;
    }

    /** Seconds of training. */
    double seconds() {
        return current().seconds();
    }

    /** How it stands with it. */
    RunState state() {
        return stopping ? RunState.STOPPING : current().trainer().paused() ? RunState.PAUSED : RunState.TRAINING;
    }

    private synchronized Run current() {
        return run;
    }

    private void train() {
        try {
            for (boolean more = true; more; ) {
                Outcome outcome = current().train();
                current().close();
                more = outcome == Outcome.STOPPED && reopen();
            }
        } catch (RunFailedException | UserException | Refusal e) {
            problem = e.getMessage();
        } catch (OutOfMemoryError e) {
            problem = "the training ran out of memory";
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, "a training failed", e);
            problem = "this is a defect of ntm4j; what happened stands where `ntm studio` was started";
        } finally {
            current().close();
        }
    }

    /** Goes on with other settings if that is why the training was stopped. */
    private synchronized boolean reopen() {
        if (changes == null || stopping) {
            return false;
        }
        OwnFiles.requireAll(new RunFolder(path));
        run = Run.resume(path, changes, threads, kernels);
        changes = null;
        watch(run);
        if (pausing) {
            run.trainer().pause();
        }
        return true;
    }

    /** Halts it after the current update. */
    synchronized void pause() {
        requireNotStopping();
        pausing = true;
        run.trainer().pause();
    }

    /** Goes on after a pause. */
    synchronized void proceed() {
        requireNotStopping();
        pausing = false;
        run.trainer().proceed();
    }

    /** Ends it after the current update; the last checkpoint is written then. */
    synchronized void stop() {
        stopping = true;
        run.trainer().stop();
    }

    /**
     * Changes the step size: writes a checkpoint, and goes on from it with the other settings, in a pause if it is in one.
     *
     * @param rate the step size
     * @throws io.github.ntm4j.machines.config.UserException if it is none
     */
    synchronized void rate(double rate) {
        requireNotStopping();
        ConfigTree change = ConfigTree.option("--set", "training.learning_rate", Double.toString(rate));
        RunConfig.resolve(ConfigTree.of(run.config().toMap(), "config.yaml").overriddenBy(change));
        changes = change;
        run.trainer().stop();
    }

    /** Writes a checkpoint now. */
    void checkpoint() {
        try {
            current().checkpoint();
        } catch (IllegalStateException closed) {
            throw new Refusal(409, path.getFileName() + ": expected a training, found one that is about to end or to go on");
        }
    }

    private void requireNotStopping() {
        if (stopping) {
            throw new Refusal(409, path.getFileName() + ": expected a training, found one that is about to end");
        }
    }

    /**
     * Waits for its end.
     *
     * @return whether it has come
     */
    boolean await(long milliseconds) throws InterruptedException {
        return thread.join(Duration.ofMillis(Math.max(1, milliseconds)));
    }
}
