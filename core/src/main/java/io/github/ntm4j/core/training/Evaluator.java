package io.github.ntm4j.core.training;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a machine on fresh sequences of a task. The result does not depend on the number of threads. */
public final class Evaluator implements AutoCloseable {
    static final int BATCH = 8;
    private static final double BITS_PER_NAT = 1 / Math.log(2);

    private final Workers workers;
    private final boolean ownsWorkers;
    private final List<Scorer> lanes = new ArrayList<>();

    /**
     * An evaluator with threads of its own.
     *
     * @param machine the machine, which may change between evaluations
     * @param task where sequences come from
     * @param threads how many threads to use
     * @param provider whose kernels to use
     */
    public Evaluator(Machine<?> machine, Task task, int threads, KernelProvider provider) {
        this(machine, task, new Workers(threads), true, provider);
    }

    Evaluator(Machine<?> machine, Task task, Workers workers, KernelProvider provider) {
        this(machine, task, workers, false, provider);
    }

    private Evaluator(Machine<?> machine, Task task, Workers workers, boolean ownsWorkers, KernelProvider provider) {
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
     * @param count how many
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences, so that evaluations never see what training saw
     * @param first index of the first sequence in that stream
     * @return the averages
     */
    public Evaluation evaluate(Size size, int count, long seed, String purpose, long first) {
        double[] nats = new double[count];
        double[] optimum = new double[count];
        int[] errors = new int[count];
        int groups = (count + BATCH - 1) / BATCH;
        int share = (groups + lanes.size() - 1) / lanes.size();
        workers.run(lanes.size(), lane -> {
            for (int group = lane * share; group < Math.min(groups, (lane + 1) * share); group++) {
                int from = group * BATCH;
                int wanted = Math.min(BATCH, count - from);
                List<Scorer.Score> scores = lanes.get(lane).score(size, seed, purpose, first + from, wanted, () -> true);
                for (int b = 0; b < wanted; b++) {
                    nats[from + b] = scores.get(b).nats();
                    optimum[from + b] = scores.get(b).optimumNats();
                    errors[from + b] = scores.get(b).wrongBits();
                }
            }
        });
        double[] excess = new double[count];
        double[] wrong = new double[count];
        double natsInAll = 0;
        double optimumInAll = 0;
        long errorsInAll = 0;
        int exact = 0;
        for (int i = 0; i < count; i++) {
            natsInAll += nats[i];
            optimumInAll += optimum[i];
            errorsInAll += errors[i];
            exact += errors[i] == 0 ? 1 : 0;
            excess[i] = nats[i] - optimum[i];
            wrong[i] = errors[i];
        }
        return new Evaluation(
                size,
                count,
                natsInAll * BITS_PER_NAT / count,
                (double) errorsInAll / count,
                exact,
                optimumInAll * BITS_PER_NAT / count,
                standardError(excess) * BITS_PER_NAT,
                standardError(wrong));
    }

    /** Of the mean; 0 for a single number. */
    private static double standardError(double[] x) {
        double mean = Arrays.stream(x).sum() / x.length;
        double squares = 0;
        for (double value : x) {
            squares += (value - mean) * (value - mean);
        }
        return x.length == 1 ? 0 : Math.sqrt(squares / (x.length - 1) / x.length);
    }

    @Override
    public void close() {
        if (ownsWorkers) {
            workers.close();
        }
    }
}
