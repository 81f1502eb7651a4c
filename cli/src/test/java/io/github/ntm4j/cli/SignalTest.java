package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the tools that start and signal a process are those of Linux")
class SignalTest {
    private static final long BUDGET = 1_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_signal_ends_a_training_after_a_last_checkpoint_from_which_it_goes_on_to_the_same_bits(String signal, int code) throws Exception {
        Path stopped = folder.resolve("stopped");
        Process process = start(Cli.smallTraining(
                stopped, "--sequences", Long.toString(BUDGET), "--set", "training.stop_when_solved=false", "--json"));
        String result;
        try (BufferedReader err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            awaitProgress(err);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
            err.lines().forEach(line -> {});
            result = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        long reached = JSON.readTree(result).get("sequences").asLong();
        assertThat(reached).isBetween(1L, BUDGET - 1);

        assertThat(Cli.run("verify", stopped.toString()).code()).isZero();
        String budget = Long.toString(reached + 16);
        Cli.Outcome resumed = Cli.run("train", "--resume", stopped.toString(), "--sequences", budget, "--json");
        Cli.Outcome unbroken = Cli.trainSmall(folder.resolve("unbroken"), "--sequences", budget, "--set", "training.stop_when_solved=false", "--json");
        assertThat(hash(resumed)).isEqualTo(hash(unbroken));
    }

    @Test
    void a_signal_ends_a_sweep_after_checkpoints_of_all_runs_and_says_how_to_go_on() throws Exception {
        Path stopped = folder.resolve("stopped");
        Process process = start(Cli.smallSweep(
                stopped, "--seeds", "1..4", "--jobs", "2", "--sequences", "300000", "--set", "training.stop_when_solved=false"));
        Path first = stopped.resolve("runs/1-copy-ntm-lstm-seed1/checkpoints/last.safetensors");
        Path second = stopped.resolve("runs/1-copy-ntm-lstm-seed2/checkpoints/last.safetensors");
        while (process.isAlive() && !(Files.exists(first) && Files.exists(second))) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(out).contains("stopped with 0 of 4 runs done; go on with:\n", "ntm sweep --resume " + stopped + "\n");
        assertThat(stopped.resolve("runs")).isDirectoryNotContaining("glob:**seed[34]");
        for (Path checkpoint : List.of(first, second)) {
            assertThat(Cli.run("verify", checkpoint.toString()).code()).isZero();
        }
    }

    @Test
    void a_closed_signal_leaves_no_hook_behind() {
        StopSignal signal = new StopSignal();
        signal.onSignal(() -> {});
        signal.close();
        signal.close();
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A shell that was started in the background ignores SIGINT, and so would its children.
                "env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Ntm.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }

    private static void awaitProgress(BufferedReader err) throws IOException {
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.contains(" sequences, ")) {
                return;
            }
        }
        throw new AssertionError("the training ended before it began");
    }

    private static String hash(Cli.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JSON.readTree(outcome.out()).get("weights_sha256").asString();
    }
}
