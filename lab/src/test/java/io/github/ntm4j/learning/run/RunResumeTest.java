package io.github.ntm4j.learning.run;

import static io.github.ntm4j.learning.run.SmallRun.config;
import static io.github.ntm4j.learning.run.SmallRun.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that goes on after a stop is the unbroken run, or is refused. */
final class RunResumeTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path unbroken;

    @BeforeAll
    static void trainUnbroken() {
        unbroken = shared.resolve("unbroken");
        SmallRun.train(unbroken, config());
    }

    /** A run of the small settings that ended after some sequences. */
    private Path ended(long sequences) {
        Path path = folder.resolve("run");
        SmallRun.train(path, config("training.sequences=" + sequences));
        return path;
    }

    private static void assertUnbroken(Path path) {
        RunFolder one = new RunFolder(unbroken);
        RunFolder other = new RunFolder(path);
        Model end = Model.load(one.last(), OptionalInt.empty());
        Model resumed = Model.load(other.last(), OptionalInt.empty());
        assertThat(resumed.weightsSha256()).isEqualTo(end.weightsSha256());
        assertThat(resumed.tensors()).as("weights and moments").isEqualTo(end.tensors());
        assertThat(Checkpoints.progress(resumed)).isEqualTo(Checkpoints.progress(end));
        assertThat(other.best()).hasSameBinaryContentAs(one.best());
        assertThat(other.last()).hasSameBinaryContentAs(one.last());
        assertThat(SmallRun.metrics(path)).isEqualTo(SmallRun.metrics(unbroken));
        assertThat(other.config()).hasSameTextualContentAs(one.config());
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 12, 18, 30, 36, 66})
    void aRunThatGoesOnWithALargerBudgetIsTheUnbrokenRun(long sequences) {
        Path path = ended(sequences);
        assertThat(SmallRun.resume(path, "training.sequences=72")).isEqualTo(Outcome.BUDGET);
        if (sequences >= 36) {
            // A checkpoint says which settings wrote it: what was best before the stop has the smaller budget.
            assertThat(Model.load(new RunFolder(path).last(), OptionalInt.empty()).weightsSha256())
                    .isEqualTo(Model.load(new RunFolder(unbroken).last(), OptionalInt.empty()).weightsSha256());
            assertThat(SmallRun.metrics(path)).isEqualTo(SmallRun.metrics(unbroken));
        } else {
            assertUnbroken(path);
        }
    }

    @Test
    void aRunThatIsStoppedAgainAndAgainIsTheUnbrokenRun() {
        Path path = folder.resolve("run");
        for (int part = 0; part < 100; part++) {
            Outcome outcome;
            try (Run run = part == 0
                    ? Run.start(path, config(), 1, KernelProvider.PORTABLE)
                    : Run.resume(path, ConfigTree.EMPTY, 1 + part % 3, KernelProvider.SIMD)) {
                run.trainer().listen(event -> {
                    if (event instanceof TrainingEvent.Reported || event instanceof TrainingEvent.Evaluated) {
                        run.trainer().stop();
                    }
                });
                outcome = run.train();
            }
            if (outcome != Outcome.STOPPED) {
                assertThat(part).as("stops in seven reports, two of them with an evaluation due, and two of those").isEqualTo(9);
                assertUnbroken(path);
                return;
            }
        }
    }

    @Test
    void weightsDecayAcrossAStopAsWithoutIt() {
        Path whole = folder.resolve("decay");
        SmallRun.train(whole, config("training.weight_decay=0.01", "training.sequences=36"));
        Path stopped = folder.resolve("decay, stopped");
        SmallRun.train(stopped, config("training.weight_decay=0.01", "training.sequences=18"));
        SmallRun.resume(stopped, "training.sequences=36");
        Path plain = folder.resolve("no decay");
        SmallRun.train(plain, config("training.sequences=36"));
        assertThat(weights(stopped)).isEqualTo(weights(whole)).isNotEqualTo(weights(plain));
    }

    private static String weights(Path path) {
        return Model.load(new RunFolder(path).last(), OptionalInt.empty()).weightsSha256();
    }

    /** The weights stay as they are, so that which evaluations are good enough is luck, and none is a step forward for long. */
    @Test
    void plateausAndRelapsesOfARunThatIsStoppedAgainAndAgainAreThoseOfTheUnbrokenRun() {
        RunConfig still = config(
                "training.learning_rate=1e-9", "training.evaluation_interval=6", "training.sequences=240", "training.stop_when_solved=false");
        RunConfig lucky = config(
                "training.learning_rate=1e-9", "training.evaluation_interval=6", "training.sequences=240", "training.stop_when_solved=false",
                "training.solved_bits=1e9", "training.solved_errors=6.5");
        for (RunConfig config : List.of(still, lucky)) {
            String kind = config == still ? "plateau" : "relapse";
            Path whole = folder.resolve("whole " + kind);
            SmallRun.train(whole, config);
            List<String> metrics = SmallRun.metrics(whole);
            assertThat(metrics).anyMatch(line -> line.contains("\"kind\":\"" + kind + "\""));
            Path path = folder.resolve("run " + kind);
            Outcome outcome = Outcome.STOPPED;
            for (int part = 0; outcome == Outcome.STOPPED; part++) {
                try (Run run = part == 0
                        ? Run.start(path, config, 1, KernelProvider.SIMD)
                        : Run.resume(path, ConfigTree.EMPTY, 1, KernelProvider.SIMD)) {
                    run.trainer().listen(event -> {
                        if (event instanceof TrainingEvent.Evaluated) {
                            run.trainer().stop();
                        }
                    });
                    outcome = run.train();
                }
            }
            assertThat(SmallRun.metrics(path)).isEqualTo(metrics);
        }
    }

    @Test
    void aRunThatWasKilledLosesOnlyWhatCameAfterItsLastCheckpoint() throws IOException {
        Path path = folder.resolve("run");
        Path killed = folder.resolve("killed");
        try (Run run = Run.start(path, config(), 1, KernelProvider.SIMD)) {
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Reported(long sequences, var a, var b, var c, var d, var e, var f) && sequences == 48) {
                    SmallRun.copy(path, killed);
                }
            });
            run.train();
        }
        Path metrics = new RunFolder(killed).metrics();
        assertThat(Files.readString(metrics)).contains("\"sequences\":48");
        Files.writeString(metrics, Files.readString(metrics) + "{\"kind\":\"trai");
        assertThat(Checkpoints.progress(Model.load(new RunFolder(killed).last(), OptionalInt.empty())).sequences()).isEqualTo(36);
        assertThat(SmallRun.resume(killed)).isEqualTo(Outcome.BUDGET);
        assertUnbroken(killed);
    }

    @Test
    void aRunWithoutItsMetricsGoesOn() throws IOException {
        Path path = ended(36);
        Files.delete(new RunFolder(path).metrics());
        assertThat(SmallRun.resume(path, "training.sequences=72")).isEqualTo(Outcome.BUDGET);
        List<String> all = SmallRun.metrics(unbroken);
        assertThat(SmallRun.metrics(path)).isEqualTo(all.subList(5, all.size()));
    }

    @Test
    void aRunAtItsEndStaysAsItIs() throws IOException {
        Path path = ended(72);
        byte[] last = Files.readAllBytes(new RunFolder(path).last());
        assertThat(SmallRun.resume(path)).isEqualTo(Outcome.BUDGET);
        assertThat(new RunFolder(path).last()).hasBinaryContent(last);
        assertUnbroken(path);
    }

    @Test
    void theSecondsBeforeTheStopCount() throws IOException {
        Path path = ended(36);
        Path metrics = new RunFolder(path).metrics();
        Files.writeString(metrics, Files.readString(metrics).replaceAll("\"seconds\":[0-9.E-]+}\\s*$", "\"seconds\":1000.5}\n"));
        try (Run run = Run.resume(path, set("training.sequences=72"), 1, KernelProvider.SIMD)) {
            assertThat(run.seconds()).isGreaterThan(1000.5);
            run.train();
        }
        assertThat(Files.readAllLines(metrics).getLast()).contains("\"seconds\":100");
    }

    @Test
    void aRunThatGoesOnHasASecondEventFile() {
        Path path = ended(36);
        SmallRun.resume(path, "training.sequences=72");
        assertThat(SmallRun.files(path)).filteredOn(file -> file.startsWith("events.out.tfevents.")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "seed=8, 'expected changes to the training only, got another task, machine or seed'",
        "machine.rows=17, 'expected changes to the training only, got another task, machine or seed'",
        "machine.type=ntm-ff, 'expected changes to the training only, got another task, machine or seed'",
        "task.width=4, 'expected changes to the training only, got another task, machine or seed'",
        "task.max_length=5, 'expected changes to the training only, got another task, machine or seed'",
        "training.optimiser=adam, 'expected the preset and the optimiser that the run began with, got another'",
        "preset=graves-2014, 'expected the preset and the optimiser that the run began with, got another'",
    })
    void anotherRunIsRefusedAndHarmsNothing(String change, String message) throws IOException {
        Path path = ended(18);
        List<String> files = SmallRun.files(path);
        String metrics = Files.readString(new RunFolder(path).metrics());
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SmallRun.resume(path, change))
                .withMessage("--resume " + path + ": " + message);
        assertThat(SmallRun.files(path)).isEqualTo(files);
        assertThat(new RunFolder(path).metrics()).content().isEqualTo(metrics);
    }

    @Test
    void aSettingThatIsNoneIsRefused() {
        Path path = ended(6);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SmallRun.resume(path, "training.sequence=72"))
                .withMessage("--set training.sequence: no such setting; did you mean training.sequences?");
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        for (Path path : List.of(folder.resolve("nowhere"), folder, Files.createFile(folder.resolve("file")))) {
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> SmallRun.resume(path))
                    .withMessage("--resume " + path + ": expected a run directory with checkpoints/last.safetensors, found none");
        }
    }

    private static void damage(Path file, String damage) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        byte[] damaged = switch (damage) {
            case "empty" -> new byte[0];
            case "header" -> Arrays.copyOf(sound, 100);
            case "values" -> Arrays.copyOf(sound, sound.length - 4);
            case "longer" -> Arrays.copyOf(sound, sound.length + 4);
            case "bit" -> {
                sound[sound.length - 100] ^= 1;
                yield sound;
            }
            default -> "this is no checkpoint".getBytes(StandardCharsets.UTF_8);
        };
        // A new file: the one that is there may have a second name.
        Files.delete(file);
        Files.write(file, damaged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "header", "values", "bit", "longer", "text", "gone"})
    void aDamagedLastCheckpointIsSkippedAndTheRunIsTheUnbrokenOne(String damage) throws IOException {
        Path path = ended(36);
        RunFolder files = new RunFolder(path);
        byte[] earlier = Files.readAllBytes(files.kept().get(1));
        if (damage.equals("gone")) {
            Files.delete(files.last());
        } else {
            damage(files.last(), damage);
        }
        List<String> notices = new ArrayList<>();
        try (Run run = Run.resume(path, set("training.sequences=72"), 1, KernelProvider.SIMD)) {
            run.onNotice(notices::add);
            assertThat(run.trainer().state().progress().sequences()).isEqualTo(18);
            run.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Finished) {
                    return;
                }
                assertThat(files.kept().get(1)).as("the sound one is not given up").hasBinaryContent(earlier);
                if (event instanceof TrainingEvent.Evaluated) {
                    run.trainer().stop();
                }
            });
            assertThat(run.train()).isEqualTo(Outcome.STOPPED);
        }
        assertThat(notices).singleElement().asString().hasLineCount(1)
                .contains(files.last().getFileName().toString())
                .endsWith("; going on from earlier-1.safetensors, after 18 sequences, which loses 18");
        assertThat(files.kept().get(1)).as("nor exchanged for the damaged one").hasBinaryContent(earlier);
        assertThat(SmallRun.resume(path)).isEqualTo(Outcome.BUDGET);
        assertThat(Model.load(files.last(), OptionalInt.empty()).tensors())
                .isEqualTo(Model.load(new RunFolder(unbroken).last(), OptionalInt.empty()).tensors());
        assertThat(SmallRun.metrics(path)).isEqualTo(SmallRun.metrics(unbroken));
    }

    @Test
    void ofSeveralDamagedCheckpointsEachIsSkipped() throws IOException {
        Path path = ended(54);
        RunFolder files = new RunFolder(path);
        damage(files.kept().get(0), "bit");
        damage(files.kept().get(1), "header");
        byte[] sound = Files.readAllBytes(files.kept().get(2));
        try (Run run = Run.resume(path, ConfigTree.EMPTY, 1, KernelProvider.SIMD)) {
            assertThat(run.trainer().state().progress().sequences()).isEqualTo(18);
            run.onNotice(line -> assertThat(line)
                    .contains("last.safetensors is damaged", "earlier-1.safetensors is damaged")
                    .endsWith("; going on from earlier-2.safetensors, after 18 sequences, which loses 36"));
            run.train();
        }
        assertThat(files.kept()).extracting(file -> Checkpoints.progress(KeptCheckpoints.load(file)).sequences())
                .containsExactly(54L, 36L, 18L);
        assertThat(files.kept().get(2)).hasBinaryContent(sound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "header", "values", "bit", "longer", "text"})
    void aRunWithoutASoundCheckpointIsRefusedInOneLineAndStaysAsItIs(String damage) throws IOException {
        Path path = ended(18);
        RunFolder files = new RunFolder(path);
        List<Path> kept = files.kept().stream().filter(Files::exists).toList();
        assertThat(kept).hasSize(2);
        for (Path file : kept) {
            damage(file, damage);
        }
        List<String> names = SmallRun.files(path);
        byte[] damaged = Files.readAllBytes(files.last());
        String metrics = Files.readString(files.metrics());
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SmallRun.resume(path, "training.sequences=72"))
                .withMessageContaining(files.last().toString())
                .withMessageEndingWith("; earlier-1.safetensors cannot be gone on from either")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
        assertThat(files.last()).hasBinaryContent(damaged);
        assertThat(files.metrics()).hasContent(metrics);
        assertThat(SmallRun.files(path)).isEqualTo(names);
    }

    @Test
    void whatAKilledProcessLeftOfItsFilesIsRemoved() throws IOException {
        Path path = ended(18);
        List<String> names = SmallRun.files(path);
        Files.write(path.resolve("checkpoints/.last.safetensors.17-4.ntm-tmp"), new byte[9]);
        Files.write(path.resolve(".metrics.jsonl.17-5.ntm-tmp"), new byte[9]);
        SmallRun.resume(path);
        assertThat(SmallRun.files(path)).filteredOn(file -> !file.startsWith("events.")).isSubsetOf(names);
    }

    @Test
    void aRunThatWasKilledBeforeItsFirstCheckpointBeginsAnew() throws IOException {
        Path path = folder.resolve("run");
        Files.createDirectories(path.resolve("checkpoints"));
        Files.write(path.resolve("checkpoints/.last.safetensors.17-4.ntm-tmp"), new byte[9]);
        Files.write(path.resolve("training.lock"), new byte[9]);
        SmallRun.train(path, config());
        assertUnbroken(path);
    }

    @Test
    void aCheckpointThatIsOnlyAMachineIsRefused() throws IOException {
        Path path = ended(18);
        Path last = new RunFolder(path).last();
        Safetensors stored = Safetensors.read(last);
        Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
        metadata.remove("progress");
        Files.delete(new RunFolder(path).kept().get(1));
        Safetensors.of(metadata, stored.tensors().values()).write(last);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SmallRun.resume(path))
                .withMessage(last + ": expected a checkpoint to go on from, found only a machine");
    }

    @Test
    void metricsThatAreDamagedInTheMiddleAreNamed() throws IOException {
        Path path = ended(36);
        Path metrics = new RunFolder(path).metrics();
        Files.writeString(metrics, "nonsense\n" + Files.readString(metrics));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> SmallRun.resume(path, "training.sequences=72"))
                .withMessageStartingWith(metrics + ": line 1: ");
    }
}
