package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: draws batches, follows gradients, evaluates, and tells its listeners. It knows no file and no terminal. Every random
 * number comes from the seed and the number of the sequence it is for, so a training that is stopped and restored goes on to the bit,
 * with any number of threads. One thread runs it; what others may call meanwhile says so, and what they may not is refused.
 */
public final class Trainer implements AutoCloseable {
    private static final int SKIPS = 5;

    private final Machine machine;
    private final Task task;
    private final Task practice;
    private final TrainingConfig config;
    private final long seed;
    private final Workers workers;
    private final Gradients gradients;
    private final Descent descent;
    private final @Nullable GoodState good;
    private final Evaluator evaluator;
    private final Sequence[] batch;
    private final Random64 random = Random64.of(0, "", 0);
    private final List<Consumer<TrainingEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> watchers = new CopyOnWriteArrayList<>();
    private Counters counters = new Counters(Progress.START);
    private @Nullable NonFinite failed;
    private final Requests requests = new Requests();

    /**
     * A trainer for a machine whose parameters have their first values.
     *
     * @param machine the machine, which it changes
     * @param task where sequences come from
     * @param config the settings
     * @param seed the run's seed
     * @param threads how many threads to use, at least 1; the result does not depend on it
     * @param provider whose kernels to use; the result does not depend on it
     * @throws io.github.ntm4j.machines.config.UserException if a setting is out of its range
     */
    public Trainer(
            Machine machine, Task task, TrainingConfig config, long seed, int threads, KernelProvider provider) {
        this.machine = Arguments.given("machine", machine);
        this.task = Arguments.given("task", task);
        Arguments.given("provider", provider);
        requireSameWidth("inputs", machine.inputs(), task.inputs());
        requireSameWidth("outputs", machine.outputs(), task.outputs());
        this.practice = task.practice();
        this.config = Settings.requireWithin(Arguments.given("config", config), "training");
        this.seed = seed;
        this.workers = new Workers(threads);
        try {
            this.gradients = new Gradients(
                    machine, config.desk(task.objective(), config.course().batch(), provider), practice.steps(practice.largest()), workers);
            this.descent = new Descent(machine, config, gradients.chunks());
            this.good = config.rollbacks() > 0 ? GoodState.like(machine.parameters().values(), descent.moments()) : null;
            this.evaluator = new Evaluator(machine, task, workers, provider);
        } catch (RuntimeException | Error tooLarge) {
            workers.close();
            throw tooLarge;
        }
        this.batch = new Sequence[config.course().batch()];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = new Sequence(task.inputs(), task.outputs());
        }
    }

    private static void requireSameWidth(String what, int machines, int tasks) {
        if (machines != tasks) {
            throw new IllegalArgumentException("machine: expected the " + tasks + " " + what + " of the task, got " + machines);
        }
    }

    /**
     * Adds a listener, to be called on the training's thread; from any thread.
     *
     * @param listener hears every event
     */
    public void listen(Consumer<TrainingEvent> listener) {
        listeners.add(Arguments.given("listener", listener));
    }

    /**
     * Adds a watcher, from any thread, to be called on the training's thread before the first update and after every other, when {@link #state} is one to
     * go on from: after the evaluation of the same update.
     *
     * @param watcher takes the sequences seen so far
     */
    public void watch(LongConsumer watcher) {
        watchers.add(Arguments.given("watcher", watcher));
    }

    /**
     * Asks the training to end after the current update, or at once where it is paused; from any thread. An evaluation is broken off, and
     * made when the training goes on. Where no training runs, the next one ends before its first update; the one after that runs again.
     */
    public void stop() {
        requests.stop();
    }

    /**
     * Asks the training to wait after the current update, until {@link #proceed} or {@link #stop}; from any thread. Where no training runs,
     * the next one waits before its first update. Changes no bit.
     */
    public void pause() {
        requests.pause();
    }

    /** Lets a training that was paused go on; from any thread. */
    public void proceed() {
        requests.proceed();
    }

    /**
     * Whether the training has come to the pause that somebody asked for.
     *
     * @return true while it waits
     */
    public boolean paused() {
        return requests.waiting();
    }

    /**
     * Whether a training is under way on a thread: it must not wait for what is to be done between two updates.
     *
     * @param thread a thread
     * @return true between the beginning and the end of {@link #run} on it
     */
    public boolean isTraining(Thread thread) {
        return requests.isTraining(Arguments.given("thread", thread));
    }

    /**
     * How long trainings have waited in pauses.
     *
     * @return seconds
     */
    public double pausedSeconds() {
        return requests.waitedNanos() / 1e9;
    }

    /**
     * Performs an action while {@link #state} is one to go on from; from any thread. While a training runs, its own thread performs it
     * between two updates, after the evaluation of the first, in a pause too, and at the latest when the training has ended; the action may
     * use the state and the machine, and its exceptions are the caller's, not the training's. Where no training runs, the caller's thread
     * performs it at once, and none begins meanwhile. Whoever is on the training's thread, as listeners are, must not wait for the result.
     *
     * @param action what to do
     * @return done when it is performed, or the exception with which it ended; an {@link IllegalStateException} where there is no such state
     *     because a training failed or the trainer is closed
     */
    public CompletableFuture<@Nullable Void> between(Runnable action) {
        return requests.between(Arguments.given("action", action));
    }

    /**
     * The present state. It is one to go on from when a listener hears of an evaluation or of the end, and when nothing runs; a listener
     * that hears of anything else may be called before the evaluation of the same update.
     *
     * @return the trainer's own buffers
     */
    public TrainingState state() {
        return new TrainingState(counters.freeze(), machine.parameters().values(), descent.moments(), good);
    }

    /**
     * Goes on from how far a training had come. The weights and moments in {@link #state} are to be filled by the caller before, and those of
     * its good state too where that is {@linkplain Rollbacks#apartFrom another}.
     *
     * @param restored how far it had come
     * @throws IllegalStateException if a training is under way, or the trainer is closed
     */
    public void restore(Progress restored) {
        requests.requireIdle("restore");
        Arguments.given("restored", restored);
        counters = new Counters(restored);
        failed = null;
        if (counters.skippedInARow >= SKIPS) {
            counters.skippedInARow = 0; // it ended there; going on is a new attempt
            counters.rollbacks = counters.rollbacks.again();
        }
        if (good == null) {
            counters.rollbacks = counters.rollbacks.without();
        }
        descent.refresh();
        if (!counters.rollbacks.apartFrom(counters.sequences)) {
            keepGoodState();
        }
    }

    /** The present state is one to go back to. */
    private void keepGoodState() {
        if (good != null) {
            good.take(machine.parameters().values(), descent.moments());
            counters.rollbacks = counters.rollbacks.from(counters.sequences, counters.updates);
        }
    }

    /**
     * The update at which the training diverged, until it goes on or is restored.
     *
     * @return what was not finite, and the batch; empty for a training that has not diverged
     */
    public Optional<FailedUpdate> failedUpdate() {
        NonFinite what = failed;
        return what == null || counters.skippedInARow < SKIPS
                ? Optional.empty()
                : Optional.of(new FailedUpdate(what, counters.sequences - batch.length, List.of(batch)));
    }

    /**
     * Trains until the task is solved, the budget is used up, or the training is stopped or diverges. A training that was stopped goes on
     * where it was when this is called again.
     *
     * @return why it ended
     * @throws IllegalStateException if a training is under way, in this thread or another, or the trainer is closed
     */
    public Outcome run() {
        requests.begin();
        try {
            Outcome outcome = train();
            requests.end();
            return outcome;
        } catch (RuntimeException | Error thrown) {
            requests.fail();
            throw thrown;
        }
    }

    private Outcome train() {
        descent.refresh();
        if (counters.rollbacks.good() < 0) {
            keepGoodState();
        }
        publish(new TrainingEvent.Started(counters.sequences));
        if (counters.evaluationDue) {
            evaluate();
        }
        show();
        Outcome outcome = next();
        while (outcome == null) {
            update();
            if (crossed(config.reportInterval())) {
                report();
            }
            if (crossed(config.evaluation().interval())) {
                evaluate();
            }
            show();
            outcome = next();
        }
        publish(new TrainingEvent.Finished(counters.sequences, outcome));
        return outcome;
    }

    /** Does what was asked for between two updates; returns why no other follows, or nothing if one does. */
    private @Nullable Outcome next() {
        if (ending() == null) {
            requests.attend();
        }
        return ending();
    }

    private @Nullable Outcome ending() {
        if (counters.evaluationDue) {
            return Outcome.STOPPED;
        }
        if (counters.skippedInARow >= SKIPS) {
            return Outcome.DIVERGED;
        }
        boolean solvedLongEnough =
                counters.solved() && counters.sequences >= counters.solvedAt + config.stopping().sequencesAfterSolved();
        if (config.stopping().stopWhenSolved() && solvedLongEnough) {
            return Outcome.SOLVED;
        }
        if (counters.sequences >= config.course().sequences()) {
            return counters.solved() ? Outcome.SOLVED : Outcome.BUDGET;
        }
        if (config.stopping().patience() > 0 && counters.sinceBest >= config.stopping().patience()) {
            return Outcome.PATIENCE;
        }
        return requests.stopping() ? Outcome.STOPPED : null;
    }

    /** Whether the last update passed a multiple of an interval. */
    private boolean crossed(long interval) {
        long now = counters.sequences;
        return now / interval > (now - batch.length) / interval;
    }

    private void update() {
        long first = counters.sequences;
        practice.fill(batch, seed, first, config.reach(first), random);
        float[] gradient = gradients.of(batch, TrainingConfig.noise(seed, first), config.scale(batch, task.objective()));
        double loss = gradients.loss();
        double norm = gradients.norm();
        counters.sequences += batch.length;
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            skip(Double.isFinite(loss) ? NonFinite.GRADIENT : NonFinite.LOSS);
            return;
        }
        if (!descent.follow(gradient, norm, (float) rate(first), counters.updates + 1 - counters.rollbacks.undone())) {
            skip(NonFinite.UPDATE);
            return;
        }
        counters.updates++;
        counters.skippedInARow = 0;
        counters.stretchSequences += batch.length;
        counters.stretchUpdates++;
        counters.stretchNats += loss;
        counters.stretchErrors += gradients.errors();
        counters.stretchNorm += norm;
        counters.stretchClipped += descent.clipped() ? 1 : 0;
    }

    /** The learning rate of an update with so many sequences seen before. */
    private double rate(long done) {
        return config.rate(done, counters.solved()) * counters.rollbacks.rate();
    }

    private void skip(NonFinite what) {
        failed = what;
        counters.skipped++;
        counters.skippedInARow++;
        publish(new TrainingEvent.Skipped(counters.sequences, what.reason(), counters.skippedInARow));
        if (good != null && counters.skippedInARow >= SKIPS && counters.rollbacks.made() < config.rollbacks()) {
            good.give(machine.parameters().values(), descent.moments());
            descent.refresh();
            counters.skippedInARow = 0;
            counters.rollbacks = counters.rollbacks.after(counters.updates);
            Rollbacks now = counters.rollbacks;
            publish(new TrainingEvent.RolledBack(counters.sequences, now.good(), now.rate(), now.made()));
        }
    }

    private void report() {
        Progress p = counters.freeze();
        counters.clearStretch();
        if (p.stretchUpdates() > 0) {
            publish(new TrainingEvent.Reported(
                    p.sequences(),
                    p.stretchNats() * task.objective().unitsPerLoss() / p.stretchSequences(),
                    (double) p.stretchErrors() / p.stretchSequences(),
                    rate(p.sequences() - batch.length),
                    p.stretchNorm() / p.stretchUpdates(),
                    (double) p.stretchClipped() / p.stretchUpdates(),
                    p.skipped()));
        }
    }

    private void evaluate() {
        int count = config.evaluation().sequences();
        // Where no sequence is ever fresh, all evaluations have the same ones, so that the best can be told.
        long firstTest = task.testSequences(task.evaluated()) == Long.MAX_VALUE ? counters.evaluations * count : 0;
        counters.evaluationDue = true;
        Optional<Evaluation> made =
                evaluator.evaluate(task.evaluated(), count, seed, "evaluation", firstTest, () -> !requests.stopping());
        made.ifPresent(evaluation -> {
            counters.evaluationDue = false;
            if (Double.isFinite(evaluation.bitsPerSequence())) {
                keepGoodState();
            }
            Assessment.of(evaluation, task.certain(), task.solvable(), counters, config).forEach(this::publish);
        });
    }

    private void publish(TrainingEvent event) {
        for (Consumer<TrainingEvent> listener : listeners) {
            listener.accept(event);
        }
    }

    private void show() {
        for (LongConsumer watcher : watchers) {
            watcher.accept(counters.sequences);
        }
    }

    @Override
    public void close() {
        requests.close();
        workers.close();
    }
}
