package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Inference;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Runs a machine on batches of fresh sequences of a task and scores each sequence. A scorer serves one thread. */
public final class Scorer {
    private final Task task;
    private final Objective objective;
    private final Inference inference;
    private final Sequence[] sequences;
    private final Random64 random = Random64.of(0, "", 0);
    private final float[] outputs;
    private final float[] target;

    /**
     * How well a machine did on a sequence.
     *
     * @param loss what it cost, see {@link Objective#loss}: nats, or half the squared error
     * @param optimum the {@linkplain Task#optimum best that can be expected} of any machine
     * @param wrong how many decisions were wrong
     * @param counted how many decisions count: target bits, symbols or numbers
     */
    public record Score(double loss, double optimum, int wrong, int counted) {}

    /**
     * A scorer.
     *
     * @param machine the machine, which may change between batches
     * @param task where sequences come from
     * @param batch sequences at a time, at least 1
     * @param provider whose kernels to use
     */
    public Scorer(Machine machine, Task task, int batch, KernelProvider provider) {
        this.task = Arguments.given("task", task);
        this.objective = task.objective();
        inference = Arguments.given("machine", machine).inference(new Desk(objective, batch, provider));
        sequences = new Sequence[batch];
        for (int b = 0; b < batch; b++) {
            sequences[b] = new Sequence(task.inputs(), task.outputs());
        }
        outputs = new float[task.outputs()];
        target = new float[task.outputs()];
    }

    /**
     * Runs the machine on sequences that follow each other in a stream.
     *
     * @param size the size of all sequences
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences
     * @param first index of the first sequence in that stream
     * @param count how many, at least one and at most a batch
     * @param goOn is asked before each step
     * @return a score for each sequence; none if it was not to go on
     */
    public List<Score> score(Size size, long seed, String purpose, long first, int count, BooleanSupplier goOn) {
        Arguments.index("count", Arguments.atLeast("count", 1, count), sequences.length + 1);
        return score(size, seed, purpose, LongStream.range(first, first + count).toArray(), goOn);
    }

    /**
     * Runs the machine on some sequences of a stream. They may be of different lengths: each is scored as if it ran alone.
     *
     * @param size the size of all sequences
     * @param seed the seed of the sequences
     * @param purpose names the stream of sequences
     * @param indices which sequences of that stream, at least one and at most a batch
     * @param goOn is asked before each step
     * @return a score for each sequence, of which the loss is NaN where an input is not finite; none if it was not to go on
     */
    public List<Score> score(Size size, long seed, String purpose, long[] indices, BooleanSupplier goOn) {
        Arguments.given("size", size);
        Arguments.given("purpose", purpose);
        Arguments.given("goOn", goOn);
        int count = Arguments.given("indices", indices).length;
        if (count < 1 || count > sequences.length) {
            throw new IllegalArgumentException("indices: expected 1 to " + sequences.length + ", got " + count);
        }
        for (int b = 0; b < count; b++) {
            task.test(size, seed, purpose, indices[b], random, sequences[b]);
        }
        Tally tally = new Tally(count);
        if (!inference.run(sequences, count, NoiseSource.of(seed, purpose, indices), goOn, tally)) {
            return List.of();
        }
        return IntStream.range(0, count)
                .mapToObj(b -> new Score(tally.loss[b], task.optimum(sequences[b]), tally.wrong[b], tally.counted[b]))
                .toList();
    }

    /** Counts up what the steps of a batch cost. */
    private final class Tally implements Inference.Listener {
        private final double[] loss;
        private final int[] wrong;
        private final int[] counted;

        Tally(int count) {
            loss = new double[count];
            wrong = new int[count];
            counted = new int[count];
        }

        @Override
        public void answered(int b, int step, boolean finite) {
            Sequence sequence = sequences[b];
            if (sequence.mask()[step] == 0) {
                return;
            }
            if (!finite) {
                loss[b] = Double.NaN;
                wrong[b] += objective.countsErrors() ? objective.decisions(outputs.length) : 0;
                counted[b] += objective.decisions(outputs.length);
                return;
            }
            inference.outputs(b, outputs, 0);
            System.arraycopy(sequence.target(), step * sequence.outputs(), target, 0, target.length);
            if (objective == Objective.REALS) {
                task.unscale(outputs, 0);
                task.unscale(target, 0);
            }
            loss[b] += sequence.mask()[step] * objective.loss(outputs, 0, target, 0, outputs.length);
            wrong[b] += objective.errors(outputs, 0, target, 0, outputs.length);
            counted[b] += objective.decisions(outputs.length);
        }
    }
}
