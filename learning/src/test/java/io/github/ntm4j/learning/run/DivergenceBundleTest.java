package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.NonFinite;
import io.github.ntm4j.learning.training.Replay;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that diverged leaves is whole, and shows the fault again. */
final class DivergenceBundleTest {
    /** Without a bounded function anywhere a step multiplies what the one before left. */
    private static final String[] WILD = {
        "machine.type=ntm-ff", "machine.controller_activation=none", "machine.add_activation=none", "machine.key_activation=none",
        "machine.parameter_clip=0", "machine.output_clip=0", "machine.controller_layers=16", "training.learning_rate=10", "training.clip=none",
        "training.sequences=3000", "training.rollbacks=1"
    };

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path diverged;

    @BeforeAll
    static void diverge() {
        diverged = shared.resolve("run");
        assertThat(SmallRun.train(diverged, SmallRun.config(WILD))).isEqualTo(Outcome.DIVERGED);
    }

    private Path copy() {
        Path path = folder.resolve("run");
        SmallRun.copy(diverged, path);
        return path;
    }

    @Test
    void theRunSaysThatItWentBackOnceAndThenDiverged() {
        List<String> metrics = SmallRun.metrics(diverged);
        assertThat(metrics).filteredOn(line -> line.contains("\"kind\":\"rollback\"")).singleElement().asString()
                .matches("\\{\"kind\":\"rollback\",\"sequences\":\\d+,\"good_sequences\":\\d+,\"rate_factor\":0.5}");
        assertThat(metrics.getLast()).contains("\"outcome\":\"diverged\"");
        assertThat(MetricsReader.all(new RunFolder(diverged).metrics()))
                .filteredOn(read -> read.line() instanceof MetricsLine.RolledBack back && back.rateFactor() == 0.5)
                .hasSize(1);
        assertThat(diverged.resolve("diverged")).isDirectoryContaining("glob:**checkpoint.safetensors");
        assertThat(SmallRun.files(diverged.resolve("diverged"))).containsExactly("batch.jsonl", "checkpoint.safetensors", "divergence.json");
    }

    /** Before and after every fault a checkpoint has the good state, beside its own or as its own. */
    @Test
    void aRunThatIsStoppedAnywhereDivergesAtTheSameUpdate() {
        long end = Checkpoints.progress(Model.load(new RunFolder(diverged).last(), OptionalInt.empty())).sequences();
        Model last = Model.load(new RunFolder(diverged).last(), OptionalInt.empty());
        boolean apart = false;
        for (long sequences = end - 6; sequences > 0; sequences -= 24) {
            Path path = folder.resolve("run " + sequences);
            List<String> changed = Stream.concat(Stream.of(WILD).filter(s -> !s.startsWith("training.sequences")), Stream.of("training.sequences=" + sequences))
                    .toList();
            SmallRun.train(path, SmallRun.config(changed.toArray(String[]::new)));
            apart |= Model.load(new RunFolder(path).last(), OptionalInt.empty()).tensors().containsKey("good/optimiser.steps/output.bias");
            assertThat(SmallRun.resume(path, "training.sequences=3000")).isEqualTo(Outcome.DIVERGED);
            assertThat(SmallRun.metrics(path)).isEqualTo(SmallRun.metrics(diverged));
            assertThat(Model.load(new RunFolder(path).last(), OptionalInt.empty()).tensors()).isEqualTo(last.tensors());
            assertThat(path.resolve("diverged/batch.jsonl")).hasSameTextualContentAs(diverged.resolve("diverged/batch.jsonl"));
        }
        assertThat(apart).isTrue();
    }

    @Test
    void aReplayFindsTheSameFaultWithAnyThreadsAndKernels() {
        DivergenceBundle bundle = DivergenceBundle.read(diverged);
        assertThat(bundle.batch()).hasSize(6);
        assertThat(bundle.cause().seed()).isEqualTo(7);
        assertThat(bundle.cause().sequences()).isEqualTo(Checkpoints.progress(bundle.model()).sequences() - 6);
        assertThat(bundle.cause().update()).isEqualTo(bundle.cause().sequences() / 6 + 1);
        Optional<Replay.Finding> one = bundle.replay(1, KernelProvider.SIMD);
        assertThat(one).isPresent();
        assertThat(one.get().what()).isEqualTo(bundle.cause().notFinite());
        assertThat(DivergenceBundle.read(diverged.resolve("diverged")).replay(2, KernelProvider.PORTABLE)).isEqualTo(one);
    }

    @Test
    void whatIsLeftIsTheLastCheckpointAndItIsFinite() {
        Model bundle = DivergenceBundle.read(diverged).model();
        Model last = Model.load(new RunFolder(diverged).last(), OptionalInt.empty());
        assertThat(bundle.weightsSha256()).isEqualTo(last.weightsSha256());
        assertThat(bundle.tensors()).isEqualTo(last.tensors());
    }

    @Test
    void aSoundBatchInItsPlaceIsAReplayWithoutAFault() throws IOException {
        Path path = copy();
        Path other = folder.resolve("other");
        SmallRun.train(other, SmallRun.config());
        Files.copy(new RunFolder(other).last(), path.resolve("diverged/checkpoint.safetensors"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(DivergenceBundle.read(path).replay(1, KernelProvider.SIMD)).isEmpty();
    }

    @Test
    void aRunThatGoesOnHasNoBundleUntilItDivergesAgain() {
        Path path = copy();
        try (Run run = Run.resume(path, SmallRun.set("training.learning_rate=1e-9"), 1, KernelProvider.SIMD)) {
            run.trainer().stop();
            assertThat(run.train()).isEqualTo(Outcome.STOPPED);
        }
        assertThat(path.resolve("diverged")).doesNotExist();
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DivergenceBundle.read(path))
                .withMessage(path + ": expected a run that diverged, with diverged/divergence.json, found none");
    }

    @Test
    void aBundleInTheMakingIsRemoved() throws IOException {
        Path path = copy();
        Path draft = Files.createDirectory(path.resolve(".diverged-in-the-making"));
        Files.writeString(draft.resolve("batch.jsonl"), "{");
        DivergenceBundle.remove(new RunFolder(path));
        assertThat(draft).doesNotExist();
        assertThat(path.resolve("diverged")).doesNotExist();
    }

    @Test
    void everyFloatOfABatchComesBackWhateverItIs() throws IOException {
        Sequence sequence = new Sequence(2, 1);
        sequence.clear(3);
        float[] inputs = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.1f, Float.MIN_VALUE, -Float.MAX_VALUE};
        System.arraycopy(inputs, 0, sequence.input(), 0, 6);
        sequence.target(1, 0, 1);
        sequence.mask()[2] = 1e38f;
        Path file = folder.resolve("batch.jsonl");
        BatchFile.write(file, List.of(sequence, sequence));
        List<Sequence> read = BatchFile.read(file, 2, 1);
        assertThat(read).hasSize(2).allSatisfy(s -> {
            assertThat(Arrays.copyOf(s.input(), 6)).containsExactly(inputs);
            assertThat(Arrays.copyOf(s.target(), 3)).containsExactly(0, 1, 0);
            assertThat(Arrays.copyOf(s.mask(), 3)).containsExactly(0, 1, 1e38f);
        });
        assertThat(Files.readAllLines(file)).first().isEqualTo(
                "{\"input\": [[\"NaN\", \"Infinity\"], [\"-Infinity\", 0.1], [1.4E-45, -3.4028235E38]], \"target\": [[0], [1], [0]], \"mask\": [0, 1, 1.0E38]}");
    }

    @Test
    void aBatchThatIsNoneIsRefused() throws IOException {
        Path file = folder.resolve("batch.jsonl");
        String[][] bad = {
            {"", ": expected a sequence a line, found none"},
            {"{}", ", line 1: expected input, target and mask of some steps, found no input"},
            {"{\"input\": [[1, 2]]}", ", line 1: target: expected an array of 1, one for each step of the input, found none"},
            {"{\"input\": [[1]]}", ", line 1: input, step 1: expected 2 numbers, found an array of 1"},
            {"{\"input\": [[1, \"two\"]]}", ", line 1: input: expected a number, found '\"two\"'"},
        };
        for (String[] one : bad) {
            Files.writeString(file, one[0]);
            assertThatExceptionOfType(UserException.class).isThrownBy(() -> BatchFile.read(file, 2, 1)).withMessage(file + one[1]);
        }
    }

    @Test
    void anotherCauseThanThoseThereAreIsRefused() throws IOException {
        Path path = copy();
        Files.writeString(path.resolve("diverged/divergence.json"), "{\"not_finite\": \"weather\", \"update\": 1, \"sequences\": 0, \"seed\": 7}");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> DivergenceBundle.read(path))
                .withMessageContaining("not_finite")
                .withMessageContaining(NonFinite.LOSS.name().toLowerCase(Locale.ROOT));
    }
}
