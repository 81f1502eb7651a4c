package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    @Test
    void vectorsOfAnyLengthGiveTheSameBitsAsNone() throws IOException, InterruptedException {
        String portable = Fingerprint.of(KernelProvider.PORTABLE);
        assertThat(Fingerprint.of(KernelProvider.SIMD)).isEqualTo(portable);
        for (int bytes : new int[] {16, 32}) {
            Process child = start("-XX:MaxVectorSize=" + bytes, KernelProvider.SIMD);
            List<String> output = lines(child);
            assertThat(output).hasSize(2);
            assertThat(output.getLast()).as(output.getFirst()).isEqualTo(portable);
        }
    }

    /** Another virtual machine with one flag more, which prints a fingerprint. */
    private static Process start(String flag, KernelProvider provider) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.add(flag);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Fingerprint.class.getName());
        command.add(provider.name());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<String> lines(Process child) throws IOException, InterruptedException {
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as("exit code of the other virtual machine").isZero();
        return output.lines().toList();
    }
}
