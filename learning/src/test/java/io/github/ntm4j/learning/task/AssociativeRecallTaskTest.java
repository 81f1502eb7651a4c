package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssociativeRecallTaskTest {
    private static final AssociativeRecallTask TASK = AssociativeRecallConfig.DEFAULT.create();

    private static float[] bits(Sequence s, int step) {
        return Arrays.copyOf(Samples.input(s, step), 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 20})
    void itemsBetweenDelimitersThenAQueryThenTheItemThatFollowedIt(int items) {
        Set<Integer> queries = new HashSet<>();
        for (int index = 0; index < 200; index++) {
            Sequence s = Samples.of(TASK, Size.of("items", items), index);
            assertThat(s.steps()).isEqualTo(4 * items + 5 + 3);
            for (int step = 0; step < s.steps(); step++) {
                boolean delimiter = step % 4 == 0 && step < 4 * items;
                boolean query = step == 4 * items || step == 4 * items + 4;
                assertThat(Samples.input(s, step)[6]).as("item delimiter at %d", step).isEqualTo(delimiter ? 1 : 0);
                assertThat(Samples.input(s, step)[7]).as("query delimiter at %d", step).isEqualTo(query ? 1 : 0);
                if (delimiter || query || step > 4 * items + 4) {
                    assertThat(bits(s, step)).containsOnly(0);
                }
            }
            int answer = 4 * items + 5;
            assertThat(Samples.counted(s)).containsExactly(answer, answer + 1, answer + 2);
            int asked = indexOf(s, items, 4 * items + 1);
            assertThat(asked).isBetween(0, items - 2);
            queries.add(asked);
            for (int i = 0; i < 3; i++) {
                assertThat(Samples.target(s, answer + i)).isEqualTo(bits(s, 4 * (asked + 1) + 1 + i));
            }
        }
        assertThat(queries).as("every item but the last is asked for").hasSize(items - 1);
    }

    /** The item that is the same as the three vectors at a step. */
    private static int indexOf(Sequence s, int items, int at) {
        for (int item = 0; item < items; item++) {
            boolean same = true;
            for (int i = 0; i < 3; i++) {
                same &= Arrays.equals(bits(s, 4 * item + 1 + i), bits(s, at + i));
            }
            if (same) {
                return item;
            }
        }
        return -1;
    }

    @Test
    void itsCasesAreThoseOfThePaper() {
        assertThat(TASK.cases()).extracting(size -> size.get("items")).containsExactly(6, 8, 10, 12, 15, 20);
    }

    @Test
    void aSingleItemHasNoSuccessor() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> TASK.parse("items=1"))
                .withMessage("size items=1: expected items from 2 to 10000, got 1");
    }
}
