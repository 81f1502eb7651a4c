package io.github.ntm4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.cli.Ntm;
import io.github.ntm4j.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
    @TempDir
    private Path folder;

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void onceTheReaderHasGoneNothingIsWrittenAndThatIsSaidOnce() throws IOException {
        AtomicInteger told = new AtomicInteger();
        try (StandardOutput output = new StandardOutput(failing("Broken pipe"), told::incrementAndGet)) {
            output.write("one".getBytes(StandardCharsets.UTF_8));
            output.write("two".getBytes(StandardCharsets.UTF_8));
            output.flush();
            assertThat(output.readerGone()).isTrue();
        }
        assertThat(told).hasValue(1);
    }

    /** Whoever starts the studio reads its address while it runs. */
    @Test
    void aLineIsThereAsSoonAsItIsPrinted() {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        Terminal.system(new StandardOutput(received, () -> {})).out().println("studio: here");
        assertThat(received.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("studio: here\n");
    }

    /** The tests' own standard output may be a pipe, of which every error says that nobody reads. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full and bash are those of Linux")
    void aFullDiskIsAnError() throws Exception {
        for (String command : new String[] {"tasks", "machines", "--help"}) {
            Ended full = end(command + " >/dev/full", "");
            assertThat(full.code()).as(command).isEqualTo(Exit.FAILED);
            assertThat(full.err()).isEqualTo("ntm: cannot write <stdout>: the stream is closed or full");
        }
    }

    @Test
    void whatIsWrittenArrives() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (StandardOutput output = new StandardOutput(out, () -> {})) {
            output.write('a');
            output.write("bcd".getBytes(StandardCharsets.UTF_8), 1, 2);
            output.flush();
            assertThat(output.readerGone()).isFalse();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("acd");
        assertThatCode(() -> failing("x").flush()).doesNotThrowAnyException();
        assertThatThrownBy(() -> failing("x").write(1)).isInstanceOf(IOException.class);
    }

    private record Ended(int code, String out, String err) {}

    /** Runs the command in a shell, with something behind it, and answers the command's own exit code. */
    private Ended end(String command, String behind) throws Exception {
        Path err = folder.resolve("err");
        String java = "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:+UseSerialGC -XX:-UsePerfData -Dntm4j.kernels=portable -cp \"$CP\" "
                + Ntm.class.getName() + " ";
        List<String> shell = new ArrayList<>(List.of("bash", "-c", java + command + " 2>'" + err + "' " + behind + "; exit ${PIPESTATUS[0]}"));
        ProcessBuilder builder = new ProcessBuilder(shell);
        builder.environment().put("CP", System.getProperty("java.class.path"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(err).lines().filter(line -> !line.startsWith("WARNING")).reduce("", (a, b) -> a + b);
        return new Ended(process.exitValue(), out, said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks", "machines --json", "help train", "train copy --print-config"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the shell that joins the commands is that of Linux")
    void aReaderThatGoesAwayEndsTheCommandQuietly(String command) throws Exception {
        Ended ended = end(command, "| head -c 1");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).hasSize(1);
        assertThat(end(command, "| true")).isEqualTo(new Ended(0, "", ""));
    }

    /** As a signal would: after a last checkpoint. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the shell that joins the commands is that of Linux")
    void aTrainingThatNobodyReadsEndsInOrder() throws Exception {
        Path run = folder.resolve("run");
        String training = String.join(" ", Cli.smallTraining(run, "--sequences", "1000000000", "--set", "training.stop_when_solved=false"));
        Ended ended = end(training, "| head -n 2");
        // On a computer that is very busy, what is under way is not waited for, as after a signal.
        assertThat(ended.err()).matches("|ntm: stopped without waiting for what was under way: the last checkpoint, .*");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).hasLineCount(2);
        assertThat(Cli.run("verify", run.toString()).code()).isZero();
    }
}
