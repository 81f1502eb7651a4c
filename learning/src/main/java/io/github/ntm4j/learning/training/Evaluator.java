package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Runs a machine on fresh sequences of a task. The result does not depend on the number of threads that an evaluator has of its own. It is
 * used by one thread at a time, and refuses a second one that comes while the first is in it.
 */
public final class Evaluator implements AutoCloseable {
    static final int BATCH = 8;

    private final Task task;
    private final Workers workers;
    private final boolean ownsWorkers;
    private final OneThread use = new OneThread("evaluator");
    private final List<Scorer> lanes = new ArrayList<>();

    /**
     * An evaluator with threads of its own.
     *
     * @param machine the machine, which may change between evaluations
     * @param task where sequences come from
     * @param threads how many threads to use, at least 1
     * @param provider whose kernels to use
     */
    public Evaluator(Machine machine, Task task, int threads, KernelProvider provider) {
        this(machine, task, new Workers(threads), true, provider);
    }

    Evaluator(Machine machine, Task task, Workers workers, KernelProvider provider) {
        this(machine, task, workers, false, provider);
    }

    private Evaluator(Machine machine, Task task, Workers workers, boolean ownsWorkers, KernelProvider provider) {
        this.task = Arguments.given("task", task);
        this.workers = workers;
        this.ownsWorkers = ownsWorkers;
        for (int i = 0; i < workers.count(); i++) {
            lanes.add(new Scorer(machine, task, BATCH, provider));
        }
    }

    /**
     * Evaluates.
     *
     * @param size the size of all sequences
     * @param count how many, at least 1, or all if there are fewer
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences, so that evaluations never see what training saw
     * @param first index of the first sequence in that stream, from 0
     * @return the averages
     * @throws UserException if the task has no sequence of that size
     * @throws IllegalStateException if another thread is in this evaluator, or it is closed
     */
    public Evaluation evaluate(Size size, int count, long seed, String purpose, long first) {
        return evaluate(size, count, seed, purpose, first, () -> true).orElseThrow();
    }

    /**
     * Evaluates unless it is to stop on the way.
     *
     * @param size the size of all sequences
     * @param count how many, at least 1
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences
     * @param first index of the first sequence in that stream, from 0
     * @param goOn is asked before each step, by all threads
     * @return the averages; nothing if it was not to go on
     * @throws UserException if the task has no sequence of that size
     * @throws IllegalStateException if another thread is in this evaluator, or it is closed
     */
    public Optional<Evaluation> evaluate(Size size, int count, long seed, String purpose, long first, BooleanSupplier goOn) {
        requireSize(Arguments.given("size", size));
        Arguments.atLeast("count", 1, count);
        Arguments.given("purpose", purpose);
        Arguments.atLeast("first", 0, first);
        Arguments.given("goOn", goOn);
        use.begin();
        try {
            return scored(size, count, seed, purpose, first, goOn);
        } finally {
            use.end();
        }
    }

    /** Refuses a size of which the task says that it makes no sense. */
    private void requireSize(Size size) {
        for (SizeRange range : task.sizes()) {
            Integer value = size.values().get(range.name());
            if (value != null && (value < range.least() || value > range.limit())) {
                throw new IllegalArgumentException("size: expected " + range.name() + " from " + range.least() + " to " + range.limit()
                        + ", got " + value);
            }
        }
    }

    private Optional<Evaluation> scored(Size size, int count, long seed, String purpose, long first, BooleanSupplier goOn) {
        int available = (int) Math.min(count, task.testSequences(size));
        if (available < 1) {
            throw new UserException("size " + size + ": expected one of which there are sequences, found none");
        }
        Scorer.Score[] scores = new Scorer.Score[available];
        // Sequences of like length run together, so that little is run behind their ends.
        int[] order = IntStream.range(0, available)
                .boxed()
                .sorted(Comparator.comparingInt(i -> task.testSteps(size, first + i)))
                .mapToInt(Integer::intValue)
                .toArray();
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        workers.run(lanes.size(), lane -> {
            for (int from = next.getAndAdd(BATCH); from < available; from = next.getAndAdd(BATCH)) {
                int wanted = Math.min(BATCH, available - from);
                long[] indices = Arrays.stream(order, from, from + wanted).mapToLong(i -> first + i).toArray();
                List<Scorer.Score> group = lanes.get(lane).score(size, seed, purpose, indices, goOn);
                if (group.isEmpty()) {
                    stopped.set(true);
                    return;
                }
                for (int b = 0; b < wanted; b++) {
                    scores[order[from + b]] = group.get(b);
                }
            }
        });
        return stopped.get() ? Optional.empty() : Optional.of(Evaluation.of(size, task.objective(), List.of(scores)));
    }

    @Override
    public void close() {
        if (ownsWorkers) {
            workers.close();
        }
    }
}
