package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A system that lets no file grow as large as a checkpoint stands for a full disk: anybody can have that, and the errors are real. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the shell that limits files is that of Linux")
class FullDiskTest {
    @TempDir
    private Path folder;

    @Test
    void a_training_that_cannot_write_its_checkpoint_says_so_in_one_line_and_goes_on_from_the_one_before() throws Exception {
        Path run = folder.resolve("run");
        assertThat(Cli.trainSmall(run, "--sequences", "64", "--json").code()).isZero();
        byte[] before = Files.readAllBytes(run.resolve("checkpoints/last.safetensors"));
        assertThat(before.length).isGreaterThan(8 * 1024);

        List<String> command = new ArrayList<>(List.of(
                "bash", "-c", "ulimit -f 8; exec \"$@\"", "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dntm4j.kernels=portable", "-cp", System.getProperty("java.class.path"), Ntm.class.getName()));
        command.addAll(List.of("train", "--resume", run.toString(), "--sequences", "160", "--json"));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(Exit.FAILED);
        assertThat(out).isEmpty();
        assertThat(err.lines().filter(line -> line.startsWith("ntm: "))).singleElement().asString()
                .matches("ntm: cannot write " + run + "/checkpoints/(last|best)\\.safetensors: File too large");
        assertThat(err).doesNotContain("\tat ");
        assertThat(run.resolve("checkpoints/last.safetensors")).hasBinaryContent(before);
        assertThat(run.resolve("training.lock")).doesNotExist();
        assertThat(Cli.run("verify", run.toString()).code()).isZero();

        Path unbroken = folder.resolve("unbroken");
        assertThat(Cli.trainSmall(unbroken, "--sequences", "160", "--json").code()).isZero();
        Cli.Outcome resumed = Cli.run("train", "--resume", run.toString(), "--sequences", "160", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(run.resolve("checkpoints/last.safetensors")).hasSameBinaryContentAs(unbroken.resolve("checkpoints/last.safetensors"));
    }
}
