package io.github.ntm4j.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LauncherTest {

    private static final String RESTART = "Using incubator modules: jdk.incubator.vector";

    @Test
    void aJavaWithoutTheVectorModuleStartsOneThatHasIt() throws Exception {
        Outcome outcome = launch(List.of(), "--help");
        assertThat(outcome.output()).contains(RESTART).contains("ntm");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void theExitCodeOfTheCommandIsTheExitCodeOfTheJar() throws Exception {
        assertThat(launch(List.of(), "no-such-command").exitCode()).isEqualTo(2);
    }

    @Test
    void flagsOfTheFirstJavaReachTheSecond() throws Exception {
        Outcome outcome = launch(List.of("-Xmx77m", "-XX:+PrintCommandLineFlags"), "--help");
        assertThat(outcome.output().split("MaxHeapSize=80740352", -1)).hasSize(3);
    }

    @Test
    void theLauncherRunsOnJava17() throws IOException {
        for (Class<?> type : List.of(Launcher.class, JavaFinder.class)) {
            try (var stream = new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
                stream.skipNBytes(6);
                assertThat(stream.readUnsignedShort()).as("class file version of %s", type).isEqualTo(61);
            }
        }
    }

    /** Starts this Java without the flags that the tests themselves run with. */
    private static Outcome launch(List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launcher.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private record Outcome(int exitCode, String output) {}
}
