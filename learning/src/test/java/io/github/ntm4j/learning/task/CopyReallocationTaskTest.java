package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyReallocationTaskTest {
    private static final CopyReallocationTask TASK = CopyReallocationConfig.DEFAULT.create();

    private static Size size(int instances, int length) {
        return Size.of("instances", instances).with("length", length);
    }

    /** Reads a sequence as a machine does: what came since the last delimiter is wanted after it, and nothing is shown meanwhile. */
    @ParameterizedTest
    @CsvSource({"10, 5", "1, 1", "3, 4", "20, 5", "2, 30"})
    void whatWasShownIsToldBeforeAnythingElseIsShown(int instances, int length) {
        Sequence s = Samples.of(TASK, size(instances, length), 4);
        assertThat(s.inputs()).isEqualTo(7);
        assertThat(s.outputs()).isEqualTo(6);
        List<float[]> shown = new ArrayList<>();
        List<float[]> wanted = new ArrayList<>();
        int told = 0;
        int delimiters = 0;
        for (int step = 0; step < s.steps(); step++) {
            float[] input = Samples.input(s, step);
            if (!wanted.isEmpty()) {
                assertThat(input).as("silence at step %d", step).containsOnly(0);
                assertThat(s.mask()[step]).isEqualTo(1);
                assertThat(Samples.target(s, step)).as("target at step %d", step).isEqualTo(wanted.removeFirst());
                told++;
            } else {
                assertThat(s.mask()[step]).as("mask at step %d", step).isZero();
                assertThat(Samples.target(s, step)).containsOnly(0);
                if (input[6] == 1) {
                    assertThat(Arrays.copyOf(input, 6)).containsOnly(0);
                    assertThat(shown).hasSize(length);
                    wanted.addAll(shown);
                    shown.clear();
                    delimiters++;
                } else {
                    assertThat(input[6]).isZero();
                    shown.add(Arrays.copyOf(input, 6));
                }
            }
        }
        assertThat(List.of(told, delimiters, wanted.size(), shown.size())).containsExactly(instances * length, instances, 0, 0);
        assertThat(s.steps()).isEqualTo(TASK.steps(size(instances, length))).isEqualTo(instances * (2 * length + 1));
    }

    @Test
    void trainingCopiesFiftyVectorsInAllOfFairBits() {
        assertThat(TASK.largest()).isEqualTo(size(10, 5)).isEqualTo(TASK.draw(Random64.of(1, "size", 0), 1));
        assertThat(TASK.kept(TASK.largest())).isEqualTo(5);
        int ones = 0;
        for (int index = 0; index < 100; index++) {
            Sequence s = Samples.of(TASK, TASK.largest(), index);
            assertThat(Samples.counted(s)).hasSize(50);
            for (int step : Samples.counted(s)) {
                for (float bit : Samples.target(s, step)) {
                    assertThat(bit).isIn(0f, 1f);
                    ones += (int) bit;
                }
            }
        }
        assertThat(ones).as("of 30,000 bits").isBetween(14_600, 15_400);
    }

    @Test
    void itsCasesHaveTwiceAndFourTimesAsManyInstances() {
        assertThat(TASK.cases()).containsExactly(size(10, 5), size(20, 5), size(40, 5));
    }

    @Test
    void rangesMustNotBeEmpty() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new CopyReallocationConfig(CopyReallocationConfig.Name.COPY_REALLOCATION, 11, 10, 5, 5, 6))
                .withMessage("task.min_instances: expected at most task.max_instances 10, got 11");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new CopyReallocationConfig(CopyReallocationConfig.Name.COPY_REALLOCATION, 1, 10, 6, 5, 6))
                .withMessage("task.min_length: expected at most task.max_length 5, got 6");
    }
}
