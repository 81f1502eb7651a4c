package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static io.github.ntm4j.learning.run.SmallRun.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves in its directory, and when it refuses to begin. */
final class RunTest {
    @TempDir
    private Path folder;

    private Path path;
    private RunFolder files;

    @BeforeEach
    void name() {
        path = folder.resolve("runs/copy");
        files = new RunFolder(path);
    }

    private static ConfigTree json(Path file) throws IOException {
        return Yaml.parse(Files.readString(file), file.toString());
    }

    @Test
    void aRunLeavesTheFilesOfTheContract() throws IOException {
        RunConfig config = config();
        assertThat(SmallRun.train(path, config)).isEqualTo(Outcome.BUDGET);
        assertThat(files(path)).hasSize(10).startsWith(
                "checkpoints/best.safetensors", "checkpoints/earlier-1.safetensors", "checkpoints/earlier-2.safetensors",
                "checkpoints/last.safetensors", "config.yaml", "curve.svg", "environment.json");
        assertThat(files(path).get(7)).matches("events\\.out\\.tfevents\\.\\d+\\..*");
        assertThat(files(path).subList(8, 10)).containsExactly("film/0.safetensors", "metrics.jsonl");
        assertThat(RunConfig.resolve(Yaml.read(files.config()))).isEqualTo(config);
        assertThat(json(files.environment()).keys())
                .contains("ntm4j", "git", "java", "os", "cpu", "processors", "kernels", "threads", "max_heap_mib");
        assertThat(Files.readString(files.curve())).startsWith("<").contains("<svg").contains("copy");
    }

    @Test
    void aRunThatHasNotTrainedHasSettingsAndTheCheckpointThatItBeginsWith() {
        try (Run run = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            assertThat(files(path)).hasSize(6)
                    .contains("config.yaml", "environment.json", "metrics.jsonl", "training.lock", "checkpoints/last.safetensors");
            assertThat(sequences(files.last())).isZero();
            assertThat(run.folder()).isEqualTo(files);
            assertThat(run.seconds()).isBetween(0.0, 60.0);
        }
    }

    @Test
    void theMetricsTellTheTrainingInItsOrder() {
        SmallRun.train(path, config());
        assertThat(SmallRun.metrics(path)).extracting(line -> line.replaceFirst("\\{\"kind\":\"(\\w+)\",\"sequences\":(\\d+),.*", "$1 $2"))
                .containsExactly(
                        "train 12", "evaluation 18", "train 24", "train 36", "evaluation 36", "train 48", "evaluation 54", "train 60",
                        "train 72", "evaluation 72", "finished 72");
        assertThat(SmallRun.metrics(path).getLast()).isEqualTo("{\"kind\":\"finished\",\"sequences\":72,\"outcome\":\"budget\"}");
    }

    @Test
    void everyEvaluationRenewsTheLastCheckpointAndABetterOneTheBest() {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        String[] best = {"none"};
        try (Run run = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Evaluated evaluated) {
                    String now = Checkpoints.weightsSha256(run.machine());
                    best[0] = evaluated.best() ? now : best[0];
                    expected.add(now + " " + best[0]);
                }
            });
            run.trainer().watch(sequences -> {
                if (expected.size() > found.size()) {
                    found.add(hash(files.last()) + " " + hash(files.best()));
                    assertThat(sequences(files.last())).isEqualTo(sequences);
                }
            });
            run.train();
        }
        assertThat(found).hasSize(4).isEqualTo(expected);
    }

    private static long sequences(Path file) {
        return Checkpoints.progress(Model.load(file, OptionalInt.empty())).sequences();
    }

    private static String hash(Path file) {
        return Model.load(file, OptionalInt.empty()).weightsSha256();
    }

    @Test
    void theMachineOfARunIsThatOfItsLastCheckpoint() {
        String hash;
        try (Run run = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            run.train();
            hash = Checkpoints.weightsSha256(run.machine());
        }
        assertThat(hash(files.last())).isEqualTo(hash);
        Path again = folder.resolve("again");
        SmallRun.train(again, config());
        assertThat(hash(new RunFolder(again).last())).as("the same settings and seed").isEqualTo(hash);
        Path other = folder.resolve("other");
        SmallRun.train(other, config("seed=8"));
        assertThat(hash(new RunFolder(other).last())).as("another seed").isNotEqualTo(hash);
    }

    @Test
    void aSecondRunInTheSameDirectoryIsRefusedAndHarmsNothing() throws IOException {
        SmallRun.train(path, config());
        List<String> before = files(path);
        byte[] last = Files.readAllBytes(files.last());
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Run.start(path, config("seed=9"), 1, KernelProvider.SIMD))
                .withMessage(path + ": expected a new or empty directory, found a run; go on with it by --resume " + path);
        assertThat(files(path)).isEqualTo(before);
        assertThat(files.last()).hasBinaryContent(last);
        assertThat(RunConfig.resolve(Yaml.read(files.config())).seed()).isEqualTo(7);
    }

    @Test
    void anyPartOfARunMakesItsDirectoryTaken() throws IOException {
        for (String part : List.of("config.yaml", "metrics.jsonl", "checkpoints", "film")) {
            Path taken = folder.resolve(part + "-only");
            Files.createDirectories(taken);
            Files.createFile(taken.resolve(part));
            assertThatExceptionOfType(UserException.class)
                    .as(part)
                    .isThrownBy(() -> Run.start(taken, config(), 1, KernelProvider.SIMD));
            assertThat(files(taken)).containsExactly(part);
        }
    }

    @Test
    void aDirectoryThatHoldsSomethingElseMayBecomeARun() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("notes.txt"), "mine");
        SmallRun.train(path, config("training.sequences=6"));
        assertThat(path.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aRunThatCannotBeginLeavesNothingBehind() throws IOException {
        Files.createDirectories(files.environment());
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> Run.start(path, config(), 2, KernelProvider.SIMD))
                .withMessageStartingWith("cannot write " + files.environment());
        assertThat(files(path)).isEmpty();
        assertThat(files.checkpoints()).doesNotExist();
        Files.deleteIfExists(files.environment());
        assertThat(SmallRun.train(path, config())).as("once it can").isEqualTo(Outcome.BUDGET);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path below = file.resolve("run");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> Run.start(below, config(), 1, KernelProvider.SIMD))
                .withMessageStartingWith("cannot write " + below + ": ");
        assertThat(files(folder)).containsExactly("file");
    }

    @Test
    void aTrainingThatNoMemoryHoldsIsRefusedBeforeAnythingIsWritten() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Run.start(path, config("task.max_length=100000", "machine.rows=100000"), 1, KernelProvider.SIMD))
                .withMessageStartingWith("training on sequences of 200001 steps needs ")
                .withMessageContaining("a smaller training.batch, machine.rows or task size");
        assertThat(path).doesNotExist();
    }

    @Test
    void aRunThatIsStoppedKeepsItsState() {
        try (Run run = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Reported) {
                    run.trainer().stop();
                }
            });
            assertThat(run.train()).isEqualTo(Outcome.STOPPED);
        }
        assertThat(sequences(files.last())).isEqualTo(12);
        assertThat(files.best()).doesNotExist();
        assertThat(SmallRun.metrics(path).getLast()).isEqualTo("{\"kind\":\"finished\",\"sequences\":12,\"outcome\":\"stopped\"}");
        assertThat(SmallRun.resume(path)).isEqualTo(Outcome.BUDGET);
    }

    @Test
    void theThreadsOfARunEndWithIt() throws InterruptedException {
        long before = workers();
        try (Run run = Run.start(path, config(), 3, KernelProvider.SIMD)) {
            assertThat(workers()).isEqualTo(before + 2);
            run.train();
        }
        for (int wait = 0; wait < 500 && workers() > before; wait++) {
            Thread.sleep(10);
        }
        assertThat(workers()).isEqualTo(before);
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("ntm4j-worker-")).count();
    }
}
