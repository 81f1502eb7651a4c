package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.report.MachineAtWork;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.explanation.Programme.Action;
import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import io.github.ntm4j.lab.explanation.Programme.Verdict;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machines in {@code models/} do, in words. */
class ExplainedModelsTest {
    private static final Path FOLDER = ProjectFiles.find("models");

    @TempDir
    private Path folder;

    private static Model model(String name) {
        return Model.load(FOLDER.resolve(name + ".safetensors"), OptionalInt.empty());
    }

    private static Explanation explain(Model model, String at) {
        RunConfig run = Objects.requireNonNull(RunConfig.of(model));
        Task task = run.task().create();
        return Explanation.of(
                MachineAtWork.on(model, task, run.task().taskName(), task.parse(at), 1, KernelProvider.best()).trace());
    }

    private static List<Action> that(Explanation explanation, Effect effect) {
        return explanation.programme().actions().stream().filter(action -> action.effect() == effect).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-ntm-lstm", "copy-ntm-ff"})
    void the_copiers_write_row_by_row_and_read_the_rows_back_in_order(String name) {
        Explanation copy = explain(model(name), "length=20");
        assertThat(copy.programme().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(copy.programme().confidence()).isGreaterThan(0.95);
        assertThat(that(copy, Effect.WRITES)).singleElement().satisfies(action -> {
            assertThat(action.movement()).isEqualTo(Movement.MOVE);
            assertThat(action.stride()).isEqualTo(1);
            assertThat(action.from()).isZero();
        });
        assertThat(that(copy, Effect.READS)).singleElement().satisfies(action -> {
            assertThat(action.stride()).isEqualTo(1);
            assertThat(action.words()).endsWith("beginning with the first row written, in the order of writing");
        });
    }

    @ParameterizedTest
    @CsvSource({"copy-dnc, length=20", "associative-recall-dnc, items=6"})
    void those_with_links_write_to_free_rows_and_read_on_along_the_links(String name, String at) {
        Explanation explanation = explain(model(name), at);
        assertThat(explanation.programme().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(explanation.programme().confidence()).isGreaterThan(0.9);
        assertThat(that(explanation, Effect.WRITES)).isNotEmpty().allSatisfy(action -> assertThat(action.movement()).isEqualTo(Movement.ALLOCATE));
        assertThat(that(explanation, Effect.READS)).singleElement().satisfies(action -> {
            assertThat(action.movement()).isEqualTo(Movement.FOLLOW);
            assertThat(action.words()).contains("following the links onwards").endsWith("in the order of writing");
        });
    }

    @Test
    void the_repeater_reads_in_a_loop() {
        Explanation repeat = explain(model("repeat-copy-ntm-lstm"), "length=6,repeats=5");
        assertThat(that(repeat, Effect.READS)).anySatisfy(action -> {
            assertThat(action.times()).isEqualTo(4);
            assertThat(action.words()).contains("jumps by content", "in the order of writing");
        });
    }

    @Test
    void the_sorter_finds_what_it_reads_by_content() {
        Explanation sort = explain(model("priority-sort-ntm-lstm"), "items=20");
        assertThat(that(sort, Effect.READS)).isNotEmpty().allSatisfy(action -> assertThat(action.movement()).isEqualTo(Movement.LOOK_UP));
    }

    @Test
    void a_clear_programme_that_runs_out_of_rows_is_said_to_be_wrong_with_the_rows_that_it_lacks() {
        String out = Cli.run("show", FOLDER.resolve("copy-ntm-lstm.safetensors").toString(), "--at", "length=300", "--out", folder.toString()).out();
        assertThat(out).containsPattern("\na clear programme, but it overwrites 172 of 300 rows: \\d+ % wrong\\. Give it 512 rows \\(--rows 512\\)\n");
        String more = Cli.run("show", FOLDER.resolve("copy-ntm-lstm.safetensors").toString(), "--at", "length=300", "--rows", "512", "--out", folder.toString()).out();
        assertThat(more).contains("\na clear programme, and none of 2400 bits is wrong\n");
        String ngrams = Cli.run("show", FOLDER.resolve("dynamic-ngrams-ntm-lstm.safetensors").toString(), "--at", "length=50", "--out", folder.toString()).out();
        assertThat(ngrams).containsPattern("\na clear programme; its answer costs [0-9.]+ bits, the best that can be expected is [0-9.]+\n");
        String baseline = Cli.run("show", FOLDER.resolve("copy-lstm.safetensors").toString(), "--at", "length=20", "--out", folder.toString()).out();
        assertThat(baseline).containsPattern("\nno memory, so no programme, and .*\\d+ % wrong.*\n");
    }

    @Test
    void the_baseline_has_no_programme() {
        assertThat(explain(model("priority-sort-lstm"), "items=4").programme().verdict()).isEqualTo(Verdict.NO_MEMORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-ntm-lstm", "repeat-copy-ntm-lstm", "associative-recall-ntm-ff", "priority-sort-ntm-lstm"})
    void an_untrained_machine_has_no_clear_programme(String name) {
        Model model = model(name);
        for (long seed = 1; seed <= 5; seed++) {
            model.machine().initialise(seed);
            Task task = Objects.requireNonNull(RunConfig.of(model)).task().create();
            Explanation untrained = explain(model, task.largest().toString());
            assertThat(untrained.programme().verdict()).as("seed %d: %s", seed, untrained.programme()).isEqualTo(Verdict.UNCLEAR);
        }
    }
}
