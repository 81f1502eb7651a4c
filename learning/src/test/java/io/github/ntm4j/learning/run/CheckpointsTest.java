package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Plateau;
import io.github.ntm4j.learning.training.Progress;
import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.Rollbacks;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingState;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.Provenance;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointsTest {
    @TempDir
    private Path folder;

    /** A trainer that has made a few updates, and its machine. */
    private record Trained(Machine machine, Trainer trainer, RunConfig config) implements AutoCloseable {
        static Trained of(RunConfig config) {
            Task task = config.task().create();
            Machine machine = config.machine().build(task.inputs(), task.outputs());
            machine.initialise(config.seed());
            Trainer trainer = new Trainer(machine, task, config.training(), config.seed(), 1, KernelProvider.SIMD);
            trainer.run();
            return new Trained(machine, trainer, config);
        }

        void write(Path file) {
            Checkpoints.write(file, config, machine, trainer.state());
        }

        @Override
        public void close() {
            trainer.close();
        }
    }

    private static String[] with(String rule, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("training.optimiser=" + rule);
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "adam"})
    void aCheckpointHoldsTheWholeStateOfATraining(String rule) {
        Path file = folder.resolve("a.safetensors");
        RunConfig config = SmallRun.config(with(rule, "machine.initial_memory=learned", "machine.initial_weighting=learned"));
        try (Trained trained = Trained.of(config)) {
            trained.write(file);
            Model model = Model.load(file, OptionalInt.empty());
            assertThat(RunConfig.of(model)).isEqualTo(config);
            assertThat(model.machine().parameters().values()).isEqualTo(trained.machine().parameters().values());
            assertThat(Checkpoints.progress(model)).isEqualTo(trained.trainer().state().progress());
            try (Trainer fresh = new Trainer(
                    model.copy(), config.task().create(), config.training(), config.seed(), 1, KernelProvider.SIMD)) {
                Checkpoints.restore(model, fresh);
                TrainingState restored = fresh.state();
                assertThat(restored.progress()).isEqualTo(trained.trainer().state().progress());
                assertThat(restored.moments()).containsOnlyKeys(trained.trainer().state().moments().keySet());
                restored.moments().forEach((name, moment) ->
                        assertThat(moment).as(name).isEqualTo(trained.trainer().state().moments().get(name)));
            }
        }
    }

    @Test
    void theSameStateAlwaysGivesTheSameBytes() throws IOException {
        try (Trained one = Trained.of(SmallRun.config());
                Trained other = Trained.of(SmallRun.config())) {
            one.write(folder.resolve("a"));
            other.write(folder.resolve("b"));
        }
        assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
        assertThat(Files.size(folder.resolve("a"))).isLessThan(200_000);
    }

    @Test
    void whatHasNeverImprovedCanBeStoredToo() {
        Path file = folder.resolve("a.safetensors");
        RunConfig config = SmallRun.config("training.sequences=6");
        try (Trained trained = Trained.of(config)) {
            assertThat(trained.trainer().state().progress().bestBits()).isEqualTo(Double.MAX_VALUE);
            trained.write(file);
            assertThat(Checkpoints.progress(Model.load(file, OptionalInt.empty()))).isEqualTo(trained.trainer().state().progress());
        }
    }

    @Test
    void theHashOfTheWeightsIsThatOfTheirNamesAndLittleEndianElements() throws NoSuchAlgorithmException {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors stored = Safetensors.read(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (StoredTensor tensor : stored.tensors().values()) {
            if (!tensor.name().startsWith("optimiser.")) {
                bytes.writeBytes(tensor.name().getBytes(StandardCharsets.UTF_8));
                bytes.write(0);
                ByteBuffer elements = ByteBuffer.allocate(4 * tensor.data().length).order(ByteOrder.LITTLE_ENDIAN);
                for (float element : tensor.data()) {
                    elements.putFloat(element);
                }
                bytes.writeBytes(elements.array());
            }
        }
        String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        Model model = Model.load(file, OptionalInt.empty());
        assertThat(stored.metadata()).containsEntry("weights_sha256", expected).containsEntry("format", "ntm4j/1");
        assertThat(model.weightsSha256()).isEqualTo(expected).isEqualTo(Checkpoints.weightsSha256(model.machine()));
        Checkpoints.verify(model);
    }

    @Test
    void weightsThatAreNotThoseOfTheirHashAreFound() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors stored = Safetensors.read(file);
        stored.tensors().get("output.bias").data()[0] += 1;
        Safetensors.of(stored.metadata(), stored.tensors().values()).write(file);
        Model model = Model.load(file, OptionalInt.empty());
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Checkpoints.verify(model))
                .withMessage(file + ": expected parameters with the SHA-256 " + stored.metadata().get("weights_sha256") + ", found "
                        + model.weightsSha256());
    }

    @Test
    void aMachineWithoutProgressCannotGoOn() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
            Safetensors stored = Safetensors.read(file);
            SequencedMap<String, String> metadata = new LinkedHashMap<>(stored.metadata());
            metadata.remove("progress");
            Safetensors.of(metadata, stored.tensors().values()).write(file);
            Model model = Model.load(file, OptionalInt.empty());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> Checkpoints.restore(model, trained.trainer()))
                    .withMessage(file + ": expected a checkpoint to go on from, found only a machine");
        }
    }

    @Test
    void progressThatIsDamagedIsRefusedInOneLine() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors stored = Safetensors.read(file);
        String misspelt = stored.metadata().get("progress").replace("\"updates\"", "\"update\"");
        for (String progress : List.of("", "{", "[]", "{}", "{\"sequences\": \"many\"}", misspelt)) {
            SequencedMap<String, String> metadata = new LinkedHashMap<>(stored.metadata());
            metadata.put("progress", progress);
            Safetensors.of(metadata, stored.tensors().values()).write(file);
            Model model = Model.load(file, OptionalInt.empty());
            assertThatExceptionOfType(UserException.class)
                    .as(progress)
                    .isThrownBy(() -> Checkpoints.progress(model))
                    .withMessageStartingWith(file + " (progress)");
        }
    }

    @Test
    void aMissingMomentIsNamed() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
            Safetensors stored = Safetensors.read(file);
            Map<String, StoredTensor> tensors = new LinkedHashMap<>(stored.tensors());
            assertThat(tensors.remove("optimiser.steps/output.bias")).isNotNull();
            Safetensors.of(stored.metadata(), tensors.values()).write(file);
            Model model = Model.load(file, OptionalInt.empty());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> Checkpoints.restore(model, trained.trainer()))
                    .withMessage(file + ": expected a tensor optimiser.steps/output.bias of shape [3], found none");
        }
    }

    @Test
    void whatIsNotFiniteIsNeverWrittenAndTheOldFileStays() throws IOException {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
            byte[] before = Files.readAllBytes(file);
            trained.trainer().state().moments().get("squares")[Rows.FIRST] = Float.NaN;
            assertThatExceptionOfType(RunFailedException.class)
                    .isThrownBy(() -> trained.write(file))
                    .withMessageStartingWith("cannot write a checkpoint: there is NaN or infinity in element 0 of tensor 'optimiser.squares/")
                    .withMessageEndingWith("; the one before is kept");
            assertThat(file).hasBinaryContent(before);
            assertThat(SmallRun.files(folder)).containsExactly("a.safetensors");
        }
    }

    @Test
    void progressComesBackToTheBit() {
        Progress progress =
                new Progress(
                        1L << 50, 3, 2, 1, 4, 1, 1L << 49, 1e-300, 1 / 3.0, 5, 6, 7, 0.1 + 0.2, 8, Math.nextUp(1.0), 9,
                        new Plateau(2 / 3.0, 5 / 7.0, 1L << 48, 12, true), new Relapses(1L << 47, 20, 3, 1, 4.7, 1 / 7.0),
                        new Rollbacks(2, 0.25, 1L << 50, 1, 2), true);
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.trainer().restore(progress);
            trained.write(file);
        }
        assertThat(Checkpoints.progress(Model.load(file, OptionalInt.empty()))).isEqualTo(progress);
        Map<String, String> texts = Model.load(file, OptionalInt.empty()).metadata();
        assertThat(texts).containsKeys("format", "config", "progress", "provenance", "weights_sha256");
        assertThat(Yaml.parse(texts.get("provenance"), "provenance").keys()).containsExactly("ntm4j", "git");
    }

    private Path export(Path file) {
        Path target = folder.resolve("exported.safetensors");
        Checkpoints.withoutTraining(Model.load(file, OptionalInt.empty())).write(target);
        return target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rmsprop", "adam"})
    void withoutTrainingTheSameMachineIsLeftAndNothingElse(String rule) throws IOException {
        Path file = folder.resolve("a.safetensors");
        RunConfig config = SmallRun.config(with(rule, "machine.initial_memory=learned", "machine.initial_weighting=learned"));
        try (Trained trained = Trained.of(config)) {
            trained.write(file);
        }
        Model whole = Model.load(file, OptionalInt.empty());
        Model left = Model.load(export(file), OptionalInt.empty());
        assertThat(RunConfig.of(left)).isEqualTo(config);
        assertThat(left.weightsSha256()).isEqualTo(whole.weightsSha256());
        Checkpoints.verify(left);
        assertThat(left.tensors().keySet())
                .containsExactlyElementsOf(whole.tensors().keySet().stream().filter(name -> !name.startsWith("optimiser.")).toList());
        assertThat(left.metadata().keySet()).containsExactly("format", "config", "trained_sequences", "provenance", "weights_sha256");
        assertThat(left.metadata()).containsEntry("trained_sequences", "72").containsEntry("provenance", whole.metadata().get("provenance"));
        assertThat(Checkpoints.trainedSequences(left)).isEqualTo(Checkpoints.trainedSequences(whole)).hasValue(72);
        assertThat(Checkpoints.provenance(left)).contains(Provenance.here());
        byte[] once = Files.readAllBytes(left.file());
        assertThat(export(left.file())).hasBinaryContent(once);
    }

    @Test
    void withoutTrainingNothingCanGoOn() throws IOException {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
            Model left = Model.load(export(file), OptionalInt.empty());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> Checkpoints.restore(left, trained.trainer()))
                    .withMessage(left.file() + ": expected a checkpoint to go on from, found only a machine");
            Path run = folder.resolve("run");
            Files.createDirectories(new RunFolder(run).checkpoints());
            Files.copy(left.file(), new RunFolder(run).last());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> SmallRun.resume(run))
                    .withMessage(new RunFolder(run).last() + ": expected a checkpoint to go on from, found only a machine");
            assertThat(SmallRun.files(run)).containsExactly("checkpoints/last.safetensors");
        }
    }

    @Test
    void whatDoesNotHoldWhatItClaimsIsNotLeftWithoutTraining() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors stored = Safetensors.read(file);
        SequencedMap<String, String> metadata = new LinkedHashMap<>(stored.metadata());
        metadata.put("weights_sha256", "0".repeat(64));
        Safetensors.of(metadata, stored.tensors().values()).write(file);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> export(file))
                .withMessageStartingWith(file + ": expected parameters with the SHA-256 0000");
        Model wider = Model.load(file, OptionalInt.of(64));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checkpoints.withoutTraining(wider))
                .withMessageContaining("other rows");
    }

    @Test
    void sequencesThatAreNoNumberAreRefused() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors left = Safetensors.read(export(file));
        for (String count : List.of("many", "-1", "", "1e3")) {
            SequencedMap<String, String> metadata = new LinkedHashMap<>(left.metadata());
            metadata.put("trained_sequences", count);
            Safetensors.of(metadata, left.tensors().values()).write(file);
            Model model = Model.load(file, OptionalInt.empty());
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> Checkpoints.trainedSequences(model))
                    .withMessage(file + " (trained_sequences): expected a whole number, found '" + count + "'");
        }
    }

    @Test
    void progressOfBeforePlateausAndRelapsesWereKeptIsRead() {
        Path file = folder.resolve("a.safetensors");
        try (Trained trained = Trained.of(SmallRun.config())) {
            trained.write(file);
        }
        Safetensors stored = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
        String older = metadata.get("progress").replaceFirst(",\"plateau\":\\{.*", "}");
        assertThat(older).doesNotContain("relapses").contains("\"stretch_clipped\":");
        metadata.put("progress", older);
        Safetensors.of(metadata, stored.tensors().values()).write(file);
        Progress progress = Checkpoints.progress(Model.load(file, OptionalInt.empty()));
        assertThat(progress.plateau()).isEqualTo(Plateau.NONE);
        assertThat(progress.relapses()).isEqualTo(Relapses.NONE);
    }
}
