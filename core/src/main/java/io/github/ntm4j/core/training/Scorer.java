package io.github.ntm4j.core.training;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Runs a machine on batches of fresh sequences of a task and scores each sequence. A scorer serves one thread. */
public final class Scorer {
    private final Task task;
    private final Session session;
    private final Sequence[] sequences;
    private final Random64 random = Random64.of(0, "", 0);
    private final float[] inputs;

    /**
     * How well a machine did on a sequence.
     *
     * @param nats cross-entropy of its target bits
     * @param optimumNats the {@linkplain Task#optimum best that can be expected} of any machine
     * @param wrongBits target bits that the machine rounds to the wrong value
     * @param countedBits target bits that count
     */
    public record Score(double nats, double optimumNats, int wrongBits, int countedBits) {}

    /**
     * A scorer.
     *
     * @param machine the machine, which may change between batches
     * @param task where sequences come from
     * @param batch sequences at a time, at least 1
     * @param provider whose kernels to use
     */
    public Scorer(Machine<?> machine, Task task, int batch, KernelProvider provider) {
        this.task = task;
        session = new Session(machine, batch, provider);
        sequences = new Sequence[batch];
        for (int b = 0; b < batch; b++) {
            sequences[b] = new Sequence(task.inputs(), task.outputs());
        }
        inputs = new float[batch * task.inputs()];
    }

    /**
     * Runs the machine on sequences that follow each other in a stream.
     *
     * @param size the size of all sequences
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences
     * @param first index of the first sequence in that stream
     * @param count how many, at most a batch
     * @param goOn is asked before each step
     * @return a score for each sequence; none if it was not to go on
     */
    public List<Score> score(Size size, long seed, String purpose, long first, int count, BooleanSupplier goOn) {
        for (int b = 0; b < sequences.length; b++) {
            random.restart(seed, purpose, first + Math.min(b, count - 1));
            task.generate(size, random, sequences[b]);
        }
        double[] nats = new double[count];
        int[] wrong = new int[count];
        int[] counted = new int[count];
        session.reset();
        for (int t = 0; t < sequences[0].steps(); t++) {
            if (!goOn.getAsBoolean()) {
                return List.of();
            }
            for (int b = 0; b < sequences.length; b++) {
                System.arraycopy(sequences[b].input(), t * task.inputs(), inputs, b * task.inputs(), task.inputs());
            }
            session.step(inputs, 0, task.inputs());
            for (int b = 0; b < count; b++) {
                float weight = sequences[b].mask()[t];
                if (weight > 0) {
                    nats[b] += weight * nats(b, t);
                    wrong[b] += wrongBits(b, t);
                    counted[b] += task.outputs();
                }
            }
        }
        return IntStream.range(0, count)
                .mapToObj(b -> new Score(nats[b], task.optimum(sequences[b]), wrong[b], counted[b]))
                .toList();
    }

    private double nats(int b, int t) {
        Sequence sequence = sequences[b];
        double nats = 0;
        for (int j = 0; j < sequence.outputs(); j++) {
            double z = session.logit(b, j);
            double softplus = Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
            nats += softplus - sequence.target()[t * sequence.outputs() + j] * z;
        }
        return nats;
    }

    /** Wrong bits of a step; an output that is not a number is wrong. */
    private int wrongBits(int b, int t) {
        Sequence sequence = sequences[b];
        int wrong = 0;
        for (int j = 0; j < sequence.outputs(); j++) {
            float logit = session.logit(b, j);
            boolean right = sequence.target()[t * sequence.outputs() + j] > 0.5f ? logit > 0 : logit <= 0;
            wrong += right ? 0 : 1;
        }
        return wrong;
    }
}
