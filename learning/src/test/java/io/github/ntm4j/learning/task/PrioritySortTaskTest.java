package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrioritySortTaskTest {
    private static final PrioritySortTask TASK = PrioritySortConfig.DEFAULT.create();

    @ParameterizedTest
    @CsvSource({"20,16", "30,24", "5,4", "1,1", "2,2", "7,6", "13,10"})
    void vectorsWithPrioritiesThenADelimiterThenThoseOfHighestPriorityInOrder(int items, int answers) {
        for (int index = 0; index < 50; index++) {
            Sequence s = Samples.of(TASK, Size.of("items", items), index);
            assertThat(s.inputs()).isEqualTo(10);
            assertThat(s.outputs()).isEqualTo(8);
            assertThat(s.steps()).isEqualTo(items + 1 + answers);
            assertThat(Samples.counted(s)).isEqualTo(IntStream.range(items + 1, s.steps()).toArray());
            for (int step = 0; step < s.steps(); step++) {
                float[] input = Samples.input(s, step);
                assertThat(input[9]).isEqualTo(step == items ? 1 : 0);
                if (step >= items) {
                    assertThat(Arrays.copyOf(input, 9)).containsOnly(0);
                } else {
                    assertThat(input[8]).isBetween(-1f, 1f);
                }
            }
            List<float[]> sorted = IntStream.range(0, items)
                    .mapToObj(step -> Samples.input(s, step))
                    .sorted(Comparator.comparingDouble((float[] vector) -> vector[8]).reversed())
                    .toList();
            for (int place = 0; place < answers; place++) {
                assertThat(Samples.target(s, items + 1 + place)).isEqualTo(Arrays.copyOf(sorted.get(place), 8));
            }
        }
    }

    @Test
    void prioritiesAreUniform() {
        int[] counts = new int[10];
        for (int index = 0; index < 1000; index++) {
            Sequence s = Samples.of(TASK, Size.of("items", 20), index);
            for (int step = 0; step < 20; step++) {
                counts[(int) ((Samples.input(s, step)[8] + 1) * 5)]++;
            }
        }
        for (int count : counts) {
            assertThat(count).isBetween(1850, 2150);
        }
    }
}
