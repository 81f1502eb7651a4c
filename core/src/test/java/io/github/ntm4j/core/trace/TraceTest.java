package io.github.ntm4j.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.core.trace.HeadTrace.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final float[][] TARGET = {{0, 0}, {1, 0}, {0, 1}};
    private static final float[][] OUTPUT = {{0.9f, 0.9f}, {0.5f, 0.25f}, {0.5f, 0.75f}};

    private static Trace trace(float[][] target, float[] mask) {
        return new Trace(3, new float[3][4], OUTPUT, target, mask, List.of(), null, null, 0, 0);
    }

    private static HeadTrace head(Kind kind, int steps, int rows, int width) {
        float[][] weighting = new float[steps][rows];
        float[][] vectors = new float[steps][width];
        boolean writes = kind == Kind.WRITE;
        return new HeadTrace("head", kind, weighting, weighting, weighting, weighting, weighting, weighting, vectors, new float[steps], new float[steps],
                new float[steps][3], new float[steps], writes ? vectors : null, writes ? vectors : null, writes ? null : vectors);
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
        Trace trace = new Trace(1, new float[1][1], new float[][] {{1}}, new float[][] {{0}}, null, List.of(), null, null, 0, 0);
        assertThat(trace.bits()).isCloseTo(24, within(1e-6));
    }

    @Test
    void anOutputThatIsNotANumberIsWrong() {
        float[][] output = {{Float.NaN, Float.NaN}};
        Trace trace = new Trace(1, new float[1][1], output, new float[][] {{0, 1}}, null, List.of(), null, null, 0, 0);
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
                .isThrownBy(() -> new Trace(0, new float[0][], new float[0][], null, null, List.of(), null, null, 0, 0))
                .withMessage("steps: expected at least 1, found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trace(3, new float[3][1], OUTPUT, null, null, List.of(head(Kind.READ, 3, 5, 2)), null, null, 6, 2))
                .withMessage("head weighting: expected 6 values at step 0, found 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trace(3, new float[3][1], OUTPUT, null, null, List.of(), new float[3][5][1], null, 5, 2))
                .withMessage("memory: expected 2 values at step 0, found 1");
    }

    @Test
    void vectorsMustFitTheKindOfHead() {
        HeadTrace read = head(Kind.READ, 3, 5, 2);
        assertThat(read.vectors()).isSameAs(read.read());
        HeadTrace write = head(Kind.WRITE, 3, 5, 2);
        assertThat(write.vectors()).isSameAs(write.add());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadTrace("read 1", Kind.READ, read.previous(), read.weighting(), read.similarity(), read.content(), read.interpolated(),
                        read.shifted(), read.key(), read.strength(), read.gate(), read.shift(), read.sharpening(), null, read.key(), null))
                .withMessage("read 1: a read head has a read vector and neither erase nor add");
    }
}
