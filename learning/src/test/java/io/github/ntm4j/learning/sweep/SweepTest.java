package io.github.ntm4j.learning.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweep gives each run the bits it has alone, however many there are side by side and however often it is stopped. */
final class SweepTest {
    private static final ConfigTree SETTINGS = Yaml.parse(
            """
            task: {name: copy, max_length: 4, width: 3}
            machine: {controller_size: 12, rows: 16, width: 6}
            training:
              batch: 6
              sequences: 120
              report_interval: 12
              evaluation_interval: 18
              evaluation_sequences: 9
              solved_bits: 0
            """,
            "test");
    private static final SweepPlan PLAN = SweepPlan.grid(
            SETTINGS, List.of(Choice.parse("training.learning_rate=1e-3,3e-3")), List.of(1L, 2L, 5L));

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path unbroken;

    @BeforeAll
    static void sweepUnbroken() {
        unbroken = shared.resolve("unbroken");
        assertThat(Sweep.start(unbroken, PLAN).run(1, KernelProvider.SIMD)).isTrue();
    }

    /** What came of each run, without the time that it took. */
    private static List<String> results(Path path) {
        return Sweep.resume(path).results().stream()
                .map(r -> r.run().name() + " " + r.outcome() + " " + r.solvedAfter() + " " + r.sequences() + " " + r.bitsPerSequence() + " "
                        + r.excessBits() + " " + r.bitErrorsPerSequence() + " " + r.plateau() + " " + r.relapses() + " " + r.weightsSha256())
                .sorted()
                .toList();
    }

    private Path copyOfUnbroken() {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(unbroken)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(unbroken.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    @Test
    void a_run_of_a_sweep_is_the_run_alone() {
        Sweep sweep = Sweep.resume(unbroken);
        assertThat(sweep.results()).hasSize(6);
        RunResult result = sweep.results().get(3);
        try (Run alone = Run.start(folder.resolve("alone"), result.run().config(), 2, KernelProvider.PORTABLE)) {
            assertThat(alone.train()).isEqualTo(result.outcome());
            assertThat(result.weightsSha256()).isEqualTo(Checkpoints.weightsSha256(alone.machine()));
            assertThat(result.sequences()).isEqualTo(120);
            assertThat(result.bitsPerSequence()).isEqualTo(alone.measure(1, KernelProvider.PORTABLE, () -> true).orElseThrow().bitsPerSequence());
        }
    }

    @Test
    void the_number_of_runs_side_by_side_changes_nothing() {
        Path path = folder.resolve("sweep");
        assertThat(Sweep.start(path, PLAN).run(4, KernelProvider.SIMD)).isTrue();
        assertThat(results(path)).isEqualTo(results(unbroken));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_sweep_that_is_stopped_again_and_again_ends_like_an_unbroken_one(int jobs) {
        Path path = folder.resolve("sweep");
        Sweep.start(path, PLAN);
        boolean complete = false;
        int stops = 0;
        while (!complete) {
            Sweep sweep = Sweep.resume(path);
            sweep.listen(event -> {
                if (event instanceof SweepEvent.Finished) {
                    sweep.stop();
                }
            });
            complete = sweep.run(jobs, KernelProvider.SIMD);
            assertThat(++stops).isLessThan(10);
        }
        assertThat(stops).isGreaterThan(1);
        assertThat(results(path)).isEqualTo(results(unbroken));
    }

    @Test
    void a_sweep_that_was_killed_ends_like_an_unbroken_one() throws IOException {
        Path path = copyOfUnbroken();
        SweepFolder places = new SweepFolder(path);
        List<PlannedRun> runs = PLAN.runs();
        // The first run had ended and its line was being written; the second had no checkpoint yet; the third stood at an earlier one.
        String first = Files.readAllLines(places.results()).getFirst();
        Files.writeString(places.results(), Files.readString(places.results()).replace(first + "\n", ""));
        String text = Files.readString(places.results());
        List<String> kept = text.lines().filter(line -> !line.contains(runs.get(1).name()) && !line.contains(runs.get(2).name())).toList();
        Files.writeString(places.results(), String.join("\n", kept) + "\n" + first.substring(0, 40));
        RunFolder second = places.run(runs.get(1));
        Files.delete(second.last());
        RunFolder third = places.run(runs.get(2));
        deleteAll(third.path());
        try (Run run = Run.start(third.path(), runs.get(2).config(), 1, KernelProvider.SIMD)) {
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Evaluated) {
                    run.trainer().stop();
                }
            });
            assertThat(run.train()).isEqualTo(Outcome.STOPPED);
        }
        List<String> started = new ArrayList<>();
        Sweep sweep = Sweep.resume(path);
        sweep.listen(event -> {
            if (event instanceof SweepEvent.Started begun) {
                started.add(begun.run().name());
            }
        });
        assertThat(sweep.run(1, KernelProvider.SIMD)).isTrue();
        assertThat(started).containsExactly(runs.get(0).name(), runs.get(1).name(), runs.get(2).name());
        assertThat(results(path)).isEqualTo(results(unbroken));
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_run_that_diverges_is_listed_and_the_others_go_on() {
        // Without a bounded function anywhere a step multiplies what the one before left.
        ConfigTree wild = SETTINGS.with(Yaml.parse(
                """
                machine:
                  type: ntm-ff
                  controller_activation: none
                  add_activation: none
                  key_activation: none
                  parameter_clip: 0
                  output_clip: 0
                  controller_layers: 16
                training: {clip: none, sequences: 3000}
                """,
                "wild"));
        SweepPlan plan = SweepPlan.grid(wild, List.of(Choice.parse("training.learning_rate=10,1e-6")), List.of(1L));
        Sweep sweep = Sweep.start(folder.resolve("sweep"), plan);
        assertThat(sweep.run(1, KernelProvider.SIMD)).isTrue();
        assertThat(sweep.summaries()).extracting(CombinationSummary::diverged).containsExactly(1, 0);
        assertThat(sweep.summaries()).extracting(CombinationSummary::solved).containsExactly(0, 0);
        assertThat(results(folder.resolve("sweep"))).hasSize(2).anyMatch(line -> line.contains("DIVERGED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"run\"' | '[1]' | expected the result of a run in JSON, found '[1]'",
                "'{\"run\"' | 'null' | expected the result of a run in JSON, found 'null'",
                "'{\"run\"' | '{]' | expected the result of a run in JSON: column",
                "'\"seed\":1' | '\"seed\":7' | expected the combination and the seed of 1-learning_rate=0.001-seed1, found 1 and 7",
                "'\"sequences\":120' | '\"sequences\":\"all\"' | sequences: expected a whole number, found 'all'",
                "'\"outcome\":\"budget\"' | '\"outcome\":\"lost\"' | outcome: expected one of solved, budget, patience, stopped, diverged, found 'lost'",
                "'\"solved\":false' | '\"solved\":true' | solved: expected false, as solved_after has no number, found 'true'",
                "'\"run\":\"1-' | '\"run\":\"9-' | expected another run of the sweep, found '9-learning_rate=0.001-seed1'",
                "'\"seconds\"' | '\"minutes\"' | seconds: expected a number, found nothing",
                "'\"relapsed\":0' | '\"relapsed\":-' | expected the result of a run in JSON: column",
                "'\"relapsed\":0' | '\"relapsed\":true' | relapses.relapsed: expected a whole number",
                "'\"relapses\":{' | '\"relapses\":1,\"x\":{' | relapses: expected an object, found '1'",
            })
    void a_damaged_result_is_refused_with_its_line(String from, String to, String message) throws IOException {
        Path path = copyOfUnbroken();
        Path file = new SweepFolder(path).results();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        assertThat(lines.getFirst()).contains(from);
        // A line that is no object any more ends there.
        lines.set(0, from.startsWith("{") ? to : lines.getFirst().replace(from, to));
        Files.write(file, lines);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Sweep.resume(path))
                .withMessageStartingWith(file + ", line 1: " + message);
    }

    @Test
    void results_of_an_older_version_are_read() throws IOException {
        Path path = copyOfUnbroken();
        Path file = new SweepFolder(path).results();
        String text = Files.readString(file);
        String older = text.replaceAll("\"excess_bits\":[^,]*,", "").replaceAll("\"plateau\":[^,]*,\"relapses\":\\{[^}]*},", "");
        assertThat(older).doesNotContain("excess", "relapse").hasLineCount(6);
        Files.writeString(file, older);
        assertThat(Sweep.resume(path).results()).allSatisfy(result -> {
            assertThat(result.excessBits()).isEqualTo(result.bitsPerSequence());
            assertThat(result.relapses()).isEmpty();
            assertThat(result.plateau()).isFalse();
        });
        assertThat(Sweep.resume(path).summaries()).allSatisfy(summary -> assertThat(summary.relapsed()).isEmpty());
    }

    @Test
    void what_is_above_the_optimum_is_not_made_up_where_it_was_not_recorded() throws IOException {
        SweepPlan plan = SweepPlan.grid(
                Yaml.parse(
                        """
                        task: {name: dynamic-ngrams, min_length: 5, max_length: 9, context: 2}
                        machine: {controller_size: 6, rows: 8, width: 4}
                        training: {batch: 4, sequences: 8, evaluation_sequences: 5}
                        """,
                        "test"),
                List.of(),
                List.of(1L));
        Path path = folder.resolve("ngrams");
        assertThat(Sweep.start(path, plan).run(1, KernelProvider.SIMD)).isTrue();
        RunResult result = Sweep.resume(path).results().getFirst();
        assertThat(result.excessBits()).isPositive().isLessThan(result.bitsPerSequence() - 1);
        Path file = new SweepFolder(path).results();
        Files.writeString(file, Files.readString(file).replaceFirst("\"excess_bits\":[^,]*,", ""));
        assertThat(Sweep.resume(path).results().getFirst().excessBits()).isNaN();
    }

    @Test
    void reading_a_sweep_names_every_line_that_is_wrong_and_changes_nothing() throws IOException {
        Path path = copyOfUnbroken();
        Path file = new SweepFolder(path).results();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, "nonsense");
        lines.set(3, lines.get(2));
        String text = String.join("\n", lines) + "\n{\"run\"";
        Files.writeString(file, text);
        StoredSweep stored = StoredSweep.read(path);
        assertThat(stored.results()).hasSize(4);
        assertThat(stored.refused()).extracting(Throwable::getMessage).satisfiesExactly(
                second -> assertThat(second).startsWith(file + ", line 2: expected the result of a run in JSON"),
                fourth -> assertThat(fourth).startsWith(file + ", line 4: expected another run of the sweep"));
        assertThat(file).hasContent(text);
    }

    @Test
    void a_folder_with_files_and_one_without_a_sweep_are_refused() throws IOException {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Sweep.start(unbroken, PLAN))
                .withMessage(unbroken + ": expected a new or empty directory, found files; go on with a sweep by --resume " + unbroken);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Sweep.resume(folder))
                .withMessage("--resume " + folder + ": expected the folder of a sweep with sweep.yaml, found none");
    }

    @Test
    void a_run_with_other_settings_than_the_plan_is_refused() throws IOException {
        Path path = copyOfUnbroken();
        SweepFolder places = new SweepFolder(path);
        Files.delete(places.results());
        Files.writeString(places.plan(), Files.readString(places.plan()).replace("batch: 6", "batch: 3"));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Sweep.resume(path).run(2, KernelProvider.SIMD))
                .withMessageContaining("expected the settings that " + places.plan() + " gives it, found others");
    }
}
