package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run cannot begin with is refused by name, and leaves nothing. */
class RunArgumentsTest {
    @TempDir
    private Path folder;

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4})
    void thereIsAtLeastOneThread(int threads) {
        Path path = folder.resolve("run");
        String message = "threads: expected at least 1, got " + threads;
        refused(() -> Run.start(path, SmallRun.config(), threads, KernelProvider.PORTABLE), message);
        assertThat(path).doesNotExist();
        SmallRun.train(path, SmallRun.config("training.sequences=12"));
        refused(() -> Run.resume(path, ConfigTree.EMPTY, threads, KernelProvider.PORTABLE), message);
        try (Run run = Run.resume(path, SmallRun.set("training.sequences=24"), 1, KernelProvider.PORTABLE)) {
            refused(() -> run.measure(threads, KernelProvider.PORTABLE, () -> true), message);
        }
    }

    @Test
    void nothingIsMissing() {
        Path path = folder.resolve("run");
        refused(() -> Run.start(null, SmallRun.config(), 1, KernelProvider.PORTABLE), "path: expected one, got null");
        refused(() -> Run.start(path, null, 1, KernelProvider.PORTABLE), "config: expected one, got null");
        refused(() -> Run.start(path, SmallRun.config(), 1, null), "provider: expected one, got null");
        refused(() -> Run.resume(path, null, 1, KernelProvider.PORTABLE), "changes: expected one, got null");
        refused(() -> Model.load((Path) null), "path: expected one, got null");
        assertThat(path).doesNotExist();
    }

    @Test
    void aRunThatIsClosedSaysSo() {
        Run run = Run.start(folder.resolve("run"), SmallRun.config(), 1, KernelProvider.PORTABLE);
        run.close();
        assertThatIllegalStateException().isThrownBy(run::train).withMessage("the trainer is closed");
        assertThatIllegalStateException().isThrownBy(run::checkpoint).withMessage("the trainer is closed");
        run.close();
    }
}
