package io.github.ntm4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.core.config.UserException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RepeatCopyTaskTest {
    private static final RepeatCopyTask TASK = RepeatCopyConfig.DEFAULT.create();

    private static Size size(int length, int repeats) {
        return Size.of("length", length).with("repeats", repeats);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "10,10", "5,20"})
    void vectorsThenTheCountThenSilenceInWhichTheyAreWantedSoOftenAndAnEndMarker(int length, int repeats) {
        Sequence s = Samples.of(TASK, size(length, repeats), length);
        assertThat(s.inputs()).isEqualTo(9);
        assertThat(s.outputs()).isEqualTo(9);
        assertThat(s.steps()).isEqualTo(length + 1 + length * repeats + 1);
        for (int step = 0; step < length; step++) {
            assertThat(Samples.input(s, step)[8]).isZero();
            for (int bit = 0; bit < 8; bit++) {
                assertThat(Samples.input(s, step)[bit]).isIn(0f, 1f);
            }
        }
        assertThat(Arrays.copyOf(Samples.input(s, length), 8)).containsOnly(0);
        for (int step = length + 1; step < s.steps(); step++) {
            assertThat(Samples.input(s, step)).containsOnly(0);
        }
        int first = length + 1;
        int[] wanted = java.util.stream.IntStream.range(first, s.steps()).toArray();
        assertThat(Samples.counted(s)).isEqualTo(wanted);
        for (int step = 0; step < length * repeats; step++) {
            assertThat(Samples.target(s, first + step)).isEqualTo(Arrays.copyOf(Samples.input(s, step % length), 9));
        }
        assertThat(Samples.target(s, s.steps() - 1)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void theCountHasMeanZeroAndVarianceOneOverTheTrainingRange() {
        double sum = 0;
        double squares = 0;
        for (int repeats = 1; repeats <= 10; repeats++) {
            double count = Samples.input(Samples.of(TASK, size(2, repeats), 0), 2)[8];
            assertThat(count).isCloseTo((repeats - 5.5) / 2.8722813, within(1e-6));
            sum += count;
            squares += count * count;
        }
        assertThat(sum / 10).isCloseTo(0, within(1e-6));
        assertThat(squares / 10).isCloseTo(1, within(1e-6));
    }

    @Test
    void aSingleCountCanStillBeSeen() {
        RepeatCopyTask task = new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 3, 4, 4, 8).create();
        assertThat(Samples.input(Samples.of(task, size(3, 4), 0), 3)[8]).isEqualTo(1);
    }

    @Test
    void itsCasesAreTwiceTheLengthAndTwiceTheRepeats() {
        assertThat(TASK.cases()).containsExactly(size(10, 10), size(20, 10), size(10, 20));
    }

    @Test
    void rangesMustNotBeEmpty() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 10, 5, 4, 8))
                .withMessage("task.min_repeats: expected at most task.max_repeats 4, got 5");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 11, 10, 1, 4, 8))
                .withMessage("task.min_length: expected at most task.max_length 10, got 11");
    }
}
