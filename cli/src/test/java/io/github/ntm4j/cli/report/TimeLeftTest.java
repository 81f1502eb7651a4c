package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.learning.sweep.Choice;
import io.github.ntm4j.learning.sweep.PlannedRun;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.learning.yaml.Yaml;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Two budgets, one ten times the other, with two seeds each: A1, B1, A2, B2. */
final class TimeLeftTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final List<PlannedRun> RUNS = SweepPlan.grid(
                    Yaml.parse("task: {name: copy}", "test"), List.of(Choice.parse("training.sequences=100,1000")), List.of(1L, 2L))
            .runs();

    private double now;
    private final TimeLeft left = new TimeLeft(() -> (long) (now * 1e9));

    @Test
    void a_run_takes_as_long_as_its_work_until_one_of_its_kind_has_ended() {
        left.started(RUNS.get(0));
        now = 3;
        left.ended(RUNS.get(0));
        assertThat(left.seconds(RUNS.subList(1, 4), 1)).isCloseTo(30 + 3 + 30, EXACTLY);
        left.started(RUNS.get(1));
        now = 3 + 50;
        left.ended(RUNS.get(1));
        assertThat(left.seconds(RUNS.subList(2, 4), 1)).isCloseTo(3 + 50, EXACTLY);
    }

    @Test
    void side_by_side_they_end_with_the_longest_or_when_all_work_is_done() {
        left.started(RUNS.get(0));
        now = 3;
        left.ended(RUNS.get(0));
        assertThat(left.seconds(RUNS.subList(1, 4), 2)).isCloseTo((30 + 3 + 30) / 2.0, EXACTLY);
        assertThat(left.seconds(RUNS.subList(1, 3), 2)).isCloseTo(30, EXACTLY);
    }

    @Test
    void what_is_under_way_has_had_its_part_but_never_less_than_none_is_left() {
        left.started(RUNS.get(0));
        now = 3;
        left.ended(RUNS.get(0));
        left.started(RUNS.get(1));
        now += 12;
        assertThat(left.seconds(List.of(RUNS.get(1)), 1)).isCloseTo(30 - 12, EXACTLY);
        now += 100;
        assertThat(left.seconds(List.of(RUNS.get(1)), 1)).isZero();
    }
}
