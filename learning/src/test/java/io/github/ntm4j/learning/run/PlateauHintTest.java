package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.config.ConfigTree;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlateauHintTest {
    private static final Pattern ADVICE = Pattern.compile("(training|machine|task)\\.[a-z_]+=[^ ,]+");
    private static final String HELPED = "what helped, for a new run: ";

    private static ConfigTree settings(String... assignments) {
        return SmallRun.set(assignments);
    }

    private static String hint(ConfigTree settings) {
        return PlateauHint.of(RunConfig.resolve(settings));
    }

    @ParameterizedTest
    @CsvSource({
        "copy, 'unusual for copy: 10 of 10 runs'",
        "repeat-copy, 'unusual for repeat-copy: 6 of 6 runs'",
        "associative-recall, 'usual for associative-recall: 8 of 8 runs'",
        "dynamic-ngrams, 'unusual for dynamic-ngrams: 8 of 8 runs'",
        "priority-sort, 'usual for priority-sort: '",
    })
    void theDefaultSettingsHaveAllThatHelped(String task, String known) {
        assertThat(hint(settings("task.name=" + task))).startsWith(known).doesNotContain(HELPED, "(of the default size)").contains(" try ");
    }

    @ParameterizedTest
    @CsvSource({
        "copy, default", "copy, collier-2018", "copy, graves-2014", "copy, pytorch-ntm",
        "repeat-copy, collier-2018",
        "associative-recall, graves-2014", "associative-recall, collier-2018", "associative-recall, pytorch-ntm",
        "dynamic-ngrams, collier-2018", "priority-sort, graves-2014",
    })
    void nothingIsAdvisedThatARunHas(String task, String preset) {
        ConfigTree settings = settings("task.name=" + task, "preset=" + preset, "training.curriculum=1000");
        String before = hint(settings);
        assertThat(before).doesNotContain("curriculum");
        List<String> advice = ADVICE.matcher(before).results().map(MatchResult::group).toList();
        for (String assignment : advice) {
            settings = settings.with(ConfigTree.assignment(assignment));
        }
        assertThat(hint(settings)).doesNotContain(HELPED);
        assertThat(advice.isEmpty()).isEqualTo(task.equals("copy") && preset.equals("default"));
    }

    @Test
    void recallIsToldWhatWasMeasured() {
        assertThat(hint(settings("task.name=associative-recall", "training.optimiser=rmsprop", "machine.read_heads=1")))
                .contains(HELPED + "training.optimiser=adam with training.learning_rate=0.001", "machine.read_heads=4")
                .doesNotContain("gate_bias", "batch");
        assertThat(hint(settings("task.name=associative-recall", "machine.read_heads=6", "machine.gate_bias=1"))).doesNotContain(HELPED);
    }

    @Test
    void aMachineWithoutAMemoryIsToldSo() {
        assertThat(hint(settings("task.name=associative-recall", "machine.type=lstm"))).contains("12.9 bits", "try --machine ntm-lstm");
        assertThat(hint(settings("task.name=copy", "machine.type=lstm"))).contains("a guess: ", "--machine ntm-lstm");
    }

    @Test
    void nothingIsMadeUpOfATaskThatWasNotMeasured() {
        assertThat(hint(settings("task.name=key-value", "task.max_pairs=20")))
                .startsWith("nothing was measured of this task and machine here; a guess: ")
                .doesNotContain(HELPED);
    }

    @Test
    void whatWasMeasuredAtTheDefaultSizeIsSaidToBe() {
        assertThat(hint(settings("task.name=associative-recall", "task.max_items=20"))).contains(" (of the default size); ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"during, after", "after, during"})
    void aPlateauOnOnesOwnDataNamesTheOtherLayout(String layout, String other) {
        for (String machine : List.of("ntm-lstm", "ntm-ff", "lstm")) {
            String hint = hint(settings(
                    "task.name=data", "task.target_form=symbols", "task.targets=symbols", "machine.type=" + machine, "task.layout=" + layout));
            assertThat(hint).contains("--set task.layout=" + other, "depends on").doesNotContain("task.layout=" + layout).hasLineCount(1);
        }
    }
}
