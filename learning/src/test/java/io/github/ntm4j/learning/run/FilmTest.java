package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static io.github.ntm4j.learning.run.SmallRun.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run keeps the machine on its way at even distances: few files, whole ones, and the same however often it was stopped. */
final class FilmTest {
    private static final String[] LONG = {
        "training.snapshots=5", "training.batch=5", "training.sequences=1500", "training.evaluation_interval=250", "training.report_interval=100"
    };

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("run");
    }

    private static List<Long> frames(Path path) {
        return List.copyOf(Film.frames(new RunFolder(path)).keySet());
    }

    /** The hashes of the film's files. */
    private static SequencedMap<Long, String> content(Path path) {
        SequencedMap<Long, String> content = new TreeMap<>();
        Film.frames(new RunFolder(path)).forEach((sequences, file) -> {
            try {
                content.put(sequences, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
            } catch (IOException | NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        });
        return content;
    }

    /** It is written beside the training. */
    private void awaitFrame(long sequences) {
        while (!frames(path()).contains(sequences)) {
            Thread.onSpinWait();
        }
    }

    private static RunConfig longConfig(String... more) {
        List<String> all = new ArrayList<>(List.of(LONG));
        all.addAll(List.of(more));
        return config(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"0, 32, 100", "3199, 32, 100", "3200, 32, 200", "10000, 32, 400", "100000, 32, 3200", "0, 1, 100", "100, 1, 200", "999, 1, 1600"})
    void theIntervalDoublesWhenTheFilmIsFull(long sequences, int most, long interval) {
        assertThat(Film.interval(sequences, most)).isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 32, 33})
    void thereAreNeverMoreMachinesThanAskedForAndAtLeastHalfAsManyOnceThereWere(int most) {
        for (long sequences = 0; sequences < 100_000; sequences += 100) {
            long count = sequences / Film.interval(sequences, most) + 1;
            assertThat(count).as("after %d", sequences).isLessThanOrEqualTo(most);
            if (sequences >= 100L * most) {
                assertThat(2 * count).as("after %d", sequences).isGreaterThanOrEqualTo(most);
            }
        }
    }

    @Test
    void theFilmIsTheMachineAtTheMultiplesOfTheInterval() {
        SequencedMap<Long, String> hashes = new TreeMap<>();
        List<Integer> counts = new ArrayList<>();
        try (Run run = Run.start(path(), longConfig(), 1, KernelProvider.SIMD)) {
            run.trainer().watch(sequences -> {
                hashes.put(sequences, Checkpoints.weightsSha256(run.machine()));
                counts.add(frames(path()).size());
            });
            assertThat(run.train()).isEqualTo(Outcome.BUDGET);
        }
        assertThat(counts).allMatch(count -> count <= 5).contains(5);
        assertThat(frames(path())).containsExactly(0L, 400L, 800L, 1200L);
        Film.frames(new RunFolder(path())).forEach((sequences, file) -> {
            Model model = Model.load(file, OptionalInt.empty());
            Checkpoints.verify(model);
            assertThat(model.weightsSha256()).isEqualTo(hashes.get(sequences));
            assertThat(Checkpoints.trainedSequences(model)).hasValue(sequences);
            assertThat(RunConfig.of(model)).isEqualTo(longConfig());
            assertThat(model.metadata().keySet()).containsExactly("format", "config", "trained_sequences", "provenance", "weights_sha256");
            assertThat(model.tensors().keySet()).noneMatch(name -> name.startsWith("optimiser"));
        });
    }

    @Test
    void aBatchThatDoesNotDivideTheIntervalKeepsTheFirstUpdateBehindEachMultiple() {
        SmallRun.train(path(), longConfig("training.batch=6"));
        assertThat(frames(path())).containsExactly(0L, 402L, 804L, 1200L);
    }

    @Test
    void aRunThatIsAskedForNoFilmHasNone() {
        SmallRun.train(path(), longConfig("training.snapshots=0"));
        assertThat(new RunFolder(path()).film()).doesNotExist();
        assertThat(frames(path())).isEmpty();
    }

    @Test
    void theFilmOfARunThatIsStoppedAgainAndAgainIsThatOfTheUnbrokenRun() {
        Path unbroken = folder.resolve("unbroken");
        SmallRun.train(unbroken, longConfig());
        Outcome outcome = Outcome.STOPPED;
        for (int part = 0; outcome == Outcome.STOPPED; part++) {
            try (Run run = part == 0
                    ? Run.start(path(), longConfig(), 1, KernelProvider.SIMD)
                    : Run.resume(path(), ConfigTree.EMPTY, 1, KernelProvider.SIMD)) {
                run.trainer().listen(event -> {
                    if (event instanceof TrainingEvent.Reported || event instanceof Evaluated) {
                        run.trainer().stop();
                    }
                });
                outcome = run.train();
            }
        }
        assertThat(content(path())).isEqualTo(content(unbroken));
    }

    @Test
    void whatWasKeptAfterTheCheckpointGoesWhenARunThatWasKilledGoesOn() throws IOException {
        Path killed = folder.resolve("killed");
        try (Run run = Run.start(path(), longConfig(), 1, KernelProvider.SIMD)) {
            run.trainer().watch(sequences -> {
                if (sequences == 445) {
                    awaitFrame(400);
                    SmallRun.copy(path(), killed);
                }
            });
            run.train();
        }
        Files.createFile(killed.resolve("film/.500.safetensors.1-1.ntm-tmp"));
        assertThat(frames(killed)).containsExactly(0L, 100L, 200L, 300L, 400L);
        try (Run run = Run.resume(killed, ConfigTree.EMPTY, 1, KernelProvider.SIMD)) {
            assertThat(frames(killed)).as("the checkpoint is of 250").containsExactly(0L, 100L, 200L);
            run.train();
        }
        assertThat(content(killed)).isEqualTo(content(path()));
        assertThat(SmallRun.files(killed.resolve("film"))).hasSize(4);
    }

    @Test
    void aRunGoesOnWithAShorterFilmOrWithNone() {
        SmallRun.train(path(), longConfig());
        try (Run run = Run.resume(path(), set("training.snapshots=2", "training.sequences=1600"), 1, KernelProvider.SIMD)) {
            run.train();
        }
        assertThat(frames(path())).containsExactly(0L, 1600L);
        try (Run run = Run.resume(path(), set("training.snapshots=0", "training.sequences=2000"), 1, KernelProvider.SIMD)) {
            run.train();
        }
        assertThat(frames(path())).containsExactly(0L, 1600L);
    }

    @Test
    void otherFilesBesideTheFilmAreNoPartOfIt() throws IOException {
        SmallRun.train(path(), config());
        for (String name : List.of("best.safetensors", "01.safetensors", "1.txt", "-1.safetensors", "99999999999999999999.safetensors")) {
            Files.createFile(new RunFolder(path()).film().resolve(name));
        }
        assertThat(frames(path())).containsExactly(0L);
    }

    @Test
    void whatCannotBeWrittenEndsTheTrainingAsAnyFullDiskDoes() throws IOException {
        try (Run run = Run.start(path(), longConfig(), 1, KernelProvider.SIMD)) {
            Path folder = run.folder().film();
            Files.createFile(folder);
            assertThatExceptionOfType(RunFailedException.class).isThrownBy(run::train).withMessageStartingWith("cannot write " + folder);
        }
    }

    @Test
    void aCheckpointHasTheFilmUpToItBehindIt() {
        List<Long> frames = new ArrayList<>();
        try (Run run = Run.start(path(), longConfig("training.evaluation_interval=5"), 1, KernelProvider.SIMD)) {
            run.trainer().listen(event -> {
                if (event instanceof Evaluated evaluated && evaluated.sequences() == 105) {
                    frames.addAll(frames(path()));
                    run.trainer().stop();
                }
            });
            run.train();
        }
        assertThat(frames).containsExactly(0L, 100L);
    }
}
