package io.github.ntm4j.learning.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.sweep.SweepPlan;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuiteTest {
    private static final Suite PAPER = Suite.named("paper");

    private static SweepPlan plan(ConfigTree given, boolean quick) {
        return PAPER.plan(given, PAPER.tasks(), PAPER.quickMachines(), "1..2", "test", quick);
    }

    @Test
    void each_task_meets_each_machine_and_each_seed() {
        SweepPlan plan = plan(ConfigTree.EMPTY, false);
        assertThat(plan.runs()).hasSize(5 * 2 * 2);
        assertThat(plan.runs().get(3).name()).isEqualTo("4-repeat-copy-ntm-ff-seed1");
        assertThat(plan.combinations()).allSatisfy(combination -> {
            RunConfig usual = RunConfig.resolve(ConfigTree.of(
                    Map.of(
                            "task", Map.of("name", combination.config().task().taskName()),
                            "machine", Map.of("type", combination.config().machine().name()),
                            "training", Map.of("snapshots", 0)),
                    "test"));
            assertThat(combination.config()).isEqualTo(usual);
        });
    }

    @Test
    void quick_changes_no_setting_but_the_budget_of_the_long_tasks() {
        List<RunConfig> usual = configs(plan(ConfigTree.EMPTY, false));
        List<RunConfig> quick = configs(plan(ConfigTree.EMPTY, true));
        assertThat(quick.subList(0, 2)).isEqualTo(usual.subList(0, 2));
        for (int i = 0; i < usual.size(); i++) {
            assertThat(quick.get(i).machine()).isEqualTo(usual.get(i).machine());
            assertThat(quick.get(i).task()).isEqualTo(usual.get(i).task());
            assertThat(quick.get(i).training().course().sequences()).isLessThanOrEqualTo(Math.min(100_000, usual.get(i).training().course().sequences()));
        }
    }

    private static List<RunConfig> configs(SweepPlan plan) {
        return plan.combinations().stream().map(combination -> combination.config()).toList();
    }

    @Test
    void what_is_given_holds_for_all() {
        SweepPlan plan = plan(Yaml.parse("{preset: graves-2014, training: {sequences: 77}}", "test"), true);
        assertThat(configs(plan)).allSatisfy(config -> {
            assertThat(config.preset()).isEqualTo(new Preset("graves-2014"));
            assertThat(config.training().course().sequences()).isEqualTo(77);
        });
    }

    @Test
    void the_paper_has_figures_for_all_its_tasks() {
        assertThat(PAPER.tasks()).containsExactly("copy", "repeat-copy", "associative-recall", "dynamic-ngrams", "priority-sort");
        assertThat(PAPER.machines()).containsExactly("ntm-lstm", "ntm-ff", "lstm");
        assertThat(PAPER.tasks()).allSatisfy(task -> assertThat(Recipes.figure(task, "ntm-lstm")).isPresent());
        assertThat(Recipes.figure("repeat-copy", "lstm")).isEmpty();
    }

    @Test
    void every_suite_that_comes_along_can_be_planned() {
        assertThat(Suite.names()).contains(Suite.USUAL);
        for (String name : Suite.names()) {
            Suite suite = Suite.named(name);
            SweepPlan plan = suite.plan(ConfigTree.EMPTY, suite.tasks(), suite.machines(), suite.seeds(), name, false);
            assertThat(plan.combinations()).as(name).hasSize(suite.tasks().size() * suite.machines().size());
        }
    }

    @Test
    void a_suite_of_ones_own_comes_from_a_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "{tasks: [copy], machines: [lstm], seeds: 1..2, quick: {sequences: {copy: 10}}}");
        Suite suite = Suite.named(file.toString());
        assertThat(suite.name()).isEqualTo("mine");
        assertThat(suite.quickMachines()).containsExactly("lstm");
        SweepPlan plan = suite.plan(ConfigTree.EMPTY, suite.tasks(), suite.machines(), suite.seeds(), "seeds", true);
        assertThat(plan.runs()).hasSize(2);
        assertThat(plan.combinations().getFirst().config().training().course().sequences()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tasks: [copy]                          | mine.yaml: machines: is missing; expected a list of names",
        "{tasks: [coppy], machines: [lstm]}     | mine.yaml, line 1: tasks: expected names of copy, repeat-copy,",
        "{tasks: [copy], machines: [lstm], x: 1} | mine.yaml, line 1: x: no part of a suite, which has about, machines, quick, seeds, tasks",
        "{tasks: copy, machines: [lstm]}        | mine.yaml, line 1: tasks: expected a list of names",
        "{tasks: [copy], machines: [lstm], quick: {sequences: {copy: x}}} | mine.yaml, line 1: copy: expected a number of sequences",
    })
    void what_is_wrong_in_a_suite_is_named_in_one_line(String yaml, String message) {
        assertThatThrownBy(() -> Suite.of("mine", Yaml.parse(yaml, "mine.yaml"), "mine.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(message)
                .message().hasLineCount(1);
    }
}
