package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTest {
    private static final OptionalInt SAME = OptionalInt.empty();

    @TempDir
    private Path folder;

    /** The last checkpoint of a short run. */
    private Path checkpoint(String... assignments) {
        return checkpointOf(folder.resolve("run"), assignments);
    }

    private static Path checkpointOf(Path run, String... assignments) {
        String[] all = Arrays.copyOf(assignments, assignments.length + 1);
        all[assignments.length] = "training.sequences=18";
        SmallRun.train(run, SmallRun.config(all));
        return new RunFolder(run).last();
    }

    private static void change(Path file, Consumer<Map<String, StoredTensor>> tensors, Consumer<Map<String, String>> metadata) {
        Safetensors stored = Safetensors.read(file);
        Map<String, StoredTensor> changed = new LinkedHashMap<>(stored.tensors());
        tensors.accept(changed);
        Map<String, String> texts = new LinkedHashMap<>(stored.metadata());
        metadata.accept(texts);
        Safetensors.of(texts, changed.values()).write(file);
    }

    private static void put(Map<String, StoredTensor> tensors, StoredTensor tensor) {
        tensors.put(tensor.name(), tensor);
    }

    private static void refused(Path file, OptionalInt rows, String message) {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> Model.load(file, rows)).withMessage(message);
    }

    @Test
    void aRunDirectoryStandsForItsBestCheckpointElseForItsLast() throws IOException {
        Path last = checkpoint();
        Path run = folder.resolve("run");
        Path best = new RunFolder(run).best();
        assertThat(Model.load(run, SAME).file()).isEqualTo(best);
        Files.delete(best);
        assertThat(Model.load(run, SAME).file()).isEqualTo(last);
        Files.delete(last);
        Path earlier = run.resolve("checkpoints/earlier-1.safetensors");
        assertThat(Model.load(run, SAME).file()).isEqualTo(earlier);
        Files.delete(earlier);
        refused(run, SAME, run + ": expected a run directory with checkpoints/last.safetensors, found none");
    }

    @Test
    void whoeverHearsOfItGetsTheNextCheckpointWhereTheBestIsDamaged() throws IOException {
        Path last = checkpoint();
        Path run = folder.resolve("run");
        Path best = new RunFolder(run).best();
        List<String> notices = new ArrayList<>();
        assertThat(Model.load(run, SAME, notices::add).file()).isEqualTo(best);
        assertThat(notices).isEmpty();
        Files.write(best, new byte[9]);
        refused(run, SAME, best + " is not a safetensors file; expected the length of a JSON header and the header");
        assertThat(Model.load(run, SAME, notices::add).file()).isEqualTo(last);
        assertThat(notices).containsExactly(best
                + " is not a safetensors file; expected the length of a JSON header and the header; took " + last + " instead");
        Files.delete(last);
        assertThat(Model.load(run, SAME, notices::add).file()).isEqualTo(run.resolve("checkpoints/earlier-1.safetensors"));
        Files.delete(run.resolve("checkpoints/earlier-1.safetensors"));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(run, SAME, notices::add))
                .withMessageStartingWith(best + " is not a safetensors file; ");
        assertThat(notices).hasSize(2);
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() {
        Path file = checkpoint();
        change(file, tensors -> tensors.remove("write_head_0.bias"), metadata -> {});
        refused(file, SAME, file + ": expected a tensor write_head_0.bias of shape [24], found none");
        change(file, tensors -> tensors.remove("output.weight"), metadata -> {});
        refused(file, SAME, file + ": expected a tensor output.weight with two axes, found none");
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() {
        Path file = checkpoint();
        change(file, tensors -> put(tensors, StoredTensor.of("output.bias", new float[4], 4)), metadata -> {});
        refused(file, SAME, file + ": tensor output.bias: expected shape [3], found [4]");
        change(file, tensors -> put(tensors, StoredTensor.of("output.bias", new float[3], 3, 1)), metadata -> {});
        refused(file, SAME, file + ": tensor output.bias: expected shape [3], found [3, 1]");
        change(file, tensors -> put(tensors, StoredTensor.of("output.weight", new float[18], 18)), metadata -> {});
        refused(file, SAME, file + ": expected a tensor output.weight with two axes, found [18]");
    }

    @Test
    void aMachineWithoutInputsOrOutputsIsRefused() {
        Path file = checkpoint();
        change(file, tensors -> put(tensors, StoredTensor.of("output.weight", new float[0], 0, 18)), metadata -> {});
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, SAME))
                .withMessage(file + ": tensor output.weight: expected at least 1 row, found 0");
        Path other = folder.resolve("other.safetensors");
        StoredTensor narrow = StoredTensor.of("controller.lstm_0.weight_input", new float[48 * 6], 48, 6);
        Safetensors.of(Map.of("config", "{}"), List.of(narrow, StoredTensor.of("output.weight", new float[1], 1, 1))).write(other);
        refused(other, SAME, other + ": tensor controller.lstm_0.weight_input: expected more than 20 columns, found 6");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aTensorThatIsNotFiniteIsNamed(float value) {
        Path file = checkpoint();
        change(file, tensors -> tensors.get("output.bias").data()[1] = value, metadata -> {});
        refused(file, SAME,
                file + ": tensor element 1 of tensor 'output.bias' is " + value + ": expected finite numbers, found NaN or infinity");
    }

    @Test
    void aFileWithoutSettingsIsNotAMachine() {
        Path file = checkpoint();
        change(file, tensors -> {}, metadata -> metadata.remove("config"));
        refused(file, SAME, file + ": expected a machine, found no `config` in its metadata; see docs/checkpoint-format.md");
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        Path file = checkpoint();
        UnaryOperator<String> rows = json -> json.replace("\"rows\":16", "\"rows\":-16");
        change(file, tensors -> {}, metadata -> metadata.compute("config", (key, json) -> rows.apply(json)));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, SAME))
                .withMessageStartingWith(file + " (config)")
                .withMessageContaining("machine.rows: expected ");
        change(file, tensors -> {}, metadata -> metadata.put("config", "{\"machine\":"));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Model.load(file, SAME))
                .withMessageStartingWith(file + " (config)");
    }

    @Test
    void settingsOfAnotherMachineThanTheTensorsAreFound() {
        Path file = checkpoint();
        UnaryOperator<String> larger = json -> json.replace("\"controller_size\":12", "\"controller_size\":13");
        change(file, tensors -> {}, metadata -> metadata.compute("config", (key, json) -> larger.apply(json)));
        refused(file, SAME, file + ": tensor controller.lstm_0.weight_input: expected shape [52, 10], found [48, 10]");
    }

    @Test
    void tensorsThatTheMachineDoesNotKnowAreIgnored() {
        Path file = checkpoint();
        String before = Model.load(file, SAME).weightsSha256();
        change(file, tensors -> put(tensors, StoredTensor.of("a_note", new float[2], 2)), metadata -> {});
        assertThat(Model.load(file, SAME).weightsSha256()).isEqualTo(before);
    }

    @Test
    void rowsAreOnlyForMachinesWithAMemory() {
        Path run = folder.resolve("lstm");
        SmallRun.train(run, RunConfig.resolve(SmallRun.set(
                "machine.type=lstm", "machine.controller_size=8", "machine.controller_layers=1", "training.sequences=4")));
        Path file = new RunFolder(run).last();
        assertThat(Model.load(file, SAME).machineConfig().name()).isEqualTo("lstm");
        refused(file, OptionalInt.of(32), "--rows: " + file + " is a machine without a memory (lstm)");
    }

    @Test
    void rowsBeyondReasonAreRefused() {
        Path file = checkpoint();
        refused(file, OptionalInt.of(0), "--rows: expected 1 to 16777216, got 0");
        refused(file, OptionalInt.of(-5), "--rows: expected 1 to 16777216, got -5");
        refused(file, OptionalInt.of((1 << 24) + 1), "--rows: expected 1 to 16777216, got 16777217");
        refused(file, OptionalInt.of(2), "machine.shift_range: expected at most 0 for machine.rows 2 (2 * range + 1 rows), got 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 15, 16, 17, 50})
    void aMachineRunsWithAnyNumberOfRows(int rows) {
        for (String weighting : List.of("learned", "first-row", "uniform")) {
            Path file =
                    checkpointOf(folder.resolve(weighting), "machine.initial_memory=learned", "machine.initial_weighting=" + weighting);
            Model model = Model.load(file, OptionalInt.of(rows));
            assertThat(((NtmConfig) model.machineConfig()).memory().rows()).isEqualTo(rows);
            Session session = new Session(model.machine(), 1, KernelProvider.SIMD);
            session.step(new float[] {1, 0, 1, 0}, 0, 4);
            session.step(new float[] {0, 0, 0, 1}, 0, 4);
            assertThat(session.logit(0, 2)).isFinite();
            float[] weights = session.value(session.names().get("write_head_0.weighting"), 0)[0];
            double sum = 0;
            for (float weight : weights) {
                sum += weight;
            }
            assertThat(weights).hasSize(rows);
            assertThat(sum).isBetween(0.9999, 1.0001);
        }
    }

    @Test
    void furtherRowsRepeatALearnedMemoryInTurn() {
        Path file = checkpoint("machine.initial_memory=learned");
        float[] learned = Safetensors.read(file).tensors().get("initial_memory").data();
        float[] more = memory(Model.load(file, OptionalInt.of(37)));
        for (int i = 0; i < more.length; i++) {
            assertThat(more[i]).as("cell %d", i).isEqualTo(learned[i % learned.length]);
        }
        float[] fewer = memory(Model.load(file, OptionalInt.of(5)));
        for (int i = 0; i < fewer.length; i++) {
            assertThat(fewer[i]).as("cell %d", i).isEqualTo(learned[i]);
        }
    }

    private static float[] memory(Model model) {
        return read(model, "initial_memory");
    }

    private static float[] read(Model model, String name) {
        var entry = model.machine().parameters().entries().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
        return entry.read(model.machine().parameters().values());
    }

    @Test
    void furtherRowsHaveNoWeightInALearnedWeighting() {
        Path file = checkpoint("machine.initial_weighting=learned", "machine.write_heads=2");
        float[] learned = Safetensors.read(file).tensors().get("initial_write_weighting").data();
        float[] more = read(Model.load(file, OptionalInt.of(20)), "initial_write_weighting");
        for (int head = 0; head < 2; head++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int row = 0; row < 16; row++) {
                assertThat(more[head * 20 + row]).isEqualTo(learned[head * 16 + row]);
                largest = Math.max(largest, learned[head * 16 + row]);
            }
            for (int row = 16; row < 20; row++) {
                assertThat(more[head * 20 + row]).isEqualTo(largest - 30);
            }
        }
    }

    @Test
    void withoutAnotherNumberOfRowsAMemoryOfAnotherSizeIsAWrongShape() {
        Path file = checkpoint("machine.initial_memory=learned", "machine.initial_weighting=learned");
        change(file, tensors -> put(tensors, StoredTensor.of("initial_memory", new float[8 * 6], 8, 6)), metadata -> {});
        refused(file, SAME, file + ": tensor initial_memory: expected shape [16, 6], found [8, 6]");
        assertThat(memory(Model.load(file, OptionalInt.of(32)))).hasSize(32 * 6);
    }

    @Test
    void aMemoryOrWeightingWithoutRowsIsRefused() throws IOException {
        Path file = checkpoint("machine.initial_memory=learned", "machine.initial_weighting=learned");
        byte[] sound = Files.readAllBytes(file);
        change(file, tensors -> put(tensors, StoredTensor.of("initial_memory", new float[0], 0, 6)), metadata -> {});
        refused(file, OptionalInt.of(32), file + ": tensor initial_memory: expected shape [32, 6], found [0, 6]");
        Files.write(file, sound);
        change(file, tensors -> put(tensors, StoredTensor.of("initial_read_weighting", new float[0], 1, 0)), metadata -> {});
        refused(file, OptionalInt.of(32), file + ": tensor initial_read_weighting: expected shape [1, 32], found [1, 0]");
    }

    @Test
    void aMissingFileAndAFolderThatIsNoRunAreNamed() {
        Path missing = folder.resolve("nowhere.safetensors");
        refused(missing, SAME, "cannot read " + missing + ": there is no such file");
        refused(folder, SAME, folder + ": expected a run directory with checkpoints/last.safetensors, found none");
    }
}
