package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvalShowPlotTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void copyRun() {
        run = TrainedRun.copyTo(folder.resolve("run"));
    }

    @Test
    void eval_prints_one_object_with_the_promised_keys() {
        Outcome outcome = Cli.run("eval", run.toString(), "--at", "length=2", "--at", "length=5", "--sequences", "10", "--rows", "32", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).hasLineCount(1);
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.propertyNames()).containsExactly("task", "machine", "rows", "results");
        assertThat(json.get("rows").asInt()).isEqualTo(32);
        assertThat(json.get("results")).hasSize(2);
        assertThat(json.at("/results/1").propertyNames()).containsExactly(
                "at",
                "sequences",
                "bits_per_sequence",
                "bit_errors_per_sequence",
                "bit_errors_interval_95",
                "exact_sequences",
                "exact_share_interval_95",
                "optimum_bits_per_sequence",
                "excess_bits",
                "excess_bits_interval_95");
        assertThat(json.at("/results/1/at/length").asInt()).isEqualTo(5);
        assertThat(json.at("/results/1/sequences").asInt()).isEqualTo(10);
    }

    @Test
    void eval_depends_on_the_seed_and_on_nothing_else() {
        String once = Cli.run("eval", run.toString(), "--json", "--threads", "1").out();
        assertThat(Cli.run("eval", run.toString(), "--json", "--threads", "2").out()).isEqualTo(once);
        assertThat(Cli.run("eval", run.toString(), "--json", "--seed", "2").out()).isNotEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--at lenght=5 | size lenght=5: expected length=N, got lenght=5; did you mean length?",
                "--at length=0 | size length=0: expected length from 1 to ",
                "--at length=many | size length=many: expected a whole number for length, got many",
                "--at 20 | size 20: expected length=N, got 20",
                "--rows 0 | --rows: expected 1 to ",
                "--rows 2 | machine.shift_range: expected at most 0 for machine.rows 2",
                "--task repeat-copy | --task repeat-copy contradicts ",
            })
    void what_cannot_be_measured_is_named(String arguments, String message) {
        Outcome outcome = Cli.run(("eval " + run + " " + arguments).split(" "));
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).startsWith("ntm: " + message).hasLineCount(1);
    }

    @Test
    void show_draws_both_pictures_and_says_where() {
        Outcome outcome = Cli.run("show", run.toString(), "--at", "length=4");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(run.resolve("sequence-length4-seed1.svg")).content().startsWith("<").contains("copy, length 4");
        assertThat(run.resolve("sequence-length4-seed1.png")).isNotEmptyFile();
        assertThat(outcome.out()).contains("sequence-length4-seed1.svg\n", "sequence-length4-seed1.png\n", " bits, ");
    }

    @Test
    void show_writes_elsewhere_when_asked() {
        JsonNode json = JSON.readTree(Cli.run("show", run.toString(), "--out", folder.resolve("p/q").toString(), "--rows", "16", "--json").out());
        assertThat(json.get("files")).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file.asString())).exists());
        assertThat(folder.resolve("p/q/sequence-length3-rows16-seed1.svg")).exists();
    }

    @Test
    void show_says_in_words_what_the_machine_does() {
        String[] command = {"show", run.toString(), "--at", "length=4"};
        assertThat(Cli.run(command).out()).contains("confidence ", "while listening", "step by step", "health\n", "focus of ");
        JsonNode json = JSON.readTree(Cli.run("show", run.toString(), "--at", "length=4", "--json").out());
        assertThat(json.get("programme").propertyNames())
                .containsExactly("verdict", "words", "confidence", "writing", "reading", "phases", "actions");
        assertThat(json.get("assessment").propertyNames()).startsWith("words", "sound");
        assertThat(Cli.run(command).out()).contains("\n" + json.get("assessment").get("words").asString());
        assertThat(json.get("health")).isNotEmpty().allSatisfy(finding -> assertThat(finding.propertyNames())
                .containsExactly("name", "value", "text", "status", "hint"));
    }

    @Test
    void plot_draws_the_curve_of_a_run_and_those_of_several() {
        assertThat(Cli.run("plot", run.toString()).code()).isZero();
        assertThat(run.resolve("curve.png")).isNotEmptyFile();
        Path other = TrainedRun.copyTo(folder.resolve("other"));
        Outcome both = Cli.run("plot", run.toString(), other.toString(), "--out", folder.toString(), "--json");
        assertThat(both.code()).as(both.err()).isZero();
        assertThat(folder.resolve("curve.svg")).content().contains("run", "other");
        assertThat(JSON.readTree(both.out()).get("files")).isNotEmpty();
    }

    @Test
    void a_picture_that_cannot_be_written_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Outcome outcome = Cli.run("plot", run.toString(), "--out", file.resolve("p").toString());
        assertThat(outcome.code()).isEqualTo(Exit.FAILED);
        assertThat(outcome.err()).startsWith("ntm: cannot write " + file.resolve("p")).hasLineCount(1);
    }
}
