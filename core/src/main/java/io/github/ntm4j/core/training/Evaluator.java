package io.github.ntm4j.core.training;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a machine on fresh sequences of a task. The result does not depend on the number of threads. */
public final class Evaluator implements AutoCloseable {
    static final int BATCH = 8;
    private static final double BITS_PER_NAT = 1 / Math.log(2);

    private final Task task;
    private final Workers workers;
    private final boolean ownsWorkers;
    private final List<Lane> lanes = new ArrayList<>();

    /** What one job needs: a session and the sequences it runs. */
    private final class Lane {
        private final Session session;
        private final Sequence[] sequences = new Sequence[BATCH];
        private final Random64 random = Random64.of(0, "", 0);
        private float[] inputs = new float[0];

        Lane(Machine<?> machine, KernelProvider provider) {
            session = new Session(machine, BATCH, provider);
            for (int b = 0; b < BATCH; b++) {
                sequences[b] = new Sequence(task.inputs(), task.outputs());
            }
            inputs = new float[BATCH * task.inputs()];
        }
    }

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
        this.task = task;
        this.workers = workers;
        this.ownsWorkers = ownsWorkers;
        for (int i = 0; i < workers.count(); i++) {
            lanes.add(new Lane(machine, provider));
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
                run(lanes.get(lane), size, seed, purpose, first, from, Math.min(count, from + BATCH), nats, optimum, errors);
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

    private void run(
            Lane lane, Size size, long seed, String purpose, long first, int from, int to, double[] nats, double[] optimum,
            int[] errors) {
        for (int b = 0; b < BATCH; b++) {
            lane.random.restart(seed, purpose, first + Math.min(from + b, to - 1));
            task.generate(size, lane.random, lane.sequences[b]);
        }
        for (int i = from; i < to; i++) {
            optimum[i] = task.optimum(lane.sequences[i - from]);
        }
        lane.session.reset();
        int steps = lane.sequences[0].steps();
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < BATCH; b++) {
                System.arraycopy(lane.sequences[b].input(), t * task.inputs(), lane.inputs, b * task.inputs(), task.inputs());
            }
            lane.session.step(lane.inputs, 0, task.inputs());
            for (int i = from; i < to; i++) {
                Sequence sequence = lane.sequences[i - from];
                if (sequence.mask()[t] > 0) {
                    nats[i] += sequence.mask()[t] * score(lane.session, i - from, sequence, t);
                    errors[i] += errors(lane.session, i - from, sequence, t);
                }
            }
        }
    }

    private static double score(Session session, int b, Sequence sequence, int t) {
        double nats = 0;
        for (int j = 0; j < sequence.outputs(); j++) {
            double z = session.logit(b, j);
            double softplus = Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
            nats += softplus - sequence.target()[t * sequence.outputs() + j] * z;
        }
        return nats;
    }

    /** Wrong bits of a step; an output that is not a number is wrong. */
    private static int errors(Session session, int b, Sequence sequence, int t) {
        int wrong = 0;
        for (int j = 0; j < sequence.outputs(); j++) {
            float logit = session.logit(b, j);
            boolean right = sequence.target()[t * sequence.outputs() + j] > 0.5f ? logit > 0 : logit <= 0;
            wrong += right ? 0 : 1;
        }
        return wrong;
    }

    @Override
    public void close() {
        if (ownsWorkers) {
            workers.close();
        }
    }
}
