package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What outputs stand for and what they cost, worked out by hand. */
final class ObjectiveTest {
    private static final float[] OUTPUTS = {9, 2, -1, 0.5f, 9};

    @Test
    void aBitCostsTheLogarithmOfItsProbability() {
        float[] targets = {7, 1, 0, 1};
        double wanted = -Math.log(sigmoid(2)) - Math.log(1 - sigmoid(-1)) - Math.log(sigmoid(0.5));
        assertThat(Objective.BITS.loss(OUTPUTS, 1, targets, 1, 3)).isCloseTo(wanted, within(1e-12));
        assertThat(Objective.BITS.errors(OUTPUTS, 1, targets, 1, 3)).isZero();
        assertThat(Objective.BITS.errors(OUTPUTS, 1, new float[] {0, 1, 0}, 0, 3)).isEqualTo(3);
        assertThat(Objective.BITS.decisions(3)).isEqualTo(3);
    }

    @Test
    void aSymbolCostsTheLogarithmOfItsShare() {
        double sum = Math.exp(2) + Math.exp(-1) + Math.exp(0.5);
        assertThat(Objective.SYMBOLS.loss(OUTPUTS, 1, new float[] {0, 0, 1}, 0, 3)).isCloseTo(-Math.log(Math.exp(0.5) / sum), within(1e-12));
        assertThat(Objective.SYMBOLS.errors(OUTPUTS, 1, new float[] {1, 0, 0}, 0, 3)).isZero();
        assertThat(Objective.SYMBOLS.errors(OUTPUTS, 1, new float[] {0, 0, 1}, 0, 3)).isEqualTo(1);
        assertThat(Objective.SYMBOLS.decisions(3)).isEqualTo(1);
        float[] answer = OUTPUTS.clone();
        Objective.SYMBOLS.answer(answer, 1, 3);
        assertThat(answer).containsExactly(new float[] {9, (float) (Math.exp(2) / sum), (float) (Math.exp(-1) / sum), (float) (Math.exp(0.5) / sum), 9}, within(1e-7f));
    }

    @Test
    void aSymbolBeyondTheRangeOfExponentialsCostsItsDistance() {
        assertThat(Objective.SYMBOLS.loss(new float[] {1000, -1000}, 0, new float[] {0, 1}, 0, 2)).isEqualTo(2000);
    }

    @Test
    void aNumberCostsHalfTheSquareOfItsDistanceAndIsNeverWrong() {
        assertThat(Objective.REALS.loss(OUTPUTS, 1, new float[] {1, -1, 3}, 0, 3)).isEqualTo((1 + 0 + 2.5 * 2.5) / 2);
        assertThat(Objective.REALS.errors(OUTPUTS, 1, new float[] {1, -1, 3}, 0, 3)).isZero();
        float[] answer = OUTPUTS.clone();
        Objective.REALS.answer(answer, 0, 5);
        assertThat(answer).containsExactly(OUTPUTS);
    }

    @Test
    void whatIsNotANumberIsWrong() {
        float[] nan = {Float.NaN, 1};
        assertThat(Objective.BITS.errors(nan, 0, new float[] {0, 1}, 0, 2)).isEqualTo(1);
        assertThat(Objective.SYMBOLS.errors(nan, 0, new float[] {1, 0}, 0, 2)).isEqualTo(1);
        assertThat(Objective.SYMBOLS.errors(nan, 0, new float[] {0, 1}, 0, 2)).isEqualTo(1);
    }

    /** What training follows on the tape in single precision is what evaluations compute in double. */
    @ParameterizedTest
    @EnumSource
    void trainingAndEvaluationsMeanTheSameLoss(Objective objective) {
        Random64 random = Random64.of(3, "objective", objective.ordinal());
        int width = 5;
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
        Tensor outputs = tape.allocate(1, 1, width);
        Tensor targets = tape.allocateValues(1, 1, width);
        Tensor mask = tape.allocateValues(1, 1, 1);
        Tape.Mark start = tape.mark();
        Tensor loss = tape.recordOnly(() -> objective.loss(tape, outputs, targets, mask));
        for (int round = 0; round < 20; round++) {
            int symbol = random.nextInt(0, width - 1);
            for (int j = 0; j < width; j++) {
                tape.values()[outputs.at(0, 0) + j] = random.nextFloat(-6, 6);
                tape.values()[targets.at(0, 0) + j] =
                        objective == Objective.REALS ? random.nextFloat(-3, 3) : objective == Objective.SYMBOLS ? (j == symbol ? 1 : 0) : random.nextInt(0, 1);
            }
            tape.values()[mask.at(0, 0)] = 1;
            tape.forward(start, tape.mark());
            double exact = objective.loss(tape.values(), outputs.at(0, 0), tape.values(), targets.at(0, 0), width);
            assertThat((double) tape.values()[loss.at(0, 0)]).isCloseTo(exact, within(1e-5 * Math.max(1, exact)));
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void outputsAndTargetsLieWithinTheirArrays(Objective objective) {
        float[] three = new float[3];
        refused(() -> objective.loss(three, 2, three, 0, 2), "at: expected 0 to 1 for 2 of 3 floats, got 2");
        refused(() -> objective.loss(three, 0, three, -1, 2), "from: expected 0 to 1 for 2 of 3 floats, got -1");
        refused(() -> objective.errors(three, 0, new float[1], 0, 2), "targets: expected at least 2 floats, got 1");
        refused(() -> objective.errors(null, 0, three, 0, 2), "outputs: expected one, got null");
        refused(() -> objective.answer(three, 0, 4), "outputs: expected at least 4 floats, got 3");
        refused(() -> objective.answer(three, 0, 0), "width: expected at least 1, got 0");
        refused(() -> Objective.symbol(three, 3, 1), "at: expected 0 to 2 for 1 of 3 floats, got 3");
        refused(() -> Objective.symbol(three, 0, 0), "width: expected at least 1, got 0");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
