package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecallBlocksTaskTest {
    private static final RecallBlocksTask TASK = RecallBlocksConfig.DEFAULT.create();

    private static RecallBlocksConfig config(int min, int max, CountedSteps counted) {
        return new RecallBlocksConfig(RecallBlocksConfig.Name.RECALL_BLOCKS, min, max, 3, 8, counted);
    }

    /** What is shown between markers, as texts; a marker must stand alone. The last text is what is shown after the last marker. */
    private static List<String> blocks(Sequence s, List<Integer> markers) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (int step = 0; step < s.steps(); step++) {
            float[] input = Samples.input(s, step);
            if (input[8] == 1 || input[9] == 1) {
                assertThat(Arrays.copyOf(input, 8)).containsOnly(0);
                assertThat(input[8] + input[9]).isEqualTo(1);
                markers.add(input[8] == 1 ? 8 : 9);
                blocks.add(block.toString());
                block.setLength(0);
            } else {
                block.append(Arrays.toString(Arrays.copyOf(input, 8)));
            }
        }
        blocks.add(block.toString());
        return blocks;
    }

    private static String text(Sequence s, int from) {
        StringBuilder text = new StringBuilder();
        for (int step = from; step < from + 3; step++) {
            text.append(Arrays.toString(Arrays.copyOf(Samples.target(s, step), 8)));
            assertThat(Samples.target(s, step)[8]).isZero();
            assertThat(Samples.target(s, step)[9]).isZero();
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 32})
    void theBlockBehindTheOneThatIsShownAgainIsWanted(int count) {
        Map<Integer, Integer> asked = new HashMap<>();
        for (int index = 0; index < 600; index++) {
            Sequence s = Samples.of(TASK, Size.of("blocks", count), index);
            assertThat(List.of(s.inputs(), s.outputs())).containsExactly(10, 10);
            assertThat(s.steps()).isEqualTo(TASK.steps(Size.of("blocks", count))).isEqualTo(4 * count + 7);
            List<Integer> markers = new ArrayList<>();
            List<String> blocks = blocks(s, markers);
            assertThat(markers).hasSize(count + 1);
            assertThat(markers.subList(0, count - 1)).as("between blocks").allMatch(channel -> channel == 8);
            assertThat(markers.subList(count - 1, count + 1)).as("after the last, and after the query").containsExactly(9, 9);
            int query = blocks.subList(0, count).indexOf(blocks.get(count));
            assertThat(query).as("the query is a block, never the last").isBetween(0, count - 2);
            asked.merge(query, 1, Integer::sum);
            int answer = 4 * count + 4;
            assertThat(blocks.getLast()).as("blanks").isEqualTo(Arrays.toString(new float[8]).repeat(3));
            assertThat(text(s, answer)).isEqualTo(blocks.get(query + 1));
            assertThat(Samples.counted(s)).containsExactly(answer, answer + 1, answer + 2);
        }
        double fair = 600.0 / (count - 1);
        assertThat(asked).hasSize(count - 1);
        assertThat(asked.values()).allMatch(times -> Math.abs(times - fair) <= 5 * Math.sqrt(fair));
    }

    @Test
    void everyStepCountsIfItIsToAndNothingElseChanges() {
        Size size = Size.of("blocks", 5);
        Sequence answers = Samples.of(TASK, size, 1);
        Task task = config(2, 16, CountedSteps.ALL).create();
        Sequence all = Samples.of(task, size, 1);
        assertThat(all.input()).isEqualTo(answers.input());
        assertThat(all.target()).isEqualTo(answers.target());
        assertThat(Samples.counted(all)).isEqualTo(IntStream.range(0, 27).toArray());
    }

    @Test
    void aQueryThatIsLikeNoBlockOrOnlyTheLastHasNoAnswer() {
        Size size = Size.of("blocks", 4);
        Sequence s = Samples.of(TASK, size, 0);
        for (int i = 0; i < 3; i++) {
            for (int bit = 0; bit < 8; bit++) {
                s.input(16 + i, bit, s.input()[(12 + i) * 10 + bit]);
            }
        }
        assertThat(TASK.answer(size, s)).isFalse();
        for (int i = 0; i < 3; i++) {
            for (int bit = 0; bit < 8; bit++) {
                s.input(16 + i, bit, s.input()[(4 + i) * 10 + bit]);
            }
        }
        assertThat(TASK.answer(size, s)).isTrue();
        assertThat(Arrays.copyOf(Samples.target(s, 20), 8)).isEqualTo(Arrays.copyOf(Samples.input(s, 8), 8));
    }

    @Test
    void itsCasesGoTo32BlocksAndItNeedsARowForEachVector() {
        assertThat(TASK.cases()).containsExactly(Size.of("blocks", 16), Size.of("blocks", 24), Size.of("blocks", 32));
        assertThat(TASK.kept(Size.of("blocks", 16))).isEqualTo(48);
    }

    @Test
    void rangesMustNotBeEmpty() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> config(17, 16, CountedSteps.ANSWERS))
                .withMessage("task.min_blocks: expected at most task.max_blocks 16, got 17");
    }
}
