package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives of a whole unrolled machine. */
final class GradientsTest {
    private static final Task TASK = COPY.create();
    private static final int STEPS = 11;

    private static Sequence[] sequences(int count, int length) {
        Sequence[] sequences = new Sequence[count];
        for (int i = 0; i < count; i++) {
            sequences[i] = new Sequence(TASK.inputs(), TASK.outputs());
            TASK.generate(Size.of("length", length), Random64.of(2, "gradient", i), sequences[i]);
        }
        return sequences;
    }

    static List<MachineConfig> machines() {
        return List.of(
                ntm("controller_size", 8, "read_heads", 2, "write_heads", 2, "shift_range", 2,
                        "initial_memory", "learned", "initial_memory_value", 0.5, "initial_weighting", "learned"),
                ntm("controller_size", 8, "read_heads", 2, "write_heads", 2, "head_order", "write-first", "write_addressing", "in-turn",
                        "initial_memory", "learned", "initial_memory_value", 0.5, "initial_weighting", "learned",
                        "key_activation", "none", "add_activation", "sigmoid", "controller_layers", 2));
    }

    /** A machine without a zero among its parameters: at keys of almost zero the loss would bend within a step of the differences. */
    private static Machine everyParameterDrawn(MachineConfig config) {
        Machine machine = machine(config, TASK, 5);
        Random64 random = Random64.of(5, "parameters", 0);
        for (Entry entry : machine.parameters().entries()) {
            float[] elements = new float[entry.elements()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = random.nextFloat(-0.5, 0.5);
            }
            entry.write(elements, machine.parameters().values());
        }
        machine.parameters().refresh();
        return machine;
    }

    /**
     * Central differences of fourth order. The loss is a float32 computation whose parts are added in double precision: it
     * resolves 1e-6, and slopes come out within 4e-5, of derivatives whose norm is 0.005 to 5.
     */
    private static double slope(Machine machine, Episode unrolled, Sequence[] sequences, float[] direction, double step) {
        return (8 * (loss(machine, unrolled, sequences, direction, step) - loss(machine, unrolled, sequences, direction, -step))
                - loss(machine, unrolled, sequences, direction, 2 * step)
                + loss(machine, unrolled, sequences, direction, -2 * step)) / (12 * step);
    }

    private static double loss(Machine machine, Episode unrolled, Sequence[] sequences, float[] direction, double distance) {
        float[] weights = machine.parameters().values();
        float[] here = weights.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (distance * direction[i]);
        }
        machine.parameters().refresh();
        unrolled.run(sequences, 0, NoiseSource.NONE, 1, new float[weights.length]);
        System.arraycopy(here, 0, weights, 0, here.length);
        machine.parameters().refresh();
        double nats = 0;
        for (int b = 0; b < sequences.length; b++) {
            nats += unrolled.loss(b);
        }
        return nats;
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theDerivativesByEveryParameterAreTheSlopesOfTheLoss(MachineConfig config) {
        Machine machine = everyParameterDrawn(config);
        Sequence[] sequences = sequences(2, 5);
        Episode unrolled = machine.episode(new Desk(Objective.BITS, 2, 0, 1, KernelProvider.SIMD));
        float[] gradient = new float[machine.parameters().size()];
        unrolled.run(sequences, 0, NoiseSource.NONE, 1, gradient);
        Random64 random = Random64.of(5, "direction", 0);
        for (Entry entry : machine.parameters().entries()) {
            float[] derivatives = entry.read(gradient);
            double norm = norm(derivatives);
            assertThat(norm).as("derivatives by %s", entry.name()).isPositive();
            for (int trial = 0; trial < 4; trial++) {
                // A random direction finds derivatives where there should be none, and the gradient's own what it lacks in length.
                float[] direction = new float[entry.elements()];
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = trial == 0 ? derivatives[i] : (float) random.nextGaussian();
                }
                double length = norm(direction);
                double expected = 0;
                for (int i = 0; i < direction.length; i++) {
                    direction[i] /= (float) length;
                    expected += (double) direction[i] * derivatives[i];
                }
                float[] everywhere = new float[gradient.length];
                entry.write(direction, everywhere);
                double slope = slope(machine, unrolled, sequences, everywhere, 0.06);
                assertThat(slope).as("slope along direction %d of %s", trial, entry.name()).isCloseTo(expected, within(1e-4));
            }
        }
    }

    private static double norm(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void theDerivativesOfABatchAreTheSumOfThoseOfItsSequences() {
        Machine machine = machine(ntm("read_heads", 2), TASK, 5);
        Sequence[] batch = sequences(7, 4);
        double[] sum = new double[machine.parameters().size()];
        double nats = 0;
        long errors = 0;
        try (Workers workers = new Workers(2)) {
            Gradients single = new Gradients(machine, new Desk(Objective.BITS, 1, KernelProvider.SIMD), STEPS, workers);
            for (Sequence sequence : batch) {
                float[] one = single.of(new Sequence[] {sequence}, NoiseSource.NONE, 0.5);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += one[i];
                }
                nats += single.loss();
                errors += single.errors();
            }
            Gradients whole = new Gradients(machine, new Desk(Objective.BITS, 7, KernelProvider.SIMD), STEPS, workers);
            float[] gradient = whole.of(batch, NoiseSource.NONE, 0.5);
            for (int i = 0; i < sum.length; i++) {
                assertThat((double) gradient[i]).as("element %d", i).isCloseTo(sum[i], within(1e-4 + 1e-4 * Math.abs(sum[i])));
            }
            assertThat(whole.loss()).isCloseTo(nats, within(1e-4));
            assertThat(whole.errors()).isEqualTo(errors);
        }
    }

    @Test
    void aShorterBatchAfterALongerOneIsAsIfItWereTheFirst() {
        Machine machine = machine(ntm(), TASK, 5);
        try (Workers workers = new Workers(1)) {
            Gradients fresh = new Gradients(machine, new Desk(Objective.BITS, 5, KernelProvider.SIMD), STEPS, workers);
            float[] expected = fresh.of(sequences(5, 2), NoiseSource.NONE, 1).clone();
            Gradients used = new Gradients(machine, new Desk(Objective.BITS, 5, KernelProvider.SIMD), STEPS, workers);
            used.of(sequences(5, 5), NoiseSource.NONE, 1);
            assertThat(used.of(sequences(5, 2), NoiseSource.NONE, 1)).isEqualTo(expected);
            assertThat(used.loss()).isEqualTo(fresh.loss());
        }
    }

    @Test
    void onlyTheCountedStepsHaveDerivatives() {
        Machine machine = machine(ntm(), TASK, 5);
        Sequence[] silent = sequences(2, 5);
        for (Sequence sequence : silent) {
            Arrays.fill(sequence.mask(), 0f);
        }
        try (Workers workers = new Workers(1)) {
            Gradients gradients = new Gradients(machine, new Desk(Objective.BITS, 2, KernelProvider.SIMD), STEPS, workers);
            assertThat(gradients.of(silent, NoiseSource.NONE, 1)).containsOnly(0f);
            assertThat(gradients.loss()).isZero();
            assertThat(gradients.errors()).isZero();
        }
    }

    @Test
    void aSequenceBeyondTheLargestSizeIsRefused() {
        Machine machine = machine(ntm(), TASK, 5);
        try (Workers workers = new Workers(1)) {
            Gradients gradients = new Gradients(machine, new Desk(Objective.BITS, 2, KernelProvider.SIMD), STEPS, workers);
            assertThatIllegalStateException()
                    .isThrownBy(() -> gradients.of(sequences(2, 6), NoiseSource.NONE, 1))
                    .withMessage("a training sequence has 13 steps, the task's largest size has only 11");
        }
    }
}
