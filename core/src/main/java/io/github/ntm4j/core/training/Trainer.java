package io.github.ntm4j.core.training;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.training.TrainingEvent.Outcome;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.optimiser.Adam;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.optimiser.Optimiser;
import io.github.ntm4j.engine.random.Random64;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: draws batches, follows gradients, evaluates, and tells its listeners. It knows no file and no terminal. Every random
 * number comes from the seed and the number of the sequence it is for, so a training that is stopped and restored goes on to the bit,
 * with any number of threads.
 */
public final class Trainer implements AutoCloseable {
    private static final int SKIPS = 5;

    private final Machine<?> machine;
    private final Task task;
    private final Task practice;
    private final TrainingConfig config;
    private final long seed;
    private final Workers workers;
    private final Chunks chunks;
    private final boolean[] cut;
    private final Optimiser optimiser;
    private final Gradients gradients;
    private final Evaluator evaluator;
    private final Sequence[] batch;
    private final Random64 random = Random64.of(0, "", 0);
    private final List<Consumer<TrainingEvent>> listeners = new ArrayList<>();
    private final List<LongConsumer> watchers = new ArrayList<>();
    private Counters counters = new Counters(Progress.START);
    private final Requests requests = new Requests();

    /**
     * A trainer for a machine whose parameters have their first values.
     *
     * @param machine the machine, which it changes
     * @param task where sequences come from
     * @param config the settings
     * @param seed the run's seed
     * @param threads how many threads to use; the result does not depend on it
     * @param provider whose kernels to use; the result does not depend on it
     */
    public Trainer(
            Machine<?> machine, Task task, TrainingConfig config, long seed, int threads, KernelProvider provider) {
        this.machine = machine;
        this.task = task;
        this.practice = task.practice();
        this.config = config;
        this.seed = seed;
        this.workers = new Workers(threads);
        int size = machine.parameters().size();
        this.optimiser =
                switch (config.optimiser()) {
                    case RMSPROP -> new GravesRmsProp(
                            size, (float) config.decay(), (float) config.momentum(), (float) config.epsilon());
                    case ADAM -> new Adam(
                            size, (float) config.beta1(), (float) config.beta2(), (float) config.epsilon());
                };
        try {
            this.gradients =
                    new Gradients(
                            machine,
                            task.objective(),
                            config.batch(),
                            practice.steps(practice.largest()),
                            config.segment(),
                            workers,
                            provider);
            this.chunks = gradients.chunks();
            this.cut = new boolean[chunks.count()];
            this.evaluator = new Evaluator(machine, task, workers, provider);
        } catch (RuntimeException | Error tooLarge) {
            workers.close();
            throw tooLarge;
        }
        this.batch = new Sequence[config.batch()];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = new Sequence(task.inputs(), task.outputs());
        }
    }

    /**
     * Adds a listener, to be called on the training's thread.
     *
     * @param listener hears every event
     */
    public void listen(Consumer<TrainingEvent> listener) {
        listeners.add(listener);
    }

    /**
     * Adds a watcher, to be called on the training's thread before the first update and after every other, when {@link #state} is one to
     * go on from: after the evaluation of the same update.
     *
     * @param watcher takes the sequences seen so far
     */
    public void watch(LongConsumer watcher) {
        watchers.add(watcher);
    }

    /**
     * Asks the training to end after the current update, or at once where it is paused; from any thread. Where no training runs, the next
     * one ends before its first update; the one after that runs again.
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
        return requests.isTraining(thread);
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
        return requests.between(action);
    }

    /**
     * The present state. It is one to go on from when a listener hears of an evaluation or of the end, and when nothing runs; a listener
     * that hears of anything else may be called before the evaluation of the same update.
     *
     * @return the trainer's own buffers
     */
    public TrainingState state() {
        return new TrainingState(counters.freeze(), machine.parameters().values(), optimiser.moments());
    }

    /**
     * Goes on from how far a training had come. The weights and moments in {@link #state} are to be filled by the caller.
     *
     * @param restored how far it had come
     */
    public void restore(Progress restored) {
        counters = new Counters(restored);
        if (counters.skippedInARow >= SKIPS) {
            counters.skippedInARow = 0; // it ended there; going on is a new attempt
        }
        machine.parameters().refresh();
    }

    /**
     * Trains until the task is solved, the budget is used up, or the training is stopped or diverges. A training that was stopped goes on
     * where it was when this is called again.
     *
     * @return why it ended
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
        machine.parameters().refresh();
        publish(new TrainingEvent.Started(counters.sequences));
        show();
        Outcome outcome = next();
        while (outcome == null) {
            update();
            if (crossed(config.reportInterval())) {
                report();
            }
            if (crossed(config.evaluationInterval())) {
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
        if (counters.skippedInARow >= SKIPS) {
            return Outcome.DIVERGED;
        }
        boolean solvedLongEnough =
                counters.solved() && counters.sequences >= counters.solvedAt + config.sequencesAfterSolved();
        if (config.stopWhenSolved() && solvedLongEnough) {
            return Outcome.SOLVED;
        }
        if (counters.sequences >= config.sequences()) {
            return counters.solved() ? Outcome.SOLVED : Outcome.BUDGET;
        }
        if (config.patience() > 0 && counters.sinceBest >= config.patience()) {
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
        double decisions = 0;
        for (Sequence sequence : batch) {
            decisions += decisions(sequence);
        }
        double scale =
                switch (config.loss()) {
                    case PER_SEQUENCE -> 1.0 / batch.length;
                    case PER_BIT -> 1 / Math.max(1, decisions);
                };
        float[] gradient = gradients.of(batch, scale);
        double loss = gradients.loss();
        double norm = gradients.norm();
        counters.sequences += batch.length;
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            skip(Double.isFinite(loss) ? "the gradient is not finite" : "the loss is not finite");
            return;
        }
        counters.updates++;
        boolean clipped = update(gradient, norm, (float) config.rate(first, counters.solved()));
        counters.skippedInARow = 0;
        counters.stretchSequences += batch.length;
        counters.stretchUpdates++;
        counters.stretchNats += loss;
        counters.stretchErrors += gradients.errors();
        counters.stretchNorm += norm;
        counters.stretchClipped += clipped ? 1 : 0;
    }

    private double decisions(Sequence sequence) {
        double steps = 0;
        for (int t = 0; t < sequence.steps(); t++) {
            steps += sequence.mask()[t];
        }
        return steps * task.objective().decisions(sequence.outputs());
    }

    /** Clips the gradient and follows it; returns whether anything was cut. */
    private boolean update(float[] gradient, double norm, float rate) {
        float limit = (float) config.clipLimit();
        boolean tooLong = config.clip() == TrainingConfig.Clipping.NORM && norm > limit;
        chunks.run((chunk, from, to, kernels) -> {
            if (tooLong) {
                kernels.optimiser().scale((float) (limit / norm), gradient, from, to);
            }
            cut[chunk] = config.clip() == TrainingConfig.Clipping.ELEMENTWISE
                    ? kernels.optimiser().clip(limit, gradient, from, to)
                    : tooLong;
            optimiser.update(
                    kernels.optimiser(), rate, counters.updates, gradient, machine.parameters().values(), from, to);
        });
        machine.parameters().refresh();
        boolean anything = false;
        for (boolean c : cut) {
            anything |= c;
        }
        return anything;
    }

    private void skip(String reason) {
        counters.skipped++;
        counters.skippedInARow++;
        publish(new TrainingEvent.Skipped(counters.sequences, reason, counters.skippedInARow));
    }

    private void report() {
        Progress p = counters.freeze();
        counters.clearStretch();
        if (p.stretchUpdates() > 0) {
            publish(new TrainingEvent.Reported(
                    p.sequences(),
                    p.stretchNats() * task.objective().unitsPerLoss() / p.stretchSequences(),
                    (double) p.stretchErrors() / p.stretchSequences(),
                    config.rate(p.sequences() - batch.length, p.solved()),
                    p.stretchNorm() / p.stretchUpdates(),
                    (double) p.stretchClipped() / p.stretchUpdates(),
                    p.skipped()));
        }
    }

    private void evaluate() {
        int count = config.evaluationSequences();
        // Where no sequence is ever fresh, all evaluations have the same ones, so that the best can be told.
        long firstTest = task.testSequences(task.evaluated()) == Long.MAX_VALUE ? counters.evaluations * count : 0;
        Evaluation evaluation = evaluator.evaluate(task.evaluated(), count, seed, "evaluation", firstTest);
        Assessment.of(evaluation, task.certain(), counters, config).forEach(this::publish);
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
