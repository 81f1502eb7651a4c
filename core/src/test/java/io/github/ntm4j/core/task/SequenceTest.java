package io.github.ntm4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
