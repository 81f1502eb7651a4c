package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.dnc.DncConfig;
import io.github.ntm4j.machines.episode.Desk;
import io.github.ntm4j.machines.episode.Episode;
import io.github.ntm4j.machines.episode.NoiseSource;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences of several lengths in one batch, for every objective: padding and mask change nothing. */
final class MixedLengthsTest {
    private static final long SEED = 5;
    private static final int INPUTS = COPY.create().inputs();
    private static final int OUTPUTS = COPY.create().outputs();

    /** Inputs and targets at random; the first third of the steps does not count. */
    private static Sequence sequence(Objective objective, long index, int steps) {
        Random64 random = Random64.of(SEED, "mixed", index);
        Sequence sequence = new Sequence(INPUTS, OUTPUTS);
        sequence.clear(steps);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < INPUTS; i++) {
                sequence.input(t, i, random.nextFloat(-1, 1));
            }
            if (3 * t < steps && t < steps - 1) {
                continue;
            }
            int symbol = random.nextInt(0, OUTPUTS - 1);
            for (int j = 0; j < OUTPUTS; j++) {
                float value =
                        switch (objective) {
                            case BITS -> random.nextBoolean() ? 1 : 0;
                            case SYMBOLS -> j == symbol ? 1 : 0;
                            case REALS -> random.nextFloat(-2, 2);
                        };
                sequence.target(t, j, value);
            }
        }
        return sequence;
    }

    /** The same with steps behind its end that don't count, whatever stands in them. */
    private static Sequence padded(Sequence sequence, int steps) {
        Sequence longer = new Sequence(INPUTS, OUTPUTS);
        longer.clear(steps);
        System.arraycopy(sequence.input(), 0, longer.input(), 0, sequence.steps() * INPUTS);
        System.arraycopy(sequence.target(), 0, longer.target(), 0, sequence.steps() * OUTPUTS);
        System.arraycopy(sequence.mask(), 0, longer.mask(), 0, sequence.steps());
        for (int t = sequence.steps(); t < steps; t++) {
            longer.input(t, 0, 0.5f);
        }
        return longer;
    }

    private record Result(List<Double> losses, List<Integer> errors, float[] gradient) {}

    private static Result run(Machine machine, Objective objective, int segment, KernelProvider provider, Sequence... sequences) {
        Episode unrolled = machine.episode(new Desk(objective, sequences.length, segment, 1, provider));
        float[] gradient = new float[machine.parameters().size()];
        unrolled.run(sequences, 0, NoiseSource.NONE, 0.25, gradient);
        List<Double> losses = new ArrayList<>();
        List<Integer> errors = new ArrayList<>();
        for (int b = 0; b < sequences.length; b++) {
            losses.add(unrolled.loss(b));
            errors.add(unrolled.errors(b));
        }
        return new Result(losses, errors, gradient);
    }

    static List<MachineConfig> machines() {
        return List.of(
                ntm("initial_memory", "learned", "initial_memory_value", 0.5, "initial_weighting", "learned"),
                ntm("type", "ntm-ff", "read_heads", 2, "write_heads", 2),
                SmallTraining.changed(DncConfig.DEFAULT, "controller_size", 12, "rows", 9, "width", 5, "read_heads", 2, "start", "learned"),
                SmallTraining.changed(
                        DncConfig.DEFAULT, "controller_size", 8, "controller_layers", 2, "rows", 16, "width", 4, "mask", true, "sharpen", true,
                        "deallocate", true, "layer_norm", true, "usage_gradient", "full"),
                SmallTraining.changed(LstmConfig.DEFAULT, "controller_size", 16, "controller_layers", 2));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void inABatchEachSequenceHasTheLossAndTheErrorsThatItHasAlone(MachineConfig config) {
        Machine machine = machine(config, COPY.create(), SEED);
        for (Objective objective : Objective.values()) {
            for (KernelProvider provider : KernelProvider.values()) {
                Sequence[] batch = {sequence(objective, 0, 4), sequence(objective, 1, 11), sequence(objective, 2, 1), sequence(objective, 3, 7)};
                Result together = run(machine, objective, 0, provider, batch);
                double[] sum = new double[machine.parameters().size()];
                for (int b = 0; b < batch.length; b++) {
                    Result alone = run(machine, objective, 0, provider, batch[b]);
                    assertThat(together.losses().get(b)).as("%s, sequence %d", objective, b).isEqualTo(alone.losses().getFirst()).isPositive();
                    assertThat(together.errors().get(b)).isEqualTo(alone.errors().getFirst());
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += alone.gradient()[i];
                    }
                }
                double largest = 0;
                for (double derivative : sum) {
                    largest = Math.max(largest, Math.abs(derivative));
                }
                for (int i = 0; i < sum.length; i++) {
                    assertThat((double) together.gradient()[i]).as("derivative %d", i).isCloseTo(sum[i], within(1e-5 * largest));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void whatLiesBehindTheEndOfASequenceChangesNoBit(MachineConfig config) {
        Machine machine = machine(config, COPY.create(), SEED);
        for (Objective objective : Objective.values()) {
            Sequence sequence = sequence(objective, 0, 5);
            Sequence longer = padded(sequence, 12);
            Sequence other = sequence(objective, 1, 12);
            Result apart = run(machine, objective, 0, KernelProvider.SIMD, sequence, other);
            Result padded = run(machine, objective, 0, KernelProvider.SIMD, longer, other);
            assertThat(padded.losses()).isEqualTo(apart.losses());
            assertThat(padded.errors()).isEqualTo(apart.errors());
            assertThat(padded.gradient()).as("derivatives, %s", objective).isEqualTo(apart.gradient());
        }
    }

    @Test
    void segmentsOfAnyLengthTakeSequencesOfSeveral() {
        Machine machine = machine(ntm("initial_memory", "learned"), COPY.create(), SEED);
        Sequence[] batch = {sequence(Objective.SYMBOLS, 0, 3), sequence(Objective.SYMBOLS, 1, 10)};
        Result whole = run(machine, Objective.SYMBOLS, 0, KernelProvider.SIMD, batch);
        Result one = run(machine, Objective.SYMBOLS, 1, KernelProvider.SIMD, batch);
        for (int segment : new int[] {2, 3, 4, 9, 10, 50}) {
            Result parts = run(machine, Objective.SYMBOLS, segment, KernelProvider.SIMD, batch);
            assertThat(parts.losses()).isEqualTo(whole.losses());
            assertThat(parts.gradient()).as("segment %d", segment).isEqualTo(one.gradient());
        }
    }
}
