package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.StopSignal;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
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
    void a_signal_breaks_off_an_evaluation_which_a_resumed_run_makes_up_for() throws Exception {
        Path stopped = folder.resolve("stopped");
        Process process = start(changed(
                Cli.smallTraining(stopped, "--sequences", "64", "--json"), "training.evaluation_sequences=1000000", "training.report_interval=32"));
        // The report comes before the evaluation of the same update, which takes minutes.
        awaitLine(process, stopped.resolve("metrics.jsonl"), "\"kind\":\"train\"");
        long took = signal(process, "TERM");
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(took).as("milliseconds").isLessThan(5_000);
        // A computer that is busy may not have come to printing it.
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).matches("|\\{.*\"bits_per_sequence\":null.*}\n");
        Progress progress = Checkpoints.progress(Model.load(new RunFolder(stopped).last(), OptionalInt.empty()));
        assertThat(progress.sequences()).isEqualTo(32);
        assertThat(progress.evaluationDue()).isTrue();

        Cli.Outcome resumed = Cli.run(
                "train", "--resume", stopped.toString(), "--set", "training.evaluation_sequences=8", "--json");
        Path unbroken = folder.resolve("unbroken");
        List<String> whole = changed(Cli.smallTraining(unbroken, "--sequences", "64", "--json"), "training.report_interval=32");
        assertThat(hash(resumed)).isEqualTo(hash(Cli.run(whole.toArray(String[]::new))));
        assertThat(metrics(stopped)).isEqualTo(metrics(unbroken)).anyMatch(line -> line.startsWith("{\"kind\":\"evaluation\",\"sequences\":32,"));
    }

    @Test
    void a_second_interrupt_ends_the_process_at_once() throws Exception {
        Process process = start(longUpdates());
        awaitFirstUpdate(process);
        Thread.sleep(500);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        Thread.sleep(500);
        assertThat(process.isAlive()).as("the first one waits for the update").isTrue();
        signal(process, "INT");
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("without waiting");
        assertThat(Checkpoints.progress(Model.load(new RunFolder(folder.resolve("long")).last(), OptionalInt.empty())).sequences()).isZero();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void an_update_that_takes_too_long_is_not_waited_for(String signal, int code) throws Exception {
        Process process = start(longUpdates());
        awaitFirstUpdate(process);
        Thread.sleep(500);
        long took = signal(process, signal);
        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(took).as("milliseconds").isBetween(3_000L, 5_000L);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .contains("ntm: stopped without waiting for what was under way: the last checkpoint, after 0 sequences, is in "
                        + folder.resolve("long/checkpoints/last.safetensors"));
    }

    /** A training whose first update takes many seconds. */
    private List<String> longUpdates() {
        return changed(
                Cli.smallTraining(folder.resolve("long"), "--threads", "1", "--set", "task.min_length=100000", "--set", "training.segment=1000"),
                "task.max_length=100000", "training.batch=1", "machine.controller_size=512");
    }

    /** Arguments with other values of some settings. */
    private static List<String> changed(List<String> arguments, String... assignments) {
        List<String> changed = new ArrayList<>(arguments);
        for (String assignment : assignments) {
            String key = assignment.substring(0, assignment.indexOf('=') + 1);
            changed.replaceAll(argument -> argument.startsWith(key) ? assignment : argument);
        }
        assertThat(changed).contains(assignments);
        return changed;
    }

    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream().map(line -> line.replaceFirst(",\"seconds\":[0-9.E-]+}$", "}")).toList();
    }

    /** Sends a signal; returns the milliseconds until the process has ended. */
    private static long signal(Process process, String signal) throws Exception {
        long before = System.nanoTime();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return (System.nanoTime() - before) / 1_000_000;
    }

    /** The untrained machine is kept right before the first update. */
    private void awaitFirstUpdate(Process process) throws InterruptedException {
        while (process.isAlive() && !Files.exists(folder.resolve("long/film/0.safetensors"))) {
            Thread.sleep(20);
        }
        assertThat(process.isAlive()).isTrue();
    }

    private static void awaitLine(Process process, Path file, String text) throws Exception {
        while (process.isAlive() && !(Files.exists(file) && Files.readString(file).contains(text))) {
            Thread.sleep(20);
        }
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void a_signal_ends_a_soak_with_the_figures_up_to_then() throws Exception {
        Path out = folder.resolve("soak");
        Process process = start(List.of("soak", "--minutes", "3", "--out", out.toString(), "--json"));
        awaitLine(process, out.resolve("soak.jsonl"), "heap_bytes");
        signal(process, "INT");
        assertThat(process.exitValue()).isEqualTo(130);
        JsonNode report = JSON.readTree(process.getInputStream());
        assertThat(report.get("samples").asInt()).isPositive();
        assertThat(report.get("problem").isNull()).isTrue();
    }

    @Test
    void a_closed_signal_leaves_no_hook_behind() {
        StopSignal signal = new StopSignal(System.err);
        signal.onSignal(() -> {}, () -> "");
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
