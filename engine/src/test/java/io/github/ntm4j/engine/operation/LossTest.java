package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is true of losses beyond what is true of every operation. */
final class LossTest {
    /** A few roundings of a float. */
    private static final double TOLERANCE = 5e-7;

    /** A loss of one step of one sequence, recorded and taken back from a derivative of one. */
    private record Step(float loss, float[] derivatives) {
        static Step of(LossSamples.Loss loss, KernelProvider provider, float[] outputs, float[] targets, float mask, float before) {
            Tape tape = new Tape(new Parameters(), provider.create(), true);
            Tensor z = tape.allocate(1, 1, outputs.length);
            Tensor y = tape.allocateValues(1, 1, outputs.length);
            Tensor m = tape.allocateValues(1, 1, 1);
            Run.write(outputs, z, tape);
            Run.write(targets, y, tape);
            Run.write(new float[] {mask}, m, tape);
            Tensor result = loss.of(tape, z, y, m);
            tape.clearGradients(tape.mark());
            int at = z.gradientAt(0, 0);
            Arrays.fill(tape.gradients(), at, at + outputs.length, before);
            tape.gradients()[result.gradientAt(0, 0)] = 1f;
            tape.backward(tape.mark(), new float[0]);
            return new Step(tape.values()[result.at(0, 0)], Arrays.copyOfRange(tape.gradients(), at, at + outputs.length));
        }

        static Step ofSymbol(KernelProvider provider, float[] logits, int symbol) {
            float[] targets = new float[logits.length];
            targets[symbol] = 1f;
            return of(SymbolCrossEntropy::of, provider, logits, targets, 1f, 0f);
        }
    }

    @TestFactory
    Stream<DynamicTest> aStepThatDoesNotCountCostsNothingAndMovesNothingWhateverItsOutputsAre() {
        return Stream.of(KernelProvider.values()).map(provider -> DynamicTest.dynamicTest(provider.name(), () -> {
            for (LossSamples.Loss loss : new LossSamples.Loss[] {BitCrossEntropy::of, SymbolCrossEntropy::of, SquaredError::of}) {
                for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, 80f, 0f}) {
                    for (int size : new int[] {1, 6, 13, 207}) {
                        float[] outputs = Values.all(value, size);
                        Step step = Step.of(loss, provider, outputs, Values.all(0.5f, size), 0f, 0.25f);
                        assertThat(Float.floatToRawIntBits(step.loss)).as("bits of the loss of " + value).isZero();
                        assertThat(step.derivatives).containsOnly(0.25f);
                    }
                }
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void amongEquallyLikelySymbolsOneCostsTheLogarithmOfTheirNumber(KernelProvider provider) {
        for (int symbols : new int[] {1, 2, 6, 13, 16, 207, 1000}) {
            for (float logit : new float[] {-1e30f, -80f, 0f, 80f, 1e30f}) {
                Step step = Step.ofSymbol(provider, Values.all(logit, symbols), symbols - 1);
                double nats = Math.log(symbols);
                assertThat((double) step.loss).as("%d symbols of logit %s", symbols, logit).isCloseTo(nats, within(TOLERANCE * nats));
                assertThat((double) step.derivatives[0]).isCloseTo((symbols == 1 ? -1 : 0) + 1.0 / symbols, within(1e-7));
                assertThat((double) step.derivatives[symbols - 1]).isCloseTo(1.0 / symbols - 1, within(1e-7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNearlyCertainSymbolCostsAboutTheProbabilityOfTheOthers(KernelProvider provider) {
        for (int symbols : new int[] {2, 6, 13, 207}) {
            for (float lead : new float[] {1f, 10f, 18f, 30f, 44f}) {
                float[] logits = Values.all(-80f, symbols);
                logits[1] = -80f + lead;
                double nats = Math.log1p((symbols - 1) * Math.exp(-lead));
                double tolerance = TOLERANCE * Math.max(1, lead / 5); // the exponential magnifies the rounding of its argument
                assertThat((double) Step.ofSymbol(provider, logits, 1).loss)
                        .as("%d symbols, %s behind", symbols, lead)
                        .isCloseTo(nats, within(tolerance * nats));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSymbolThatIsRuledOutCostsItsDistanceAndIsPulledUpWithFullForce(KernelProvider provider) {
        for (int symbols : new int[] {2, 6, 13, 207}) {
            float[] logits = Values.all(-80f, symbols);
            logits[1] = 80f;
            Step wrong = Step.ofSymbol(provider, logits, 0);
            assertThat(wrong.loss).isEqualTo(160f);
            assertThat(wrong.derivatives[0]).isEqualTo(-1f);
            assertThat(wrong.derivatives[1]).isEqualTo(1f);
            Step right = Step.ofSymbol(provider, logits, 1);
            assertThat(right.loss).isZero();
            assertThat(right.derivatives).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAllLogitsHaveInCommonChangesNothing(KernelProvider provider) {
        float[] logits = {-3.5f, 0.25f, 2f, 1.125f, -0.75f, 2f};
        Step step = Step.ofSymbol(provider, logits, 3);
        for (float common : new float[] {-1024f, -80f, 80f, 1024f}) {
            float[] moved = logits.clone();
            for (int j = 0; j < moved.length; j++) {
                moved[j] += common;
            }
            Step other = Step.ofSymbol(provider, moved, 3);
            assertThat(other.loss).isEqualTo(step.loss);
            assertThat(other.derivatives).containsExactly(step.derivatives);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLogitThatIsNotANumberShowsInTheLoss(KernelProvider provider) {
        for (int at : new int[] {0, 3, 12}) {
            float[] logits = Values.all(-1f, 13);
            logits[at] = Float.NaN;
            assertThat(Step.ofSymbol(provider, logits, 5).loss).isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSquaredErrorIsHalfTheSquareOfTheDistance(KernelProvider provider) {
        Step step = Step.of(SquaredError::of, provider, new float[] {3f, 1f}, new float[] {0f, 5f}, 0.5f, 1f);
        assertThat(step.loss).isEqualTo(6.25f);
        assertThat(step.derivatives).containsExactly(2.5f, -1f);
    }
}
