package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.machine.SessionBatch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that sees whole sequences learns from them and answers them. */
final class ByExtentTest {
    private static final NoiseSource NOISE = NoiseSource.of(3, "test", 20);

    private static Neighbours machine(int rounding, boolean noisy) {
        Neighbours machine = new Neighbours(2, 2, 5, rounding, noisy);
        machine.initialise(9);
        return machine;
    }

    private static Sequence[] sequences(int... steps) {
        Random64 random = Random64.of(4, "sequences", 0);
        return Arrays.stream(steps).mapToObj(length -> {
            Sequence sequence = new Sequence(2, 2);
            sequence.clear(length);
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < 2; i++) {
                    sequence.input(t, i, random.nextFloat(-1, 1));
                    sequence.target(t, i, random.nextBoolean() ? 1 : 0);
                }
                sequence.mask()[t] = t % 3 == 1 ? 0 : 1;
            }
            return sequence;
        }).toArray(Sequence[]::new);
    }

    private static Desk desk(Objective objective, int batch) {
        return new Desk(objective, batch, KernelProvider.SIMD);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void itsDerivativesAreTheSlopesOfItsLoss(Objective objective) {
        for (boolean noisy : new boolean[] {false, true}) {
            Neighbours machine = machine(4, noisy);
            Sequence[] sequences = sequences(6, 3);
            Slopes.check(machine, machine.episode(desk(objective, 2)), sequences, NOISE);
        }
    }

    private record Result(List<Double> losses, List<Integer> errors, List<Float> gradient) {
        static Result of(Neighbours machine, Episode episode, int batch, NoiseSource noise, Sequence... sequences) {
            float[] gradient = new float[machine.parameters().size()];
            Arrays.fill(gradient, Float.NaN);
            episode.run(sequences, 0, noise, 0.5, gradient);
            return new Result(
                    java.util.stream.IntStream.range(0, batch).mapToObj(episode::loss).toList(),
                    java.util.stream.IntStream.range(0, batch).mapToObj(episode::errors).toList(),
                    java.util.stream.IntStream.range(0, gradient.length).mapToObj(i -> gradient[i]).toList());
        }
    }

    @Test
    void theStepsBehindAnEndChangeNothing() {
        Sequence[] both = sequences(5, 2);
        Neighbours exact = machine(1, true);
        Neighbours rounded = machine(8, true);
        Result together = Result.of(rounded, rounded.episode(desk(Objective.BITS, 2)), 2, NOISE, both);
        for (int b = 0; b < 2; b++) {
            NoiseSource own = NoiseSource.of(3, "test", 20 + b);
            Result alone = Result.of(exact, exact.episode(desk(Objective.BITS, 1)), 1, own, both[b]);
            assertThat(alone.losses().getFirst()).isEqualTo(together.losses().get(b));
            assertThat(alone.errors().getFirst()).isEqualTo(together.errors().get(b));
        }
    }

    @Test
    void howManyRecordingsAreKeptChangesNoBit() {
        int[] lengths = {3, 5, 3, 1, 2, 7, 5, 3, 7, 1};
        Neighbours machine = machine(1, true);
        Episode many = new ByExtent(machine, desk(Objective.BITS, 1), 10);
        Episode one = new ByExtent(machine, desk(Objective.BITS, 1), 1);
        for (int length : lengths) {
            Sequence[] sequence = sequences(length);
            assertThat(Result.of(machine, one, 1, NOISE, sequence)).isEqualTo(Result.of(machine, many, 1, NOISE, sequence));
        }
    }

    /** A recording is made on a counting tape and on its own. */
    @Test
    void theOneLeastRecentlyUsedMakesRoom() {
        Neighbours machine = machine(1, false);
        Episode two = new ByExtent(machine, desk(Objective.BITS, 1), 2);
        int[] lengths = {3, 5, 3, 7, 3, 5, 3};
        int[] made = {1, 2, 2, 3, 3, 4, 4}; // 7 takes the place of 5, and 5 that of 7
        for (int i = 0; i < lengths.length; i++) {
            two.run(sequences(lengths[i]), 0, NoiseSource.NONE, 1, new float[machine.parameters().size()]);
            assertThat(machine.recorded()).as("after %d", i).isEqualTo(2 * made[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theMemoryIsKnownBeforeItIsTaken(int rounding) {
        Neighbours machine = machine(rounding, true);
        Episode episode = machine.episode(desk(Objective.BITS, 2));
        for (int length = 1; length <= 20; length++) {
            episode.run(sequences(length, length), 0, NOISE, 1, new float[machine.parameters().size()]);
        }
        RecordingSize size = machine.size(desk(Objective.BITS, 2), true);
        assertThat(size.segmented()).isFalse();
        assertThat(size.values(20) + size.gradients(20)).isEqualTo(episode.floats());
        assertThat(size.largest(20)).isLessThan(size.values(20));
    }

    private static float[] answers(Neighbours machine, int batch, Sequence... sequences) {
        Inference inference = machine.inference(desk(Objective.BITS, batch));
        float[] answers = new float[sequences.length * 16];
        boolean done = inference.run(sequences, sequences.length, NOISE, () -> true, (b, step, finite) -> {
            assertThat(finite).isTrue();
            inference.outputs(b, answers, b * 16 + 2 * step);
        });
        assertThat(done).isTrue();
        return answers;
    }

    @Test
    void eachSequenceIsAnsweredAsIfItWereAlone() {
        Sequence[] three = sequences(5, 8, 1);
        float[] together = answers(machine(4, true), 4, three);
        float[] first = answers(machine(1, true), 1, three[0]);
        assertThat(Arrays.copyOf(together, 16)).containsExactly(first).isNotEqualTo(new float[16]);
        Inference again = machine(1, true).inference(desk(Objective.BITS, 1));
        float[] last = new float[2];
        again.run(new Sequence[] {three[2]}, 1, NoiseSource.of(3, "test", new long[] {22}), () -> true, (b, t, finite) -> again.outputs(b, last, 0));
        assertThat(Arrays.copyOfRange(together, 32, 34)).containsExactly(last);
    }

    @Test
    void whatIsNotFiniteGetsNoFurtherThanItsOwnSequence() {
        Sequence[] two = sequences(4, 4);
        float[] sound = answers(machine(1, false), 2, two);
        two[0].input()[3] = Float.NaN;
        Inference inference = machine(1, false).inference(desk(Objective.BITS, 2));
        float[] answers = new float[32];
        inference.run(two, 2, NOISE, () -> true, (b, step, finite) -> {
            assertThat(finite).isEqualTo(b == 1);
            assertThat(inference.notFinite(b)).isNull();
            inference.outputs(b, answers, b * 16 + 2 * step);
        });
        assertThat(Arrays.copyOfRange(answers, 16, 32)).containsExactly(Arrays.copyOfRange(sound, 16, 32));
    }

    @Test
    void nothingIsRunThatIsNotToGoOn() {
        Inference inference = machine(1, false).inference(desk(Objective.BITS, 1));
        assertThat(inference.run(sequences(3), 1, NOISE, () -> false, (b, t, finite) -> {
            throw new AssertionError();
        })).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> inference.outputs(0, new float[2], 0));
    }

    @Test
    void itDoesNotStream() {
        String message = "a session: expected a machine that goes step by step, got one that reads whole sequences; "
                + "give it a sequence as a whole (Model.answer)";
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new Session(machine(1, false), 1, KernelProvider.PORTABLE))
                .withMessage(message);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new SessionBatch(machine(1, false), 2, KernelProvider.PORTABLE))
                .withMessage(message);
    }

    /** Puts out which steps there are and which count. */
    private record Told(Parameters parameters) implements WholeMachine {
        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public void initialise(long seed) {}

        @Override
        public int extent(int steps) {
            return 8;
        }

        @Override
        public Term loss(Lesson lesson) {
            Term there = lesson.present().sumOfLines().plus(lesson.present().times(0)); // how many steps, at every step
            Term told = Term.join(there, lesson.mask());
            lesson.answer(told);
            return lesson.loss(told);
        }
    }

    @Test
    void aLessonSaysWhichStepsThereAreAndWhichCount() {
        Inference inference = new Told(new Parameters()).inference(new Desk(Objective.REALS, 3, KernelProvider.PORTABLE));
        float[] two = new float[2];
        inference.run(sequences(5, 2), 2, NOISE, () -> true, (b, t, finite) -> {
            inference.outputs(b, two, 0);
            assertThat(two).as("sequence %d, step %d", b, t).containsExactly(b == 0 ? 5 : 2, t % 3 == 1 ? 0 : 1);
            inference.answer(b, two, 0);
            assertThat(two[0]).isEqualTo(b == 0 ? 5 : 2);
        });
        inference.run(sequences(1), 1, NOISE, () -> true, (b, t, finite) -> inference.outputs(b, two, 0));
        assertThat(two).containsExactly(1, 1); // nothing is left of the sequences before
    }

    @Test
    void anExtentBelowTheStepsIsRefused() {
        Inference inference = new Told(new Parameters()).inference(new Desk(Objective.REALS, 1, KernelProvider.PORTABLE));
        assertThatIllegalStateException()
                .isThrownBy(() -> inference.run(sequences(9), 1, NOISE, () -> true, (b, t, finite) -> {}))
                .withMessage("extent: expected at least the 9 steps of the sequence, got 8");
    }
}
