package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Inference;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A single update on a batch that is given, to find out what in it is not finite: forwards, backwards, and with the optimiser. It is the
 * update of a {@link Trainer} to the bit, with any number of threads.
 */
public final class Replay implements AutoCloseable {
    private final Machine machine;
    private final Objective objective;
    private final TrainingConfig config;
    private final List<Sequence> batch;
    private final KernelProvider provider;
    private final Workers workers;
    private final Gradients gradients;
    private final Descent descent;

    /**
     * What was found.
     *
     * @param what what makes the update one to be left out
     * @param first the first value that is not finite, with its place
     */
    public record Finding(NonFinite what, String first) {}

    /**
     * A replay with the present parameters of a machine.
     *
     * @param machine the machine; an update that turns out to be finite changes it
     * @param objective what it was trained for
     * @param config the settings of its training
     * @param batch the sequences
     * @param threads how many threads to use; the result does not depend on it
     * @param provider whose kernels to use; the result does not depend on it
     */
    public Replay(
            Machine machine, Objective objective, TrainingConfig config, List<Sequence> batch, int threads, KernelProvider provider) {
        this.machine = machine;
        this.objective = objective;
        this.config = config;
        this.batch = List.copyOf(batch);
        this.provider = provider;
        this.workers = new Workers(threads);
        try {
            this.gradients = gradients(batch.size());
            this.descent = new Descent(machine, config, gradients.chunks());
        } catch (RuntimeException | Error tooLarge) {
            workers.close();
            throw tooLarge;
        }
    }

    private Gradients gradients(int sequences) {
        int steps = batch.stream().mapToInt(Sequence::steps).max().orElseThrow();
        return new Gradients(machine, config.desk(objective, sequences, provider), steps, workers);
    }

    /**
     * The moments of the optimiser, to be filled by the caller.
     *
     * @return the buffers by name
     */
    public SequencedMap<String, float[]> moments() {
        return descent.moments();
    }

    /**
     * Makes the update.
     *
     * @param progress how far the training had come after the batch
     * @param seed the run's seed
     * @return what is not finite; nothing if everything is, and the update was made
     */
    public Optional<Finding> run(Progress progress, long seed) {
        descent.refresh();
        Sequence[] sequences = batch.toArray(Sequence[]::new);
        double scale = config.scale(sequences, objective);
        long before = progress.sequences() - sequences.length;
        float[] gradient = gradients.of(sequences, TrainingConfig.noise(seed, before), scale);
        double norm = gradients.norm();
        if (!Double.isFinite(gradients.loss())) {
            return Optional.of(new Finding(NonFinite.LOSS, firstForwards().orElseGet(this::loss)));
        }
        if (!Double.isFinite(norm)) {
            String first = firstForwards().or(() -> firstBackwards(scale, seed, before)).orElseGet(() -> parameter(gradient) + " of the whole batch");
            return Optional.of(new Finding(NonFinite.GRADIENT, first));
        }
        Rollbacks rollbacks = progress.rollbacks();
        double rate = config.rate(before, progress.solved()) * rollbacks.rate();
        boolean finite = descent.follow(gradient, norm, (float) rate, progress.updates() + 1 - rollbacks.undone());
        return finite ? Optional.empty() : Optional.of(new Finding(NonFinite.UPDATE, descent.broken() + " after the update"));
    }

    private String loss() {
        for (int b = 0; b < batch.size(); b++) {
            if (!Double.isFinite(gradients.loss(b))) {
                return place(b) + ": loss";
            }
        }
        return "the sum of the losses";
    }

    private static String place(int sequence) {
        return "sequence " + (sequence + 1) + " of the batch";
    }

    /** The first value of a step that is not finite, of the first sequence that has one. */
    private Optional<String> firstForwards() {
        Inference inference = machine.inference(new Desk(objective, 1, provider));
        for (int b = 0; b < batch.size(); b++) {
            Sequence sequence = batch.get(b);
            String[] first = new String[1];
            inference.run(new Sequence[] {sequence}, 1, NoiseSource.NONE, () -> first[0] == null, (_, t, finite) -> {
                if (first[0] == null) {
                    boolean input = finite(sequence.input(), t, sequence.inputs());
                    String name = !input ? "input" : finite ? first(inference, sequence, t) : null;
                    first[0] = name == null ? null : ", step " + (t + 1) + ": " + name;
                }
            });
            if (first[0] != null) {
                return Optional.of(place(b) + first[0]);
            }
        }
        return Optional.empty();
    }

    private @Nullable String first(Inference inference, Sequence sequence, int t) {
        String name = inference.notFinite(0);
        if (name != null) {
            return name;
        }
        float[] outputs = new float[sequence.outputs()];
        inference.outputs(0, outputs, 0);
        if (!Descent.finite(outputs)) {
            return "output";
        }
        if (!finite(sequence.target(), t, outputs.length)) {
            return "target";
        }
        if (!finite(sequence.mask(), t, 1)) {
            return "mask";
        }
        double loss = sequence.mask()[t] * objective.loss(outputs, 0, sequence.target(), t * outputs.length, outputs.length);
        return Float.isFinite((float) loss) ? null : "loss";
    }

    private static boolean finite(float[] steps, int t, int width) {
        return Descent.finite(Arrays.copyOfRange(steps, t * width, (t + 1) * width));
    }

    /** The first parameter whose derivative is not finite, of the first sequence that has one by itself. */
    private Optional<String> firstBackwards(double scale, long seed, long before) {
        Gradients alone = gradients(1);
        for (int b = 0; b < batch.size(); b++) {
            float[] gradient = alone.of(new Sequence[] {batch.get(b)}, TrainingConfig.noise(seed, before + b), scale);
            if (!Double.isFinite(alone.norm())) {
                return Optional.of(place(b) + ": " + parameter(gradient));
            }
        }
        return Optional.empty();
    }

    private String parameter(float[] gradient) {
        for (Entry entry : machine.parameters().entries()) {
            if (!Descent.finite(entry.read(gradient))) {
                return "the gradient by " + entry.name();
            }
        }
        return "the norm of the gradient";
    }

    @Override
    public void close() {
        workers.close();
    }
}
