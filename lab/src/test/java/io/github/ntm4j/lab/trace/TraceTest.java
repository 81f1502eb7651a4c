package io.github.ntm4j.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.machines.signal.Use;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final float[][] TARGET = {{0, 0}, {1, 0}, {0, 1}};
    private static final float[][] OUTPUT = {{0.9f, 0.9f}, {0.5f, 0.25f}, {0.5f, 0.75f}};

    private static Trace trace(float[][] target, float[] mask) {
        return TraceMaker.withoutSignals(new float[3][4], OUTPUT, target, mask);
    }

    @Test
    void onlyCountedStepsMakeErrorsAndBits() {
        Trace trace = trace(TARGET, new float[] {0, 1, 1});
        assertThat(trace.countedBits()).isEqualTo(4);
        assertThat(trace.bitErrors()).as("0.5 rounds to 1").isEqualTo(1);
        assertThat(trace.bits()).isCloseTo(2 - 2 * Math.log(0.75) / Math.log(2), within(1e-6));
        assertThat(trace(TARGET, null).bitErrors()).isEqualTo(3);
    }

    @Test
    void aCertainMistakeCostsFinitelyMany() {
        Trace trace = TraceMaker.withoutSignals(new float[1][1], new float[][] {{1}}, new float[][] {{0}}, null);
        assertThat(trace.bits()).isCloseTo(24, within(1e-6));
    }

    @Test
    void anOutputThatIsNotANumberIsWrong() {
        float[][] output = {{Float.NaN, Float.NaN}};
        Trace trace = TraceMaker.withoutSignals(new float[1][1], output, new float[][] {{0, 1}}, null);
        assertThat(trace.bitErrors()).isEqualTo(2);
    }

    @Test
    void theAnswerStartsWhereTheMaskDoes() {
        assertThat(trace(TARGET, new float[] {0, 1, 1}).answerStart()).hasValue(1);
        assertThat(trace(TARGET, new float[] {1, 0, 1}).answerStart()).isEmpty();
        assertThat(trace(TARGET, null).answerStart()).isEmpty();
        assertThat(trace(TARGET, new float[3]).answerStart()).isEmpty();
    }

    @Test
    void withoutATargetNothingIsWrong() {
        assertThat(trace(null, null).bitErrors()).isZero();
        assertThat(trace(null, null).bits()).isZero();
    }

    @Test
    void wrongShapesAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> trace(new float[3][3], null))
                .withMessage("target: expected 2 values at step 0, found 3");
        assertThatIllegalArgumentException().isThrownBy(() -> trace(TARGET, new float[2]))
                .withMessage("mask: expected length 3, found 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceMaker.withoutSignals(new float[0][], new float[0][], null, null))
                .withMessage("steps: expected at least 1, found 0");
        float[][] input = new float[3][1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceMaker(6, 2)
                        .head("head", Use.READS, new float[3][5], new float[3][2])
                        .trace(input, OUTPUT, null, null))
                .withMessage("head/weighting: expected 6 values at step 0, found 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceMaker(5, 2).memory(new float[3][5], new float[10]).trace(input, OUTPUT, null, null))
                .withMessage("memory: expected 10 values at step 0, found 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceMaker(5, 2).memory(new float[3][10], new float[9]).trace(input, OUTPUT, null, null))
                .withMessage("initial memory: expected length 10, found 9");
        TraceMaker silent = new TraceMaker(5, 2);
        silent.signals().number("head", "gate", 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> silent.trace(input, OUTPUT, null, null))
                .withMessage("head/gate: expected its values at each step, found none");
    }
}
