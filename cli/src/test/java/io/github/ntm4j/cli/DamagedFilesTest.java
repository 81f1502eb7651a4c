package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamagedFilesTest {
    private enum Damage {
        EMPTY(bytes -> new byte[0]),
        CUT_IN_THE_HEADER(bytes -> Arrays.copyOf(bytes, 100)),
        CUT_IN_THE_VALUES(bytes -> Arrays.copyOf(bytes, bytes.length - 5)),
        TOO_LONG(bytes -> Arrays.copyOf(bytes, bytes.length + 8)),
        A_BIT_FLIPPED(bytes -> {
            bytes[bytes.length / 2] ^= 4;
            return bytes;
        }),
        HUGE_HEADER(bytes -> {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 60);
            return bytes;
        }),
        NEGATIVE_HEADER(bytes -> {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -1);
            return bytes;
        }),
        A_ZIP(bytes -> "PK\3\4 and so on".getBytes(StandardCharsets.ISO_8859_1)),
        A_JSON(bytes -> "{\"weights\": []}".getBytes(StandardCharsets.UTF_8)),
        OTHER_TENSORS(bytes -> safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
        NO_TENSORS(bytes -> safetensors("{}", 0));

        private final UnaryOperator<byte[]> done;

        Damage(UnaryOperator<byte[]> done) {
            this.done = done;
        }

        private static byte[] safetensors(String header, int values) {
            byte[] text = header.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(8 + text.length + values).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
        }
    }

    @TempDir
    private Path folder;

    private Path run;
    private Path checkpoint;

    @BeforeEach
    void copyRun() {
        run = TrainedRun.copyTo(folder.resolve("run"));
        checkpoint = run.resolve("checkpoints/best.safetensors");
    }

    @ParameterizedTest
    @EnumSource
    void a_damaged_checkpoint_is_named_in_one_line_and_nothing_is_written(Damage damage) throws IOException {
        Files.write(checkpoint, damage.done.apply(Files.readAllBytes(checkpoint)));
        Path input = Files.writeString(folder.resolve("in.jsonl"), TrainedRun.GOOD_LINE);
        Path output = folder.resolve("out.jsonl");
        Path pictures = folder.resolve("pictures");

        for (List<String> command : List.of(
                List.of("run", checkpoint.toString(), "--input", input.toString(), "--output", output.toString()),
                List.of("eval", checkpoint.toString(), "--json"),
                List.of("show", checkpoint.toString(), "--out", pictures.toString()),
                List.of("export", run.toString(), "--out", output + ".safetensors"),
                List.of("verify", checkpoint.toString()))) {
            Outcome outcome = Cli.run(command.toArray(String[]::new));
            assertThat(outcome.code()).as(outcome.err()).isEqualTo(Exit.WRONG_USE);
            assertThat(outcome.err()).startsWith("ntm: ").contains("best.safetensors").hasLineCount(1);
            assertThat(outcome.out()).isEmpty();
        }
        assertThat(output).doesNotExist();
        assertThat(pictures).doesNotExist();
    }

    private void damage(String name) throws IOException {
        Path file = run.resolve("checkpoints").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
    }

    @Test
    void where_the_best_checkpoint_of_a_run_is_damaged_the_last_stands_for_it_and_a_line_says_so() throws IOException {
        damage("best.safetensors");
        for (String command : List.of("eval", "show")) {
            Outcome outcome = Cli.run(command, run.toString(), "--at", "length=4", "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.err()).hasLineCount(1).startsWith("ntm: " + checkpoint + " is damaged: ")
                    .endsWith("; took " + run.resolve("checkpoints/last.safetensors") + " instead\n");
        }
    }

    @Test
    void a_run_goes_on_from_the_newest_checkpoint_that_is_sound_and_a_line_says_what_it_loses() throws IOException {
        damage("last.safetensors");
        Outcome outcome = Cli.run("train", "--resume", run.toString(), "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err().lines().filter(line -> line.startsWith("ntm: "))).singleElement().asString()
                .startsWith("ntm: " + run.resolve("checkpoints/last.safetensors") + " is damaged: ")
                .endsWith("; going on from earlier-1.safetensors, after 32 sequences, which loses 32");
        assertThat(Cli.run("verify", run.toString()).code()).isZero();
    }

    @Test
    void a_run_is_not_resumed_where_no_checkpoint_is_sound() throws IOException {
        for (String name : List.of("last.safetensors", "earlier-1.safetensors", "earlier-2.safetensors")) {
            damage(name);
        }
        Path last = run.resolve("checkpoints/last.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        Outcome outcome = Cli.run("train", "--resume", run.toString(), "--sequences", "128");
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).startsWith("ntm: " + last).hasLineCount(1)
                .endsWith("; earlier-1.safetensors and earlier-2.safetensors cannot be gone on from either\n");
        assertThat(last).hasBinaryContent(bytes);
    }

    @Test
    void a_sound_run_is_found_sound() {
        Outcome outcome = Cli.run("verify", run.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("config.yaml: ", "best.safetensors: ", "last.safetensors: ", "film/0.safetensors: ", "metrics.jsonl", ".tfevents.");
    }

    @Test
    void everything_that_is_wrong_with_a_run_is_found() throws IOException {
        Files.writeString(run.resolve("config.yaml"), "seed: -1\n");
        Files.write(checkpoint, new byte[0]);
        Files.writeString(run.resolve("metrics.jsonl"), "{\"kind\": \"train\"\nnonsense\n{}\n");
        try (var files = Files.newDirectoryStream(run, "events.*")) {
            for (Path events : files) {
                byte[] bytes = Files.readAllBytes(events);
                bytes[bytes.length / 2] ^= 1;
                Files.write(events, bytes);
            }
        }
        Outcome outcome = Cli.run("verify", run.toString());
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err().lines()).hasSize(4).allMatch(line -> line.startsWith("ntm: "));
        assertThat(outcome.err()).contains("config.yaml, line 1: seed: ", "best.safetensors", "metrics.jsonl: line 1: ", ".tfevents.");
        assertThat(outcome.out()).hasLineCount(5)
                .contains("last.safetensors", "earlier-1.safetensors", "earlier-2.safetensors", "film/0.safetensors")
                .contains(": a resume goes on from last.safetensors, after 64 sequences\n");
    }

    @Test
    void settings_that_are_not_those_of_the_checkpoint_are_found() throws IOException {
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("rows: 8\n", "rows: 9\n"));
        Outcome outcome = Cli.run("verify", run.toString());
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).contains("best.safetensors: has another machine, task or seed than config.yaml");
    }

    @Test
    void a_sound_sweep_is_found_sound_and_what_is_wrong_with_one_is_found() throws IOException {
        Path sweep = folder.resolve("sweep");
        assertThat(Cli.run(Cli.smallSweep(sweep, "--seeds", "1..3", "--sequences", "64").toArray(String[]::new)).code()).isZero();
        Outcome sound = Cli.run("verify", sweep.toString());
        assertThat(sound.err()).isEmpty();
        assertThat(sound.code()).isZero();
        assertThat(sound.out()).contains("sweep.yaml: copy by ntm-lstm", "results.jsonl: 3 of 3 runs done", "seed3/checkpoints/last.safetensors: ");

        Path results = sweep.resolve("results.jsonl");
        String before = Files.readString(results);
        Path runs = sweep.resolve("runs");
        String hash = before.replaceAll("(?s).*-seed1\"[^\\n]*\"weights_sha256\":\"([0-9a-f]{64})\".*", "$1");
        assertThat(hash).hasSize(64);
        Files.writeString(results, "nonsense\n" + before.replace(hash, "0".repeat(64)));
        Path config = runs.resolve("1-copy-ntm-lstm-seed2/config.yaml");
        Files.writeString(config, "seed: -1\n");
        Files.createDirectory(runs.resolve("1-copy-ntm-lstm-seed9"));
        Files.move(runs.resolve("1-copy-ntm-lstm-seed3"), folder.resolve("elsewhere"));
        Outcome damaged = Cli.run("verify", sweep.toString());
        assertThat(damaged.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(damaged.err().lines()).hasSize(5).allMatch(line -> line.startsWith("ntm: "));
        assertThat(damaged.err()).contains(
                results + ", line 1: expected the result of a run in JSON",
                "seed1/checkpoints/last.safetensors: expected the weights of " + results + ", with the SHA-256 " + "0".repeat(64) + ", found " + hash,
                config + ", line 1: seed: ",
                "1-copy-ntm-lstm-seed3: expected the directory of a run that has ended, found none",
                "1-copy-ntm-lstm-seed9: expected a run of " + sweep.resolve("sweep.yaml") + ", found another");
    }

    @Test
    void a_run_of_a_sweep_with_other_settings_than_the_plan_is_found() throws IOException {
        Path sweep = folder.resolve("sweep");
        assertThat(Cli.run(Cli.smallSweep(sweep, "--seeds", "1", "--sequences", "64").toArray(String[]::new)).code()).isZero();
        Path plan = sweep.resolve("sweep.yaml");
        Files.writeString(plan, Files.readString(plan).replace("batch: 4", "batch: 2"));
        Outcome outcome = Cli.run("verify", sweep.toString(), "--json");
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).hasLineCount(1).contains("last.safetensors: expected the settings that " + plan + " gives it, found others");
        assertThat(outcome.out()).contains("\"sound\":false");
    }

    @Test
    void verifying_changes_nothing_and_a_sweep_without_its_runs_is_as_sound_as_can_be_said() throws IOException {
        Path sweep = folder.resolve("sweep");
        assertThat(Cli.run(Cli.smallSweep(sweep, "--seeds", "1..2", "--sequences", "64").toArray(String[]::new)).code()).isZero();
        Path results = sweep.resolve("results.jsonl");
        Files.writeString(results, Files.readString(results) + "{\"run\":");
        String before = Files.readString(results);
        Files.move(sweep.resolve("runs"), folder.resolve("elsewhere"));
        Outcome outcome = Cli.run("verify", sweep.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("2 of 2 runs done", "runs: not there, so that no weights were compared with the results");
        assertThat(results).content().isEqualTo(before);
    }

    @Test
    void a_film_with_a_damaged_machine_or_one_of_another_moment_is_found_so() throws IOException {
        Path film = run.resolve("film");
        byte[] bytes = Files.readAllBytes(film.resolve("0.safetensors"));
        Files.write(film.resolve("100.safetensors"), bytes);
        bytes[bytes.length - 3] ^= 1;
        Files.write(film.resolve("0.safetensors"), bytes);
        Outcome outcome = Cli.run("verify", run.toString());
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err())
                .contains(film.resolve("0.safetensors") + " is damaged: ")
                .contains(film.resolve("100.safetensors") + ": expected the machine after the sequences of its name, found one after 0");
    }
}
