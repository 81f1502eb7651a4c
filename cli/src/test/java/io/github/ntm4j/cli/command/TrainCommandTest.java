package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.run.RunDirectory;
import io.github.ntm4j.machines.config.ConfigTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void json_is_one_object_with_the_promised_keys_and_progress_goes_to_the_error_stream() {
        Outcome outcome = Cli.trainSmall(folder.resolve("a"), "--sequences", "64", "--seed", "5", "--json");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).hasLineCount(1);
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.propertyNames()).containsExactly(
                "run", "task", "machine", "seed", "solved", "plateau", "relapses", "sequences", "seconds", "sequences_per_second",
                "bits_per_sequence", "bit_errors_per_sequence", "weights_sha256");
        assertThat(json.get("run").asString()).isEqualTo(folder.resolve("a").toString());
        assertThat(json.get("seed").asInt()).isEqualTo(5);
        assertThat(json.get("sequences").asInt()).isEqualTo(64);
        assertThat(json.get("plateau").isNull()).isTrue();
        assertThat(json.get("relapses").isNull()).isTrue();
        assertThat(json.get("weights_sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(outcome.err()).contains("64 sequences, ");
        assertThat(outcome.out() + outcome.err()).doesNotContain("\u001b", "\r");
    }

    @Test
    void the_run_directory_holds_what_the_contract_says() {
        assertThat(Cli.trainSmall(folder.resolve("a"), "--sequences", "64").code()).isZero();
        for (String file : new String[] {
            "config.yaml", "environment.json", "metrics.jsonl", "checkpoints/last.safetensors", "checkpoints/best.safetensors", "curve.svg"
        }) {
            assertThat(folder.resolve("a").resolve(file)).isNotEmptyFile();
        }
        assertThat(folder.resolve("a")).isDirectoryContaining("glob:**/events.out.tfevents.*");
    }

    @Test
    void a_person_is_told_where_the_run_is_how_it_does_and_what_to_try_next() {
        Outcome outcome = Cli.trainSmall(folder.resolve("a"), "--sequences", "64");
        String run = folder.resolve("a").toString();
        assertThat(outcome.out())
                .containsPattern("training ntm-lstm on copy, seed 1, preset default, [0-9]+ threads?, [0-9]+ MiB of memory at most, in .*")
                .contains("not solved within the budget of 64 sequences")
                .contains("run directory: " + run)
                .contains("length=3 ", "length=18 ")
                .contains("ntm show " + run + " --at length=3", "ntm eval " + run + " --at length=18");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void the_table_at_the_end_is_what_eval_says() {
        String trained = Cli.trainSmall(folder.resolve("a"), "--sequences", "64").out();
        String line = trained.lines().filter(l -> l.startsWith("length=18 ")).findFirst().orElseThrow();
        assertThat(Cli.run("eval", folder.resolve("a").toString(), "--at", "length=18").out().replaceAll(" +", " "))
                .contains(line.replaceAll(" +", " "));
    }

    @Test
    void a_resumed_run_ends_with_the_same_weights_as_an_unbroken_one() {
        String whole = hash(Cli.trainSmall(folder.resolve("whole"), "--sequences", "128", "--json"));
        Cli.trainSmall(folder.resolve("parts"), "--sequences", "40", "--json");
        Outcome resumed = Cli.run("train", "--resume", folder.resolve("parts").toString(), "--sequences", "128", "--json", "--threads", "1");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(hash(resumed)).isEqualTo(whole);
    }

    @Test
    void a_training_that_diverges_ends_with_exit_code_3_and_says_what_to_try() {
        Outcome outcome = Cli.trainSmall(
                folder.resolve("a"), "--json", "--sequences", "4000", "--machine", "ntm-ff",
                // Without a bounded function anywhere a step multiplies what the one before left.
                "--set", "machine.controller_activation=none", "--set", "machine.add_activation=none",
                "--set", "machine.key_activation=none", "--set", "machine.parameter_clip=0", "--set", "machine.output_clip=0",
                "--set", "machine.controller_layers=16", "--set", "training.learning_rate=10", "--set", "training.clip=none");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(Exit.DIVERGED);
        assertThat(outcome.err())
                .contains("(5 in a row)")
                .contains("ntm: the training diverged: ", "training.learning_rate (now 10)", "training.clip=norm (now none)");
        assertThat(JSON.readTree(outcome.out()).get("solved").asBoolean()).isFalse();
        assertThat(outcome.err()).contains("went back to the weights of ", "; the learning rate is 0.125 of what it was set to\n");
        assertThat(outcome.err().lines().filter(line -> line.startsWith("ntm:"))).singleElement().asString()
                .contains(" and 3 returns to good weights; try ", "ntm replay " + folder.resolve("a") + " shows where it happened");
        assertThat(Cli.run("verify", folder.resolve("a").toString()).out()).contains(folder.resolve("a/diverged") + ": the ");

        Outcome replay = Cli.run("replay", folder.resolve("a").toString());
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out()).matches("update [0-9,]+, after [0-9,]+ sequences: the (loss|gradient) is not finite\nfirst: .+\n");
        JsonNode json = JSON.readTree(Cli.run("replay", folder.resolve("a/diverged").toString(), "--json").out());
        assertThat(json.propertyNames())
                .containsExactly("not_finite", "update", "sequences", "seed", "bundle", "reproduced", "found", "first");
        assertThat(json.get("reproduced").asBoolean()).isTrue();
        assertThat(json.get("first").asString()).isEqualTo(replay.out().lines().toList().getLast().substring("first: ".length()));
    }

    @Test
    void a_replay_that_finds_another_fault_than_the_training_ends_with_exit_code_1() throws IOException {
        Path run = folder.resolve("a");
        Cli.trainSmall(run, "--sequences", "32", "--json");
        Path bundle = Files.createDirectory(run.resolve("diverged"));
        Files.copy(run.resolve("checkpoints/last.safetensors"), bundle.resolve("checkpoint.safetensors"));
        Files.writeString(bundle.resolve("divergence.json"), "{\"not_finite\": \"loss\", \"update\": 9, \"sequences\": 28, \"seed\": 1}");
        Files.writeString(bundle.resolve("batch.jsonl"), "{\"input\": [[0, 1, 0]], \"target\": [[1, 0]], \"mask\": [1]}\n");
        Outcome replay = Cli.run("replay", run.toString());
        assertThat(replay.code()).as(replay.err()).isEqualTo(Exit.FAILED);
        assertThat(replay.out()).isEqualTo("update 9, after 28 sequences: everything is finite\n");
        assertThat(replay.err()).isEqualTo("ntm: " + bundle + ": in the training the loss is not finite, in this replay everything is finite\n");
        assertThat(Cli.run("replay", folder.resolve("none").toString()).code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void a_training_that_stands_still_is_told_so_while_it_lasts_and_at_the_end() {
        Outcome outcome = Cli.trainSmall(folder.resolve("a"), Cli.still());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).filteredOn(line -> line.startsWith("plateau: over 320 sequences the evaluations have not come a twentieth below ")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("ended on a plateau: over 1,248 sequences ")).singleElement().asString()
                .endsWith("; unusual for copy: 10 of 10 runs with the default settings solved it within 15,000 sequences (of the default size); "
                        + "a guess: try another --seed");
        assertThat(folder.resolve("a/metrics.jsonl")).content().containsOnlyOnce("\"kind\":\"plateau\"");
        assertThat(folder.resolve("a/curve.svg")).content().contains(">plateau<");
        JsonNode json = JSON.readTree(Cli.trainSmall(folder.resolve("b"), Cli.still("--json")).out());
        assertThat(json.get("plateau").propertyNames()).containsExactly("since", "evaluations", "lowest_mean", "mean", "hint");
        assertThat(json.at("/plateau/since").asInt()).isEqualTo(32);
        assertThat(json.at("/plateau/evaluations").asInt()).isEqualTo(39);
    }

    @Test
    void a_relapse_after_the_task_was_solved_is_told_and_shown() {
        Outcome outcome = Cli.trainSmall(folder.resolve("a"), Cli.still("--seed", "2", "--set", "training.solved_bits=1e9"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("(?m)^relapsed: 3[.0-9]+ bit errors and [56][.0-9]+ bits after [0-9,]+ sequences$")
                .containsPattern("(?m)^relapsed in [0-9]+ of [0-9]+ evaluations after it was solved, the worst [0-9.]+ bit errors; "
                        + "the best checkpoint is kept in .*/best.safetensors$")
                .doesNotContain("plateau");
        assertThat(folder.resolve("a/curve.svg")).content().containsPattern("; relapsed in [0-9]+ evaluations? \\(rings\\)");
        JsonNode json = JSON.readTree(Cli.trainSmall(folder.resolve("b"), Cli.still("--json", "--seed", "2", "--set", "training.solved_bits=1e9")).out());
        assertThat(json.get("solved").asBoolean()).isTrue();
        JsonNode relapses = json.get("relapses");
        assertThat(relapses.propertyNames()).containsExactly("since", "evaluations", "relapsed", "in_a_row", "most_bits", "most_errors");
        assertThat(relapses.get("relapsed").asInt()).isPositive().isLessThan(relapses.get("evaluations").asInt());
        assertThat(relapses.get("most_errors").asDouble()).isGreaterThan(3);
    }

    @Test
    void the_number_of_threads_does_not_change_the_weights() {
        String one = hash(Cli.trainSmall(folder.resolve("one"), "--sequences", "64", "--json", "--threads", "1"));
        String three = hash(Cli.trainSmall(folder.resolve("three"), "--sequences", "64", "--json", "--threads", "3"));
        assertThat(one).isEqualTo(three);
    }

    @Test
    void a_run_is_never_written_over_another() {
        Cli.trainSmall(folder.resolve("a"), "--sequences", "16", "--json");
        Outcome again = Cli.trainSmall(folder.resolve("a"), "--sequences", "16", "--json");
        assertThat(again.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(again.err()).contains("found a run; go on with it by --resume").hasLineCount(1);
    }

    @Test
    void runs_get_the_next_free_directory_which_goes_when_nothing_comes_of_it() throws IOException {
        RunConfig config = RunConfig.resolve(ConfigTree.EMPTY);
        Path kept;
        try (RunDirectory first = RunDirectory.next(folder, config)) {
            kept = first.path();
            Files.writeString(kept.resolve("config.yaml"), "");
        }
        assertThat(kept).isEqualTo(folder.resolve("copy-ntm-lstm-seed1")).exists();
        Path empty;
        try (RunDirectory second = RunDirectory.next(folder, config)) {
            empty = second.path();
            assertThat(empty).isEqualTo(folder.resolve("copy-ntm-lstm-seed1-2")).exists();
        }
        assertThat(empty).doesNotExist();
    }

    @Test
    void the_printed_settings_are_all_settings_and_read_back_the_same() throws IOException {
        Outcome printed = Cli.run("train", "copy", "--print-config", "--set", "machine.rows=64", "--seed", "3");
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).contains("seed: 3\n", "  name: copy\n", "  rows: 64\n", "  learning_rate: ");
        Path file = Files.writeString(folder.resolve("c.yaml"), printed.out());
        assertThat(Cli.run("train", "--config", file.toString(), "--print-config").out()).isEqualTo(printed.out());
        assertThat(Cli.run("train", "--config", file.toString(), "--print-config", "--set", "machine.rows=32").out())
                .isEqualTo(printed.out().replace("rows: 64", "rows: 32"));
    }

    private static String hash(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JSON.readTree(outcome.out()).get("weights_sha256").asString();
    }
}
