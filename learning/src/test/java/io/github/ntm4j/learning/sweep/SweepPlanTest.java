package io.github.ntm4j.learning.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepPlanTest {
    private static final List<Long> SEEDS = List.of(1L, 2L);

    private static List<Choice> choices(String... assignments) {
        return Arrays.stream(assignments).map(Choice::parse).toList();
    }

    private static SweepPlan grid(String... assignments) {
        return SweepPlan.grid(ConfigTree.EMPTY, choices(assignments), SEEDS);
    }

    private static SweepPlan random(int count, long drawSeed, String... assignments) {
        return SweepPlan.random(ConfigTree.EMPTY, choices(assignments), SEEDS, count, drawSeed);
    }

    private static List<String> labels(SweepPlan plan) {
        return plan.combinations().stream().map(Combination::label).toList();
    }

    private static List<Double> values(SweepPlan plan, String key) {
        return plan.combinations().stream().map(c -> ((Number) c.varied().get(key)).doubleValue()).toList();
    }

    @Test
    void a_grid_has_every_combination_and_what_does_not_vary_is_not_named() {
        SweepPlan plan = grid("training.learning_rate=1e-4,4e-4", "training.batch=8", "machine.gate_bias=-3,-1,0");
        assertThat(plan.varied()).containsExactly("training.learning_rate", "machine.gate_bias");
        assertThat(labels(plan))
                .containsExactly(
                        "learning_rate=0.0001, gate_bias=-3", "learning_rate=0.0001, gate_bias=-1", "learning_rate=0.0001, gate_bias=0",
                        "learning_rate=0.0004, gate_bias=-3", "learning_rate=0.0004, gate_bias=-1", "learning_rate=0.0004, gate_bias=0");
        assertThat(plan.combinations()).allMatch(c -> c.config().training().course().batch() == 8);
    }

    @Test
    void runs_come_seed_by_seed_and_have_the_settings_of_their_combination() {
        List<PlannedRun> runs = grid("training.batch=4,8").runs();
        assertThat(runs.stream().map(PlannedRun::name))
                .containsExactly("1-batch=4-seed1", "2-batch=8-seed1", "1-batch=4-seed2", "2-batch=8-seed2");
        assertThat(runs.get(3).config().seed()).isEqualTo(2);
        assertThat(runs.get(3).config().training().course().batch()).isEqualTo(8);
    }

    @Test
    void without_values_that_vary_there_is_one_combination_called_after_task_and_machine() {
        SweepPlan plan = grid();
        assertThat(labels(plan)).containsExactly("copy by ntm-lstm");
        assertThat(plan.runs().getFirst().name()).isEqualTo("1-copy-ntm-lstm-seed1");
    }

    @Test
    void machines_can_vary_too() {
        assertThat(grid("machine.type=ntm-lstm,lstm").title()).isEqualTo("copy by ntm-lstm, lstm");
    }

    @Test
    void draws_are_within_their_ranges_even_by_ratios_and_repeat_with_the_draw_seed() {
        SweepPlan plan = random(400, 1, "training.learning_rate=1e-4..1e-2", "machine.gate_bias=-3..1", "machine.rows=4..7", "training.batch=2,4");
        List<Double> rates = values(plan, "training.learning_rate");
        assertThat(rates).allMatch(rate -> rate >= 1e-4 && rate <= 1e-2);
        assertThat(rates.stream().filter(rate -> rate < 1e-3).count() / 400.0).isCloseTo(0.5, within(0.1));
        List<Double> biases = values(plan, "machine.gate_bias");
        assertThat(biases).allMatch(bias -> bias >= -3 && bias <= 1);
        assertThat(biases.stream().filter(bias -> bias < -1).count() / 400.0).isCloseTo(0.5, within(0.1));
        assertThat(values(plan, "machine.rows")).containsOnly(4.0, 5.0, 6.0, 7.0);
        assertThat(values(plan, "training.batch").stream().filter(batch -> batch == 2).count() / 400.0).isCloseTo(0.5, within(0.1));
        assertThat(labels(plan)).isEqualTo(labels(random(
                400, 1, "training.learning_rate=1e-4..1e-2", "machine.gate_bias=-3..1", "machine.rows=4..7", "training.batch=2,4")));
        assertThat(labels(random(8, 2, "training.learning_rate=1e-4..1e-2")))
                .doesNotContainAnyElementsOf(labels(random(8, 1, "training.learning_rate=1e-4..1e-2")));
    }

    @Test
    void more_draws_and_more_settings_leave_those_there_were_as_they_are() {
        List<Double> few = values(random(4, 1, "training.learning_rate=1e-4..1e-2"), "training.learning_rate");
        List<Double> more = values(random(9, 1, "machine.rows=8..99", "training.learning_rate=1e-4..1e-2"), "training.learning_rate");
        assertThat(more).startsWith(few.toArray(Double[]::new));
    }

    @Test
    void draws_that_repeat_others_are_drawn_again() {
        assertThat(labels(random(4, 1, "training.batch=1..4"))).containsExactlyInAnyOrder("batch=1", "batch=2", "batch=3", "batch=4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine.rowz=1,2 | --set machine.rowz: no such setting; did you mean machine.rows?",
                "machine.rows=8,x | --set machine.rows: expected a whole number from 1 to 16777216, got 'x'",
                "machine.rows=8..16 | --set machine.rows=8..16: a range is for draws (--random N); expected values with commas between",
                "machine.rows=8,8 | --set machine.rows: expected each value once, got '8' twice",
                "machine.rows=8, | --set machine.rows: expected values with commas between, got '8,'",
                "machine.rows= | --set machine.rows: expected values with commas between, got nothing",
                "training.learning_rate=1e-4,0.0001 | --set: expected combinations that differ, but {training.learning_rate=1e-4} "
                        + "and {training.learning_rate=0.0001} are the same settings",
            })
    void a_wrong_grid_is_refused(String assignment, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> grid(assignment)).withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.batch=8..4 | --set training.batch: expected a range from a smaller to a larger number, such as 1e-4..1e-3, got '8..4'",
                "training.batch=1..x | --set training.batch: expected a range from a smaller to a larger number, such as 1e-4..1e-3, got '1..x'",
                "training.batch=..4 | --set training.batch: expected a range from a smaller to a larger number, such as 1e-4..1e-3, got '..4'",
                "training.batch=1..4,8 | --set training.batch: expected a range from a smaller to a larger number, such as 1e-4..1e-3, got '1..4,8'",
                "training.batch=0..4 | --set training.batch: expected a whole number from 1 to 65536, got '0'",
                "training.batch=1..1e9 | --set training.batch: expected a whole number from 1 to 65536, got '1e9'",
                "training.optimiser=1..2 | --set training.optimiser: expected one of rmsprop, adam, got '1'",
                "training.batch=4 | --random 9: expected settings to draw, such as --set training.learning_rate=1e-4..1e-3, found none",
                "training.batch=1..4 | --random 9: expected at most as many draws as there are combinations, found only 4 that differ",
            })
    void wrong_draws_are_refused(String assignment, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> random(9, 1, assignment)).withMessage(message);
    }

    @Test
    void a_sweep_that_is_too_large_is_refused() {
        List<Long> many = LongStream.rangeClosed(1, 6000).boxed().toList();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SweepPlan.grid(ConfigTree.EMPTY, choices("training.batch=4,8"), many))
                .withMessage("a sweep of 2 combinations of settings and 6000 seeds: expected at most 10000 runs, got 12000");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> grid("machine.rows=8").requireWithin(1 << 22, 2))
                .withMessageContaining("MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "training.learning_rate=1e-4,3e-7 machine.gate_bias=-3,-1", "machine.type=ntm-lstm,lstm,ntm-ff", "training.clip=norm,none"})
    void a_plan_is_read_as_it_was_written(String assignments, @TempDir Path folder) {
        SweepPlan plan = assignments.isEmpty() ? grid() : grid(assignments.split(" "));
        Path file = folder.resolve("sweep.yaml");
        PlanFile.write(file, plan);
        assertThat(PlanFile.read(file)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | is damaged: expected seeds, settings and, at its end, the number of runs",
                "runs: 4 | '' | is damaged: expected seeds, settings and, at its end, the number of runs",
                "runs: 4 | runs: many | runs: expected a whole number from 1 to 10000, got 'many'",
                "runs: 4 | runs: 5 | is damaged: expected as many runs for each of 2 seeds, found 5 runs",
                "runs: 4 | runs: 6 | is damaged: expected 3 combinations, found no number 3",
                "runs: 4 | runs: 2 | is damaged: expected 1 combinations, found combinations.2.training.batch",
                "batch: 8 | batch: none | training.batch: expected a whole number from 1 to 65536, got 'none'",
                "vary: training.batch | vary: batch | is damaged: expected keys of settings behind vary, found 'batch'",
                "'seeds: 1,2' | seeds: one | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got 'one'",
                "'seeds: 1,2' | 'seeds: {' | not valid YAML",
                "rows: | rowz: | machine.rowz: no such setting; did you mean machine.rows?",
            })
    void a_damaged_plan_is_refused_with_the_place(String from, String to, String message, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("sweep.yaml");
        PlanFile.write(file, grid("training.batch=4,8"));
        String text = Files.readString(file).replace("\"1,2\"", "1,2");
        assertThat(text).contains(from);
        Files.writeString(file, from.isEmpty() ? "" : text.replace(from, to));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> PlanFile.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message);
    }

    @Test
    void the_runs_of_a_sweep_keep_a_film_only_where_it_is_asked_for() {
        assertThat(grid("training.batch=4,8").runs()).allMatch(run -> run.config().training().snapshots() == 0);
        assertThat(random(2, 1, "training.learning_rate=1e-4..1e-2").runs()).allMatch(run -> run.config().training().snapshots() == 0);
        assertThat(grid("training.snapshots=7").runs()).allMatch(run -> run.config().training().snapshots() == 7);
        ConfigTree file = Yaml.parse("training: {snapshots: 3}", "file");
        assertThat(SweepPlan.grid(file, choices(), SEEDS).runs()).allMatch(run -> run.config().training().snapshots() == 3);
    }
}
