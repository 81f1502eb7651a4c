package io.github.ntm4j.cli.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.launcher.Launcher;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands take a machine that reads whole sequences like any other. Each in a Java of its own, as kinds are looked for once. */
final class WholeMachineCommandsTest {
    private static final String SERVICE = "META-INF/services/io.github.ntm4j.machines.machine.MachineProvider";
    private static final List<String> SMALL = List.of(
            "--set", "task.max_length=3", "--set", "task.width=2", "--set", "training.batch=4", "--set", "training.schedule=constant",
            "--set", "training.evaluation_interval=32", "--set", "training.evaluation_sequences=8", "--set", "training.report_interval=16");

    @TempDir
    private static Path folder;

    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void provideTheMachine() throws IOException {
        Files.createDirectories(folder.resolve("services").resolve(SERVICE).getParent());
        Files.writeString(folder.resolve("services").resolve(SERVICE), AheadProvider.class.getName());
    }

    private static Outcome ntm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Dntm4j.kernels=portable", "-cp", System.getProperty("java.class.path") + ":" + folder.resolve("services"),
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        Outcome outcome = new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        assertThat(outcome.err()).doesNotContain("Exception", "\tat ");
        return outcome;
    }

    private static Outcome done(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = ntm(arguments);
        assertThat(outcome.code()).as("%s: %s", String.join(" ", arguments), outcome.err()).isZero();
        return outcome;
    }

    private static void train(Path run, int sequences) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "copy", "--machine", "ahead", "--sequences", String.valueOf(sequences), "--out", run.toString()));
        arguments.addAll(SMALL);
        done(arguments.toArray(String[]::new));
    }

    private static Map<String, List<Float>> tensors(Path run) {
        Map<String, List<Float>> tensors = new TreeMap<>();
        Safetensors.read(new RunFolder(run).last()).tensors().forEach((name, tensor) -> {
            float[] data = tensor.data();
            tensors.put(name, IntStream.range(0, data.length).mapToObj(i -> data[i]).toList());
        });
        return tensors;
    }

    @Test
    void aRunThatGoesOnHasTheBitsOfTheUnbrokenOneAndIsMeasuredDrawnAndRun() throws Exception {
        Path unbroken = folder.resolve("unbroken");
        Path broken = folder.resolve("broken");
        train(unbroken, 128);
        train(broken, 64);
        done("train", "--resume", broken.toString(), "--sequences", "128", "--threads", "1");
        assertThat(tensors(broken)).isEqualTo(tensors(unbroken)).containsKey("window.weight");

        assertThat(done("eval", broken.toString(), "--at", "length=5", "--sequences", "20", "--json").out())
                .contains("\"machine\":\"ahead\"", "\"length\":5")
                .isEqualTo(done("eval", unbroken.toString(), "--at", "length=5", "--sequences", "20", "--json", "--threads", "1").out());
        assertThat(done("show", broken.toString(), "--at", "length=2", "--out", folder.toString()).out()).contains("bit errors", ".svg");
        assertThat(folder.resolve("sequence-length2-seed1.svg")).exists();

        Path question = Files.writeString(folder.resolve("question.jsonl"), "{\"input\": [[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]}\n");
        Path trace = folder.resolve("trace.jsonl");
        String answer = done("run", broken.toString(), "--input", question.toString()).out();
        assertThat(answer).startsWith("{\"output\": [[").isEqualTo(
                done("run", unbroken.toString(), "--input", question.toString(), "--trace", trace.toString()).out());
        assertThat(trace).isNotEmptyFile();

        assertThat(ntm("eval", broken.toString(), "--rows", "64").err()).contains("without a memory");
    }

    /** Where answers follow their questions and end by themselves, the whole is asked with room for an answer. */
    @Test
    void answersThatFollowAreGivenAndEnd() throws Exception {
        Path data = folder.resolve("words.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String word = "" + (char) ('a' + i % 3) + (char) ('a' + i / 3 % 3) + (char) ('a' + i / 9 % 3);
            lines.append("{\"input\": \"").append(word).append("\", \"target\": \"").append(word.charAt(0)).append("\"}\n");
        }
        Files.writeString(data, lines);
        Path run = folder.resolve("words");
        done("train", data.toString(), "--machine", "ahead", "--sequences", "400", "--out", run.toString(),
                "--set", "training.batch=4", "--set", "training.evaluation_interval=200");
        Path question = Files.writeString(folder.resolve("words-asked.jsonl"), "{\"input\": \"abc\"}\n{\"input\": \"b\"}\n");
        List<String> answers = done("run", run.toString(), "--input", question.toString(), "--limit", "20").out().lines().toList();
        assertThat(answers).hasSize(2).allMatch(line -> line.matches("\\{\"output\":\"[abc]{0,20}\"}"), "at most the limit");
    }
}
