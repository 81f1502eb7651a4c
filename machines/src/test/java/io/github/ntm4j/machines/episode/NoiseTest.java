package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.machine.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random numbers belong to the sequence and the step, whatever else runs. */
final class NoiseTest {
    private static final NoiseSource NOISE = NoiseSource.of(8, "test", 100);

    private static RecurrentMachine machine() {
        RecurrentMachine machine = new RecurrentMachine(2, 2, false, 0.7f);
        machine.initialise(2);
        return machine;
    }

    private static Sequence[] sequences(int... steps) {
        Random64 random = Random64.of(6, "sequences", 0);
        return Arrays.stream(steps).mapToObj(length -> {
            Sequence sequence = new Sequence(2, 2);
            sequence.clear(length);
            for (int t = 0; t < length; t++) {
                sequence.input(t, 0, random.nextFloat(-1, 1));
                sequence.input(t, 1, 1);
                sequence.target(t, 1, random.nextBoolean() ? 1 : 0);
            }
            return sequence;
        }).toArray(Sequence[]::new);
    }

    private static List<Double> losses(int segment, NoiseSource noise, int batch, Sequence... sequences) {
        RecurrentMachine machine = machine();
        Episode episode = machine.episode(new Desk(Objective.BITS, batch, segment, 1, KernelProvider.SIMD));
        List<Double> losses = new ArrayList<>();
        for (int from = 0; from < sequences.length; from += batch) {
            episode.run(sequences, from, noise, 1, new float[machine.parameters().size()]);
            for (int b = 0; b < batch; b++) {
                losses.add(episode.loss(b));
            }
        }
        return losses;
    }

    @Test
    void neitherTheBatchNorSegmentsChangeWhatIsDrawn() {
        Sequence[] four = sequences(7, 3, 7, 5);
        List<Double> alone = losses(0, NOISE, 1, four);
        for (int segment : new int[] {0, 1, 2, 7, 9}) {
            for (int batch : new int[] {1, 2, 4}) {
                assertThat(losses(segment, NOISE, batch, four)).as("segments of %d, batches of %d", segment, batch).isEqualTo(alone);
            }
        }
        assertThat(losses(0, NoiseSource.of(8, "test", new long[] {100, 101, 102, 103}), 2, four)).isEqualTo(alone);
    }

    @Test
    void anotherSeedPurposeOrNumberDrawsAnew() {
        Sequence[] one = sequences(7);
        List<List<Double>> all = new ArrayList<>();
        for (NoiseSource noise : List.of(NOISE, NoiseSource.of(9, "test", 100), NoiseSource.of(8, "other", 100), NoiseSource.of(8, "test", 101))) {
            all.add(losses(0, noise, 1, one));
        }
        assertThat(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void theDerivativesAreThoseOfWhatWasDrawn(int segment) {
        RecurrentMachine machine = machine();
        Slopes.check(
                machine, machine.episode(new Desk(Objective.BITS, 2, segment, 1, KernelProvider.SIMD)), sequences(7, 4), NOISE);
    }

    /** One that answers has nothing left out: the answers are those of a machine without dropout. */
    @Test
    void nothingIsDrawnInEvaluations() {
        RecurrentMachine plain = new RecurrentMachine(2, 2, false, 1);
        plain.initialise(2);
        List<List<Float>> answers = new ArrayList<>();
        for (RecurrentMachine machine : List.of(plain, machine())) {
            Inference inference = machine.inference(new Desk(Objective.BITS, 2, KernelProvider.SIMD));
            List<Float> outputs = new ArrayList<>();
            float[] two = new float[2];
            inference.run(sequences(7, 4), 2, NOISE, () -> true, (b, t, finite) -> {
                inference.outputs(b, two, 0);
                outputs.add(two[0]);
                outputs.add(two[1]);
            });
            answers.add(outputs);
        }
        assertThat(answers.getFirst()).isEqualTo(answers.getLast()).hasSize(2 * (7 + 4));
    }

    private static double[] drawn(boolean dropout) {
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
        Tensor place = dropout ? Noise.dropout(tape, 2, 100, 50, 0.9f) : Noise.uniform(tape, 2, 100, 50);
        assertThat(place.hasGradient()).isFalse();
        assertThat(tape.values()[place.at(1, 99) + 49]).as("the mean").isEqualTo(dropout ? 1 : 0.5f);
        tape.noises().getFirst().draw(1, Random64.of(1, "noise", 0));
        assertThat(tape.values()[place.at(0, 99) + 49]).as("another sequence").isEqualTo(dropout ? 1 : 0.5f);
        double[] all = new double[5000];
        for (int i = 0; i < all.length; i++) {
            all[i] = tape.values()[place.at(1, i / 50) + i % 50];
        }
        return all;
    }

    @Test
    void nineOfTenAreKeptAndMadeLarger() {
        double[] mask = drawn(true);
        assertThat(Arrays.stream(mask).distinct()).containsExactlyInAnyOrder(0.0, (double) (1 / 0.9f));
        assertThat(Arrays.stream(mask).average().orElseThrow()).isCloseTo(1, within(0.02));
    }

    @Test
    void uniformNumbersFillTheirRange() {
        double[] numbers = drawn(false);
        assertThat(Arrays.stream(numbers)).allMatch(number -> number >= 0 && number < 1);
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isCloseTo(0.5, within(0.02));
        assertThat(Arrays.stream(numbers).map(number -> number * number).average().orElseThrow()).isCloseTo(1 / 3.0, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, 1.01f, Float.NaN})
    void whatIsKeptIsAShare(float keep) {
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Noise.dropout(tape, 1, 1, 1, keep))
                .withMessage("keep: expected above 0 and at most 1, got " + keep);
    }
}
