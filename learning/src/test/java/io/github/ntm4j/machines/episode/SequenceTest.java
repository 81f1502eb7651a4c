package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SequenceTest {
    @Test
    void aStepCountsOnceItHasATarget() {
        Sequence sequence = new Sequence(3, 2);
        sequence.clear(4);
        sequence.input(1, 2, 0.5f);
        sequence.target(2, 1, 0);
        assertThat(sequence.steps()).isEqualTo(4);
        assertThat(sequence.input()).containsExactly(0, 0, 0, 0, 0, 0.5f, 0, 0, 0, 0, 0, 0);
        assertThat(sequence.target()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(sequence.mask()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void aClearedSequenceHasNothingOfTheOneBefore() {
        Sequence sequence = new Sequence(1, 1);
        sequence.clear(5);
        for (int step = 0; step < 5; step++) {
            sequence.input(step, 0, 7);
            sequence.target(step, 0, 1);
        }
        sequence.clear(3);
        assertThat(sequence.steps()).isEqualTo(3);
        for (float[] buffer : new float[][] {sequence.input(), sequence.target(), sequence.mask()}) {
            assertThat(Arrays.copyOf(buffer, 3)).containsOnly(0);
        }
        sequence.clear(9);
        assertThat(sequence.input()).hasSizeGreaterThanOrEqualTo(9).containsOnly(0);
    }

    @Test
    void aSequenceWithoutStepsIsEmpty() {
        Sequence sequence = new Sequence(2, 2);
        assertThat(sequence.steps()).isZero();
        assertThat(sequence.inputs()).isEqualTo(2);
        assertThat(sequence.outputs()).isEqualTo(2);
    }

    /** Beyond a vector lies that of the next step: nobody writes there by mistake. */
    @Test
    void whatLiesOutsideAStepIsRefused() {
        Sequence sequence = new Sequence(3, 2);
        sequence.clear(4);
        refused(() -> sequence.input(0, 3, 1), "channel: expected 0 to 2, got 3");
        refused(() -> sequence.input(1, -1, 1), "channel: expected 0 to 2, got -1");
        refused(() -> sequence.input(4, 0, 1), "step: expected 0 to 3, got 4");
        refused(() -> sequence.target(0, 2, 1), "channel: expected 0 to 1, got 2");
        refused(() -> sequence.target(-1, 0, 1), "step: expected 0 to 3, got -1");
        sequence.clear(2);
        refused(() -> sequence.input(2, 0, 1), "step: expected 0 to 1, got 2");
        assertThat(sequence.input()).containsOnly(0);
        assertThat(sequence.target()).containsOnly(0);
        assertThat(sequence.mask()).containsOnly(0);
    }

    @Test
    void lengthsAndWidthsAreThoseOfArrays() {
        refused(() -> new Sequence(0, 1), "inputs: expected at least 1, got 0");
        refused(() -> new Sequence(1, -1), "outputs: expected at least 1, got -1");
        Sequence sequence = new Sequence(1 << 20, 1);
        refused(() -> sequence.clear(-1), "length: expected 0 to 2047, got -1");
        refused(() -> sequence.clear(1 << 12), "length: expected 0 to 2047, got 4096");
        refused(() -> new SizeRange("length", 1, 5, 4, 10), "max: expected at least 5, got 4");
        refused(() -> Size.of(null, 1), "name: expected one, got null");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
