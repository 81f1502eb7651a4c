package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RepeatCopyBlocksTaskTest {
    private static final RepeatCopyBlocksTask TASK = RepeatCopyBlocksConfig.DEFAULT.create();

    private static Size size(int instances, int longest) {
        return Size.of("instances", instances).with("longest", longest);
    }

    private static RepeatCopyBlocksConfig config(int minInstances, int maxInstances, int minLength, int maxLength, CountedSteps counted) {
        return new RepeatCopyBlocksConfig(
                RepeatCopyBlocksConfig.Name.REPEAT_COPY_BLOCKS, minInstances, maxInstances, minLength, maxLength, 8, counted);
    }

    /** Reads a sequence by its end markers alone, checks every target, and returns the lengths of its instances. */
    private static List<Integer> lengths(Sequence s) {
        List<Integer> lengths = new ArrayList<>();
        List<float[]> shown = new ArrayList<>();
        List<float[]> wanted = new ArrayList<>();
        for (int step = 0; step < s.steps(); step++) {
            float[] input = Samples.input(s, step);
            if (wanted.isEmpty()) {
                assertThat(Samples.target(s, step)).as("nothing is wanted at step %d", step).containsOnly(0);
                shown.add(input);
                if (input[8] == 1) {
                    assertThat(Arrays.copyOf(input, 8)).as("the end marker at step %d is alone", step).containsOnly(0);
                    lengths.add(shown.size() - 1);
                    wanted.addAll(shown);
                    shown.clear();
                }
            } else {
                assertThat(input).as("blank at step %d", step).containsOnly(0);
                assertThat(Samples.target(s, step)).as("target at step %d", step).isEqualTo(wanted.removeFirst());
            }
        }
        assertThat(shown).isEmpty();
        assertThat(wanted).isEmpty();
        return lengths;
    }

    @ParameterizedTest
    @CsvSource({"1, 14", "8, 14", "16, 14", "3, 2", "2, 28"})
    void eachInstanceIsVectorsAndAnEndMarkerThenBlanksInWhichBothAreWanted(int instances, int longest) {
        for (int index = 0; index < 20; index++) {
            Sequence s = Samples.of(TASK, size(instances, longest), index);
            assertThat(List.of(s.inputs(), s.outputs())).containsExactly(9, 9);
            List<Integer> lengths = lengths(s);
            assertThat(lengths).hasSize(instances).allMatch(length -> length >= 2 && length <= longest);
            assertThat(s.steps())
                    .isEqualTo(lengths.stream().mapToInt(length -> 2 * (length + 1)).sum())
                    .isLessThanOrEqualTo(TASK.steps(size(instances, longest)));
            assertThat(Samples.counted(s)).as("every step counts").isEqualTo(IntStream.range(0, s.steps()).toArray());
        }
    }

    @Test
    void onlyAnswersCountIfTheyAreToAndNothingElseChanges() {
        Task answers = config(1, 8, 2, 14, CountedSteps.ANSWERS).create();
        Sequence all = Samples.of(TASK, size(8, 14), 3);
        Sequence s = Samples.of(answers, size(8, 14), 3);
        assertThat(s.input()).isEqualTo(all.input());
        assertThat(s.target()).isEqualTo(all.target());
        List<Integer> expected = new ArrayList<>();
        int begin = 0;
        for (int length : lengths(s)) {
            IntStream.rangeClosed(begin + length + 1, begin + 2 * length + 1).forEach(expected::add);
            begin += 2 * (length + 1);
        }
        assertThat(Samples.counted(s)).containsExactly(expected.stream().mapToInt(i -> i).toArray());
    }

    private static Sequence[] batch(Task task, int number) {
        Sequence[] batch = Stream.generate(() -> new Sequence(9, 9)).limit(4).toArray(Sequence[]::new);
        task.fill(batch, 5, 4L * number, 1, Random64.of(0, "", 0));
        return batch;
    }

    @Test
    void trainingDrawsInstancesAndEveryLengthUniformly() {
        int[] instances = new int[9];
        int[] lengths = new int[15];
        for (int number = 0; number < 4_000; number++) {
            List<Integer> drawn = lengths(batch(TASK, number)[0]);
            instances[drawn.size()]++;
            drawn.forEach(length -> lengths[length]++);
        }
        assertThat(Arrays.copyOf(instances, 1)).containsOnly(0);
        assertThat(Arrays.stream(instances, 1, 9)).as("500 of each").allMatch(times -> times > 415 && times < 585);
        assertThat(Arrays.copyOf(lengths, 2)).containsOnly(0);
        assertThat(Arrays.stream(lengths, 2, 15)).as("about 1,385 of each").allMatch(times -> times > 1_240 && times < 1_530);
    }

    @Test
    void sequencesOfABatchHaveTheSameLengthsAndOtherBits() {
        for (int number = 0; number < 50; number++) {
            Sequence[] batch = batch(TASK, number);
            for (Sequence s : batch) {
                assertThat(lengths(s)).isEqualTo(lengths(batch[0]));
            }
            assertThat(batch[1].input()).isNotEqualTo(batch[0].input());
        }
    }

    @Test
    void aSequenceOfTrainingFollowsFromSeedAndNumberAlone() {
        Sequence[] again = batch(TASK, 7);
        batch(TASK, 8);
        assertThat(batch(TASK, 7)[2].input()).isEqualTo(again[2].input());
    }

    @Test
    void theSmallVersionIsASetting() {
        Task small = config(1, 3, 2, 14, CountedSteps.ALL).create();
        assertThat(small.largest()).isEqualTo(size(3, 14));
        assertThat(IntStream.range(0, 200).map(number -> lengths(batch(small, number)[0]).size()).distinct().sorted().toArray())
                .containsExactly(1, 2, 3);
    }

    @Test
    void aMovedEndMarkerChangesWhatIsWanted() {
        Task task = config(2, 2, 3, 3, CountedSteps.ALL).create();
        Sequence s = Samples.of(task, size(2, 3), 0);
        s.input(3, 8, 0);
        assertThat(task.answer(size(2, 3), s)).as("without the first end marker the second leaves no room for an answer").isFalse();
        s.input(2, 8, 1);
        s.input(11, 8, 0);
        s.input(10, 8, 1);
        assertThat(task.answer(size(2, 3), s)).as("two vectors, then four").isTrue();
        assertThat(Samples.target(s, 3)).isEqualTo(Samples.input(s, 0));
        assertThat(Samples.target(s, 5)).isEqualTo(Samples.input(s, 2));
        assertThat(Samples.target(s, 7)).as("no longer an answer").containsOnly(0);
        assertThat(Samples.target(s, 15)).isEqualTo(Samples.input(s, 10));
    }

    @Test
    void itsCasesAreTwiceTheInstancesAndTwiceTheLength() {
        assertThat(TASK.cases()).containsExactly(size(8, 14), size(16, 14), size(8, 28));
        assertThat(TASK.kept(size(8, 14))).isEqualTo(14);
    }

    @Test
    void rangesMustNotBeEmpty() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config(9, 8, 2, 14, CountedSteps.ALL))
                .withMessage("task.min_instances: expected at most task.max_instances 8, got 9");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config(1, 8, 15, 14, CountedSteps.ALL))
                .withMessage("task.min_length: expected at most task.max_length 14, got 15");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TASK.parse("longest=1"))
                .withMessage("size longest=1: expected longest from 2 to 1000, got 1");
    }
}
