package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.TrainedRun;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void copyRun() {
        run = TrainedRun.copyTo(folder.resolve("run"));
    }

    @Test
    void every_input_line_gets_a_line_of_probabilities() {
        Outcome outcome = Cli.runWithInput(TrainedRun.GOOD_LINE.repeat(3), "run", run.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(3);
        outcome.out().lines().forEach(line -> {
            JsonNode output = JSON.readTree(line).get("output");
            assertThat(output).hasSize(3);
            output.forEach(step -> {
                assertThat(step).hasSize(2);
                step.forEach(value -> assertThat(value.asDouble()).isBetween(0.0, 1.0));
            });
        });
    }

    @Test
    void files_and_streams_say_the_same() throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), TrainedRun.GOOD_LINE);
        Path output = folder.resolve("out.jsonl");
        Path checkpoint = run.resolve("checkpoints/best.safetensors");
        assertThat(Cli.run("run", checkpoint.toString(), "--input", input.toString(), "--output", output.toString()).code()).isZero();
        assertThat(output).hasContent(Cli.runWithInput(TrainedRun.GOOD_LINE, "run", run.toString()).out());
    }

    @Test
    void a_trace_has_what_every_head_did_at_every_step_and_does_not_change_the_output() throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        Outcome outcome = Cli.runWithInput(TrainedRun.GOOD_LINE.repeat(2), "run", run.toString(), "--trace", trace.toString(), "--rows", "16");
        assertThat(outcome.out()).isEqualTo(Cli.runWithInput(TrainedRun.GOOD_LINE.repeat(2), "run", run.toString(), "--rows", "16").out());

        assertThat(Files.readAllLines(trace)).hasSize(2);
        JsonNode first = JSON.readTree(Files.readAllLines(trace).getFirst());
        assertThat(first.get("steps").asInt()).isEqualTo(3);
        assertThat(first.at("/memory")).hasSize(3);
        assertThat(first.at("/memory/0")).hasSize(16);
        assertThat(first.at("/memory/0/0")).hasSize(4);
        assertThat(first.at("/heads")).hasSize(2);
        first.at("/heads").forEach(head -> {
            for (String name : new String[] {"weighting", "content", "interpolated", "shifted"}) {
                assertThat(head.at("/" + name + "/2")).as(name).hasSize(16);
            }
            for (String name : new String[] {"key", "strength", "gate", "shift", "sharpening"}) {
                assertThat(head.get(name)).as(name).hasSize(3);
            }
            boolean reads = head.get("kind").asString().equals("read");
            assertThat(head.has("read")).isEqualTo(reads);
            assertThat(head.has("add")).isEqualTo(!reads);
            assertThat(head.has("erase")).isEqualTo(!reads);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'input': [[0, 1, 0], [0, 1]]} | line 2: input step 2 has 2 numbers, but step 1 has 3",
                "{'input': [[0, 1]]} | line 2: input step 1 has 2 numbers",
                "{'input': [[0, 1, NaN]]} | line 2: input step 1: 'NaN' is not a finite number",
                "{'input': [[0, 1, 1e99]]} | line 2: input step 1: '1e99' is too large for a 32-bit float",
                "{'input': [[0, 1, 'a']]} | line 2: input step 1: the text 'a' is not a number",
                "{'input': []} | line 2: input is empty",
                "{'inptu': [[0, 1, 0]]} | line 2: ",
                "{'input': [[0, 1, 0]]  | line 2: not valid JSON",
                "nonsense | line 2: not valid JSON",
            })
    void what_is_wrong_with_a_line_is_named_with_file_line_and_step_and_no_file_is_left(String line, String message) throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), TrainedRun.GOOD_LINE + line.replace('\'', '"') + "\n");
        Path output = folder.resolve("out.jsonl");
        Path trace = folder.resolve("trace.jsonl");
        Outcome outcome = Cli.run(
                "run", run.toString(), "--input", input.toString(), "--output", output.toString(), "--trace", trace.toString());
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).startsWith("ntm: " + input + ", " + message).hasLineCount(1);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(run, input);
        }
    }

    @Test
    void a_full_disk_is_named() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full) && !Files.isRegularFile(full), "this system has no /dev/full");
        Outcome output = Cli.runWithInput(TrainedRun.GOOD_LINE, "run", run.toString(), "--output", full.toString());
        assertThat(output.err()).startsWith("ntm: cannot write /dev/full: ").hasLineCount(1);
        assertThat(output.code()).isEqualTo(Exit.FAILED);
        Outcome trace = Cli.runWithInput(TrainedRun.GOOD_LINE, "run", run.toString(), "--trace", full.toString());
        assertThat(trace.err()).startsWith("ntm: cannot write /dev/full: ").hasLineCount(1);
        assertThat(trace.code()).isEqualTo(Exit.FAILED);
        assertThat(full).satisfies(device -> assertThat(Files.isRegularFile(device)).isFalse());
    }

    @Test
    void an_output_that_was_there_stays_when_the_input_is_wrong() throws IOException {
        Path output = Files.writeString(folder.resolve("out.jsonl"), "precious");
        assertThat(Cli.runWithInput("nonsense", "run", run.toString(), "--output", output.toString()).code()).isEqualTo(Exit.WRONG_USE);
        assertThat(output).hasContent("precious");
    }
}
