package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
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
        RepeatCopyTask task = new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 3, 4, 4, 8, 0, 0).create();
        assertThat(Samples.input(Samples.of(task, size(3, 4), 0), 3)[8]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,4,3", "4,2,1", "4,2,3", "10,10,2"})
    void practiceGoesOnAfterTheEndMarkerAsIfThatHadTakenTheFirstVectorsPlace(int length, int repeats, int overrun) {
        RepeatCopyTask task = overrunning(overrun);
        Size size = size(length, repeats);
        Sequence exact = Samples.of(task, size, 7);
        Sequence s = Samples.of(task.practice(), size, 7);
        assertThat(s.steps()).isEqualTo(task.practice().steps(size)).isEqualTo(length + 1 + length * (repeats + overrun));
        for (int step = 0; step < exact.steps(); step++) {
            assertThat(Samples.input(s, step)).isEqualTo(Samples.input(exact, step));
            assertThat(Samples.target(s, step)).isEqualTo(Samples.target(exact, step));
        }
        for (int step = exact.steps(); step < s.steps(); step++) {
            float[] vector = Samples.input(s, (step - length - 1) % length);
            assertThat(Samples.input(s, step)).containsOnly(0);
            assertThat(Samples.target(s, step)).isEqualTo(Arrays.copyOf(vector, 9));
        }
        assertThat(Samples.counted(s)).hasSize(length * (repeats + overrun));
    }

    @Test
    void theTaskItselfEndsWithTheMarkerWhateverItsPractice() {
        for (int length = 1; length <= 3; length++) {
            Size size = size(length, 2);
            assertThat(overrunning(2).steps(size)).isEqualTo(TASK.steps(size));
            assertThat(Samples.target(Samples.of(overrunning(2), size, 1), TASK.steps(size) - 1)[8]).isEqualTo(1);
        }
        assertThat(TASK.practice()).isSameAs(TASK);
    }

    @Test
    void practiceDrawsMoreEmptyVectorsAndAnswersWithThem() {
        RepeatCopyTask task = new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 10, 1, 10, 8, 0, 0.25).create();
        assertThat(emptyVectors(task)).as("of 10,000 by chance").isBetween(20, 60);
        assertThat(emptyVectors(task.practice())).as("of 10,000, a quarter and chance").isBetween(2_350, 2_700);
        assertThat(task.practice().steps(size(10, 2))).isEqualTo(TASK.steps(size(10, 2)));
    }

    /** Zeros among 10,000 vectors, each of which has to be answered once. */
    private static int emptyVectors(Task task) {
        int empty = 0;
        for (int i = 0; i < 1_000; i++) {
            Sequence s = Samples.of(task, size(10, 1), i);
            for (int step = 0; step < 10; step++) {
                float[] vector = Samples.input(s, step);
                assertThat(Samples.target(s, 11 + step)).isEqualTo(vector);
                empty += Arrays.equals(vector, new float[9]) ? 1 : 0;
            }
        }
        return empty;
    }

    private static RepeatCopyTask overrunning(int overrun) {
        return new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 10, 1, 10, 8, overrun, 0).create();
    }

    @Test
    void itsCasesAreTwiceTheLengthAndTwiceTheRepeats() {
        assertThat(TASK.cases()).containsExactly(size(10, 10), size(20, 10), size(10, 20));
    }

    @Test
    void rangesMustNotBeEmpty() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 1, 10, 5, 4, 8, 0, 0))
                .withMessage("task.min_repeats: expected at most task.max_repeats 4, got 5");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 11, 10, 1, 4, 8, 0, 0))
                .withMessage("task.min_length: expected at most task.max_length 10, got 11");
    }
}
