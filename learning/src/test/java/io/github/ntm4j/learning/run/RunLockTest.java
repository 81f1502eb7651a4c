package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainings never share a directory, and nothing is left of a lock. */
final class RunLockTest {
    @TempDir
    private Path folder;

    /** Locks the run that is its argument, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            RunLock.take(new RunFolder(Path.of(arguments[0])));
            System.out.println("locked");
            System.in.read();
        }
    }

    @Test
    void a_run_that_is_open_cannot_be_resumed_until_it_is_closed() {
        RunFolder run = new RunFolder(folder.resolve("run"));
        try (Run first = Run.start(run.path(), config(), 1, KernelProvider.SIMD)) {
            first.train();
            assertThat(RunLock.isHeld(run)).isTrue();
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> SmallRun.resume(run.path()))
                    .withMessageContaining("expected a run that nobody trains, found one in training");
            assertThat(RunLock.isHeld(run)).isTrue();
        }
        assertThat(RunLock.isHeld(run)).isFalse();
        assertThat(run.path().resolve("training.lock")).doesNotExist();
        Run.resume(run.path(), ConfigTree.EMPTY, 1, KernelProvider.SIMD).close();
    }

    @Test
    void the_lock_is_never_written_through_a_link() throws IOException {
        RunFolder run = new RunFolder(Files.createDirectory(folder.resolve("linked")));
        Path outside = Files.writeString(folder.resolve("outside"), "precious");
        Files.createSymbolicLink(run.path().resolve("training.lock"), outside);
        assertThat(RunLock.isHeld(run)).isFalse();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunLock.take(run))
                .withMessageContaining("training.lock: expected a regular file or none, found something else");
        assertThat(outside).hasContent("precious");
    }

    @Test
    void what_another_process_trains_is_locked_until_it_dies() throws IOException, InterruptedException {
        RunFolder run = new RunFolder(folder);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThat(RunLock.isHeld(run)).isTrue();
            assertThat(RunLock.isHeld(run)).isTrue();
            assertThatExceptionOfType(UserException.class).isThrownBy(() -> RunLock.take(run));
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(folder.resolve("training.lock")).exists();
        assertThat(RunLock.isHeld(run)).isFalse();
        RunLock.take(run).close();
        assertThat(Files.list(folder)).isEmpty();
    }
}
