package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static io.github.ntm4j.learning.run.SmallRun.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be done to a run from outside while it trains. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunControlTest {
    @TempDir
    private Path folder;

    private static Run start(Path path) {
        return Run.start(path, config(), 1, KernelProvider.SIMD);
    }

    /** Trains on another thread up to a pause after the report at some sequences. */
    private static CompletableFuture<Outcome> untilPause(Run run, long sequences) throws InterruptedException {
        run.trainer().listen(event -> {
            if (event instanceof Reported reported && reported.sequences() == sequences) {
                run.trainer().pause();
            }
        });
        CompletableFuture<Outcome> training =
                CompletableFuture.supplyAsync(run::train, task -> Thread.ofPlatform().name("training").start(task));
        while (!run.trainer().paused()) {
            Thread.sleep(1);
        }
        return training;
    }

    private static long sequences(Path file) {
        return Checkpoints.progress(Model.load(file, OptionalInt.empty())).sequences();
    }

    @Test
    void aCheckpointOnDemandIsOneToGoOnFrom() throws InterruptedException {
        Path path = folder.resolve("run");
        Path killed = folder.resolve("killed");
        String hash;
        try (Run run = start(path)) {
            CompletableFuture<Outcome> training = untilPause(run, 24);
            assertThat(sequences(run.folder().last())).as("after the last evaluation").isEqualTo(18);
            run.checkpoint();
            assertThat(sequences(run.folder().last())).isEqualTo(24);
            SmallRun.copy(path, killed);
            run.trainer().proceed();
            assertThat(training.join()).isEqualTo(Outcome.BUDGET);
            hash = Checkpoints.weightsSha256(run.machine());
        }
        assertThat(SmallRun.resume(killed)).isEqualTo(Outcome.BUDGET);
        assertThat(Model.load(new RunFolder(killed).last(), OptionalInt.empty()).weightsSha256()).isEqualTo(hash);
        assertThat(SmallRun.metrics(killed)).isEqualTo(SmallRun.metrics(path));
    }

    @Test
    void aRunThatDoesNotTrainHasACheckpointAtOnce() {
        Run run = start(folder.resolve("run"));
        run.checkpoint();
        assertThat(sequences(run.folder().last())).isZero();
        run.train();
        run.close();
        assertThatIllegalStateException().isThrownBy(run::checkpoint).withMessage("the trainer is closed");
    }

    @Test
    void aListenerCannotWaitForACheckpoint() {
        List<Exception> refused = new ArrayList<>();
        try (Run run = start(folder.resolve("run"))) {
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Evaluated) {
                    try {
                        run.checkpoint();
                    } catch (IllegalStateException e) {
                        refused.add(e);
                    }
                }
            });
            run.train();
        }
        assertThat(refused).hasSize(4).first().satisfies(e -> assertThat(e).hasMessageStartingWith("checkpoint(): expected a thread"));
    }

    @Test
    void aCheckpointThatCannotBeWrittenSaysWhyAndTheTrainingGoesOn() throws IOException, InterruptedException {
        try (Run run = start(folder.resolve("run"))) {
            CompletableFuture<Outcome> training = untilPause(run, 12);
            Files.delete(run.folder().last());
            Files.createDirectory(run.folder().last());
            assertThatExceptionOfType(RunFailedException.class)
                    .isThrownBy(run::checkpoint)
                    .withMessage("cannot write " + run.folder().last() + ": it is a folder");
            Files.delete(run.folder().last());
            assertThatNoException().isThrownBy(run::checkpoint);
            run.trainer().proceed();
            assertThat(training.join()).isEqualTo(Outcome.BUDGET);
        }
    }

    @Test
    void aPauseIsNoTimeOfTraining() throws InterruptedException {
        try (Run run = start(folder.resolve("run"))) {
            CompletableFuture<Outcome> training = untilPause(run, 12);
            double before = run.seconds();
            Thread.sleep(300);
            assertThat(run.seconds()).isBetween(before - 0.001, before + 0.2);
            run.trainer().proceed();
            training.join();
        }
    }

    /** As somebody does who turns down the rate of a training while it runs: stop, and go on in the same process. */
    @Test
    void aRunThatIsStoppedGoesOnInTheSameProcessWithAnotherRate() throws InterruptedException {
        Path path = folder.resolve("run");
        String before;
        try (Run run = start(path)) {
            CompletableFuture<Outcome> training = untilPause(run, 24);
            run.trainer().stop();
            assertThat(training.join()).isEqualTo(Outcome.STOPPED);
            before = Checkpoints.weightsSha256(run.machine());
        }
        try (Run run = Run.resume(path, set("training.learning_rate=0.001"), 1, KernelProvider.SIMD)) {
            assertThat(Checkpoints.weightsSha256(run.machine())).isEqualTo(before);
            assertThat(run.train()).isEqualTo(Outcome.BUDGET);
        }
        assertThat(rates(path)).containsExactly("12 0.003", "24 0.003", "36 0.001", "48 0.001", "60 0.001", "72 0.001");
        assertThat(RunConfig.resolve(Yaml.read(new RunFolder(path).config())).training().optimiser().rate().learningRate()).isEqualTo(0.001);
    }

    private static List<String> rates(Path path) {
        return SmallRun.metrics(path).stream()
                .filter(line -> line.startsWith("{\"kind\":\"train\""))
                .map(line -> line.replaceFirst(".*\"sequences\":(\\d+),.*\"learning_rate\":([0-9.E-]+),.*", "$1 $2"))
                .toList();
    }
}
