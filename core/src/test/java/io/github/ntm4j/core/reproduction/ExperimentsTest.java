package io.github.ntm4j.core.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.core.config.ConfigTree;
import io.github.ntm4j.core.run.Preset;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.sweep.SweepPlan;
import io.github.ntm4j.core.yaml.Yaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExperimentsTest {
    private static SweepPlan plan(ConfigTree given, boolean quick) {
        return Experiments.plan(given, Experiments.TASKS, Experiments.NTM, List.of(1L, 2L), quick);
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
        assertThat(Experiments.TASKS).allSatisfy(task -> assertThat(PaperFigures.of(task, "ntm-lstm")).isPresent());
        assertThat(PaperFigures.of("repeat-copy", "lstm")).isEmpty();
    }
}
