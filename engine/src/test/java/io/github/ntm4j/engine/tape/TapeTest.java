package io.github.ntm4j.engine.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TapeTest {
    private static final int STEPS = 7;
    private static final long SEED = 11;
    private static final long OTHER_SEED = 12;

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aReplayOfTheFirstStepsEqualsAShorterRecording(KernelProvider provider) {
        RecurrentMachine longer = new RecurrentMachine(STEPS, SEED, provider, true);
        longer.backward(STEPS);
        for (int steps : new int[] {3, 1, 5, STEPS}) {
            RecurrentMachine shorter = new RecurrentMachine(steps, OTHER_SEED, provider, true);
            longer.replay(steps, OTHER_SEED);
            float[] expected = Arrays.copyOf(shorter.tape.values(), shorter.tape.valueFloats());
            assertThat(Arrays.copyOf(longer.tape.values(), expected.length)).as("values of %d steps", steps).isEqualTo(expected);
            assertThat(longer.backward(steps)).as("derivatives of %d steps", steps).isEqualTo(shorter.backward(steps));
        }
    }

    @Test
    void aSecondBackwardPassEqualsTheFirst() {
        RecurrentMachine machine = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, true);
        float[] first = machine.backward(STEPS);
        assertThat(machine.backward(STEPS)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void partsRunBackwardsHaveTheSameBitsWhereverTheRecordingIsCut(KernelProvider provider) {
        RecurrentMachine machine = new RecurrentMachine(STEPS, SEED, provider, true);
        float[] whole = machine.backward(STEPS);
        float[] parts = machine.backwardInParts(0);
        for (int i = 0; i < whole.length; i++) {
            // sums from the other end: the last bits may differ
            assertThat((double) parts[i]).isCloseTo(whole[i], offset(1e-5));
        }
        for (int cut = 1; cut < STEPS; cut++) {
            assertThat(machine.backwardInParts(cut)).as("cut after %d steps", cut).isEqualTo(parts);
        }
        assertThat(machine.backward(STEPS)).as("and the whole again").isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCountingTapeKnowsTheSizesAndTakesNone(boolean training) {
        Tape tape = Tape.counting(new Parameters(), KernelProvider.PORTABLE.create(), training);
        int before = tape.values().length;
        Tensor memory = tape.allocate(3, 8, 1 << 20);
        tape.supersede(memory);
        tape.record(new Operation() {
            @Override
            public void forward() {
                throw new AssertionError("a counting tape runs nothing");
            }

            @Override
            public void backward() {}
        });
        assertThat(tape.valueFloats()).isEqualTo(Rows.FIRST + 2 * 3 * 8 * Rows.stride(1 << 20));
        assertThat(tape.mark().gradients()).isEqualTo(Rows.FIRST + (training ? 3 * 8 * Rows.stride(1 << 20) : 0));
        assertThat(tape.values()).hasSize(before);
    }

    @Test
    void theMachineOfTheseTestsLearnsFromEveryStepAndSkipsMaskedOnes() {
        RecurrentMachine machine = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, true);
        assertThat(machine.backward(STEPS)).isNotEqualTo(machine.backward(STEPS - 1));
        assertThat(machine.losses(STEPS)).doesNotContain(Float.NaN).contains(0f);
    }

    @Test
    void backwardOverwritesTheDerivativesByTheParameters() {
        RecurrentMachine machine = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, true);
        float[] clean = machine.backward(STEPS);
        float[] used = new float[clean.length];
        Arrays.fill(used, Float.NaN);
        machine.deriveLosses(STEPS);
        machine.tape.backward(machine.marks.getLast(), used);
        assertThat(used).isEqualTo(clean);
    }

    @Test
    void backwardInPartsAddsToTheDerivativesByTheParameters() {
        RecurrentMachine machine = new RecurrentMachine(2, SEED, KernelProvider.PORTABLE, true);
        float[] once = machine.backward(2);
        float[] twice = once.clone();
        machine.deriveLosses(2);
        machine.tape.backward(machine.marks.getLast(), machine.tape.start(), twice);
        for (int i = 0; i < once.length; i++) {
            // sums from another start: the last bits may differ
            assertThat((double) twice[i]).isCloseTo(2.0 * once[i], offset(1e-5));
        }
    }

    @Test
    void withoutTrainingTheSameIsComputedAndNoDerivativesAreKept() {
        RecurrentMachine training = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, true);
        RecurrentMachine inference = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, false);
        assertThat(inference.losses(STEPS)).isEqualTo(training.losses(STEPS));
        assertThat(inference.tape.gradients()).isEmpty();
        assertThat(inference.losses).noneMatch(Tensor::hasGradient);
        assertThatIllegalStateException()
                .isThrownBy(() -> inference.tape.backward(inference.marks.getLast(), new float[inference.parameters.size()]))
                .withMessage("this tape keeps no derivatives");
    }

    @Test
    void valuesOutliveTheGrowthOfTheArena() {
        Tape tape = emptyTape(true);
        Tensor first = tape.allocate(1, 1, 3);
        tape.values()[first.at(0, 0) + 2] = 5f;
        tape.gradients()[first.gradientAt(0, 0) + 1] = 6f;
        float[] before = tape.values();
        tape.allocate(10, 10, 1000);
        assertThat(tape.values()).isNotSameAs(before);
        assertThat(tape.values()[first.at(0, 0) + 2]).isEqualTo(5f);
        assertThat(tape.gradients()[first.gradientAt(0, 0) + 1]).isEqualTo(6f);
    }

    @Test
    void aReservedArenaDoesNotGrow() {
        Tape tape = emptyTape(true);
        tape.allocate(1, 1, 100);
        tape.reserve(50_000, 50_000);
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        tape.allocate(5, 10, 992);
        assertThat(tape.values() == values).isTrue();
        assertThat(tape.gradients() == gradients).isTrue();
    }

    @Test
    void tensorsBeginAndEndWithWholeBlocksAndDoNotOverlap() {
        Tape tape = emptyTape(true);
        int end = Rows.FIRST;
        for (int size : new int[] {1, 15, 16, 17, 100}) {
            Tensor tensor = tape.allocate(2, 3, size);
            assertThat(tensor.at(0, 0)).isEqualTo(end).isEqualTo(tensor.gradientAt(0, 0));
            assertThat(tensor.lineStride()).isEqualTo(Rows.padded(size));
            assertThat(tensor.batchStride()).isEqualTo(3 * Rows.padded(size));
            end = tape.valueFloats();
            assertThat(end).isEqualTo(tensor.at(1, 2) + Rows.padded(size));
        }
    }

    @Test
    void linesCloserThanTheirSizeAndArenasBeyondTheLargestArrayAreRefused() {
        Tape tape = emptyTape(true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tape.allocate(1, 4, 9, 8))
                .withMessage("tensor: expected lines at least 9 apart, got 8");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> tape.allocate(1, 1 << 16, 1 << 16));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> tape.allocate(1 << 16, 1, 1 << 16));
    }

    @Test
    void aNewMemorySharesTheDerivativesOfTheOldAndHasValuesOfItsOwn() {
        Tape tape = emptyTape(true);
        Tensor old = tape.allocate(2, 3, 20);
        Tensor fresh = tape.supersede(old);
        assertThat(fresh.gradientAt(1, 2)).isEqualTo(old.gradientAt(1, 2));
        assertThat(fresh.at(0, 0)).isGreaterThanOrEqualTo(old.at(1, 2) + old.lineStride());
        assertThatIllegalStateException()
                .isThrownBy(() -> old.require("memory", 2, 3, 20))
                .withMessage("memory: this memory has been written over; read and address it before the write");
        fresh.require("memory", 2, 3, 20);
    }

    @Test
    void aMapMayBeUsedOnTapesOfDifferentNeeds() {
        Parameters parameters = new Parameters();
        Matrix matrix = parameters.addMatrix("map", 40, 1, 3);
        for (int input = 0; input < 40; input++) {
            for (int output = 0; output < 3; output++) {
                parameters.values()[matrix.at(input, output)] = input;
            }
        }
        parameters.refresh();
        Tape first = new Tape(parameters, KernelProvider.PORTABLE.create(), true);
        Tensor plain = first.allocateValues(5, 1, 30);
        Tensor x = first.allocate(5, 1, 10);
        Tensor y = Linear.of(first, matrix, List.of(plain, x));
        Tape second = new Tape(parameters, KernelProvider.PORTABLE.create(), true);
        Linear.of(second, matrix, List.of(second.allocate(1, 1, 40)));
        Arrays.fill(first.gradients(), y.gradientAt(4, 0), y.gradientAt(4, 0) + 3, 1f);
        first.backward(first.mark(), new float[parameters.size()]);
        assertThat(Arrays.copyOfRange(first.gradients(), x.gradientAt(4, 0), x.gradientAt(4, 0) + 10))
                .containsExactly(90, 93, 96, 99, 102, 105, 108, 111, 114, 117);
    }

    @Test
    void namesKeepTheirOrderAndTheLastPlace() {
        Tape tape = emptyTape(false);
        Tensor old = tape.allocate(1, 1, 3);
        Tensor key = tape.allocate(1, 1, 3);
        Tensor fresh = tape.allocate(1, 1, 3);
        tape.name("weighting", old);
        tape.name("key", key);
        tape.name("weighting", fresh);
        assertThat(tape.names().sequencedKeySet()).containsExactly("weighting", "key");
        assertThat(tape.names()).containsEntry("weighting", fresh);
    }

    private static Tape emptyTape(boolean training) {
        return new Tape(new Parameters(), KernelProvider.PORTABLE.create(), training);
    }

    @Test
    void nothingRunsBeyondTheRecordingOrIntoAnotherBuffer() {
        RecurrentMachine longer = new RecurrentMachine(STEPS, SEED, KernelProvider.PORTABLE, true);
        Tape shorter = new RecurrentMachine(2, SEED, KernelProvider.PORTABLE, true).tape;
        Tape.Mark beyond = longer.tape.mark();
        float[] room = new float[shorter.parameters().size()];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shorter.forward(shorter.start(), beyond))
                .withMessageStartingWith("mark: expected one within the ");
        assertThatIllegalArgumentException().isThrownBy(() -> shorter.backward(beyond, room)).withMessageStartingWith("mark: expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shorter.backward(shorter.mark(), new float[1]))
                .withMessage("parameterGradients: expected " + room.length + " floats, got 1");
        assertThatIllegalArgumentException().isThrownBy(() -> shorter.record(null)).withMessage("operation: expected one, got null");
        assertThatIllegalArgumentException().isThrownBy(() -> shorter.reserve(-1, 0)).withMessage("valueFloats: expected at least 0, got -1");
    }
}
