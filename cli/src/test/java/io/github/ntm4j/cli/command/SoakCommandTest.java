package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SoakCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void for_a_moment_all_goes_well_together() throws IOException {
        Cli.Outcome outcome = Cli.run("soak", "--minutes", "0.02", "--out", folder.toString(), "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode report = JSON.readTree(outcome.out());
        assertThat(report.get("problem").isNull()).isTrue();
        for (String operation : List.of("trainings", "checkpoints_on_demand", "sessions", "studio_trainings", "requests", "event_streams")) {
            assertThat(report.at("/done/" + operation).asLong()).as(operation).isPositive();
        }
        List<String> lines = Files.readAllLines(folder.resolve("soak.jsonl"));
        assertThat(lines).hasSize(report.get("samples").asInt());
        assertThat(JSON.readTree(lines.getLast()).get("heap_bytes").asLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "1e9"})
    void a_time_that_is_none_is_refused(String minutes) {
        Cli.Outcome outcome = Cli.run("soak", "--minutes=" + minutes, "--out", folder.resolve("out").toString());
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).startsWith("ntm: --minutes: expected more than 0 and at most 10,080, got ").hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_with_files_of_others_is_left_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        for (Path out : List.of(folder, file)) {
            Cli.Outcome outcome = Cli.run("soak", "--out", out.toString());
            assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
            assertThat(outcome.err()).startsWith("ntm: --out " + out + ": ").contains("expected a new or empty directory").hasLineCount(1);
        }
        assertThat(file).hasContent("mine");
    }
}
