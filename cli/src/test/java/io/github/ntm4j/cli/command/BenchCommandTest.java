package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONE_CASE = "copy ntm-lstm, batch 1,";

    @TempDir
    private Path folder;

    private Outcome bench(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "bench";
        arguments[1] = "--seconds";
        arguments[2] = "0.1";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Cli.run(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds 0 | --seconds: expected 0.1 to 3600, got 0.0",
                "--tolerance 100 | --tolerance: expected 0 to 99, got 100.0",
                "--write a --case x | --case contradicts --write: it is about some of the cases",
                "--map --save x | --save contradicts --map: it is about some of the cases",
                "--write a --check x | --check contradicts --write: it is about some of the cases",
                "--check /nowhere.json | cannot read /nowhere.json: no such file or folder",
                "--write /nowhere.md | cannot read /nowhere.md: no such file or folder",
            })
    void wrong_use_is_named_in_one_line_before_anything_is_measured(String arguments, String message) {
        Outcome outcome = Cli.run(("bench " + arguments).split(" "));
        assertThat(outcome.err()).isEqualTo("ntm: " + message + "\n");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void a_map_of_a_case_is_one_of_its_machine() {
        Outcome outcome = bench("--threads", "1", "--map", "--case", "dnc 128 x 20, batch 1,");
        assertThat(outcome.out())
                .contains("\ncopy dnc 128 x 20, 1 sequence at once", "\ncopy dnc 128 x 20, 4 sequences at once", "TemporalLink")
                .doesNotContain("ntm-lstm", "dnc 256");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void a_case_that_does_not_exist_is_named_with_those_that_do() {
        Outcome outcome = bench("--threads", "1", "--case", "batch 1,", "--case", "batch 3,");
        assertThat(outcome.err())
                .startsWith("ntm: --case batch 3,: no such case; there are: copy ntm-lstm, batch 1, 1 thread; ")
                .contains("memory of 65,536 x 32, 1 thread")
                .hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void chosen_cases_are_measured_saved_and_held_against_what_was_saved() throws IOException {
        Path saved = folder.resolve("before.json");
        Outcome first = bench("--case", ONE_CASE, "--case", "session of", "--save", saved.toString(), "--json");
        assertThat(first.code()).isZero();
        JsonNode json = JSON.readTree(first.out());
        assertThat(json.at("/cases")).hasSize(1);
        JsonNode one = json.at("/cases/0");
        assertThat(one.at("/name").asString()).isEqualTo("copy ntm-lstm");
        assertThat(one.at("/share_of_peak").asDouble()).isPositive();
        assertThat(one.at("/peak_gflops").asDouble()).isPositive();
        assertThat(json.at("/fma_peak_gflops/1").asDouble()).isPositive();
        assertThat(json.at("/lanes").asInt()).isPositive();
        assertThat(json.at("/inference/0/bytes_per_step").isNumber()).isTrue();
        assertThat(JSON.readTree(Files.readString(saved))).isEqualTo(json);

        Outcome second = bench("--case", ONE_CASE, "--check", saved.toString(), "--tolerance", "99");
        assertThat(second.out()).contains("copy ntm-lstm, batch 1, 1 thread: ").contains("multiply-add peak");
        assertThat(second.err()).isEmpty();
        assertThat(second.code()).isZero();
    }

    @Test
    void a_case_that_reaches_less_than_before_fails_in_one_line() throws IOException {
        Path before = baseline(JSON.readTree(bench("--case", ONE_CASE, "--json").out()).at("/lanes").asInt(), 1, 1e6);
        Outcome outcome = bench("--case", ONE_CASE, "--check", before.toString());
        assertThat(outcome.code()).isEqualTo(Exit.FAILED);
        assertThat(outcome.err())
                .startsWith("ntm: copy ntm-lstm, batch 1, 1 thread: ")
                .contains(" % of the peak, ", " % less than in " + before + "; ", " % would pass")
                .hasLineCount(1);
    }

    @Test
    void a_baseline_of_other_vectors_or_other_cases_is_refused() throws IOException {
        Outcome lanes = bench("--check", baseline(3, 1, 0.5).toString());
        assertThat(lanes.err()).contains("before.json: expected a run with vectors of ", " floats as this one, got 3").hasLineCount(1);
        assertThat(lanes.code()).isEqualTo(Exit.WRONG_USE);
        int own = JSON.readTree(bench("--case", "session of", "--json").out()).at("/lanes").asInt();
        Outcome cases = bench("--check", baseline(own, 77, 0.5).toString());
        assertThat(cases.err())
                .contains("before.json: expected a case that is to be measured, got only: copy ntm-lstm, batch 77, 1 thread")
                .hasLineCount(1);
        assertThat(cases.code()).isEqualTo(Exit.WRONG_USE);
    }

    private Path baseline(int lanes, int batch, double share) throws IOException {
        return Files.writeString(
                folder.resolve("before.json"),
                "{\"lanes\":" + lanes + ",\"cases\":[{\"name\":\"copy ntm-lstm\",\"batch\":" + batch
                        + ",\"threads\":1,\"share_of_peak\":" + share + "}]}");
    }
}
