package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The right answer to inputs that somebody has changed. */
class AnswerTest {
    static Set<String> tasks() {
        return TaskKinds.drawn().keySet();
    }

    private static Task task(String name) {
        return TaskKinds.drawn().get(name).defaults().create();
    }

    private static Sequence sequence(Task task) {
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(task.largest(), Random64.of(3, "answer", 0), sequence);
        return sequence;
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void to_unchanged_inputs_is_the_one_that_came_with_them(String name) {
        Task task = task(name);
        Sequence sequence = sequence(task);
        float[] target = sequence.target().clone();
        float[] mask = sequence.mask().clone();
        assertThat(task.answer(task.largest(), sequence)).isTrue();
        assertThat(sequence.target()).isEqualTo(target);
        assertThat(sequence.mask()).isEqualTo(mask);
    }

    @Test
    void follows_a_changed_bit_of_a_copy() {
        Task task = task("copy");
        Sequence sequence = sequence(task);
        float flipped = 1 - sequence.input()[4 * task.inputs() + 2];
        sequence.input(4, 2, flipped);
        task.answer(task.largest(), sequence);
        assertThat(sequence.target()[(task.largest().get("length") + 1 + 4) * task.outputs() + 2]).isEqualTo(flipped);
    }

    @Test
    void follows_a_changed_priority() {
        Task task = task("priority-sort");
        Sequence sequence = sequence(task);
        int items = task.largest().get("items");
        sequence.input(7, task.inputs() - 2, 2);
        task.answer(task.largest(), sequence);
        float[] first = Arrays.copyOfRange(sequence.target(), (items + 1) * task.outputs(), (items + 2) * task.outputs());
        assertThat(first).isEqualTo(Arrays.copyOfRange(sequence.input(), 7 * task.inputs(), 7 * task.inputs() + task.outputs()));
    }

    @Test
    void does_not_exist_for_a_query_that_is_like_no_item() {
        Task task = task("associative-recall");
        Sequence sequence = sequence(task);
        int query = task.largest().get("items") * 4 + 1;
        sequence.input(query, 0, 0.25f);
        assertThat(task.answer(task.largest(), sequence)).isFalse();
    }
}
