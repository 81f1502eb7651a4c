package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.MachineFile;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters in files that do not say whose they are. */
final class MachineFileTest {
    @TempDir
    private Path folder;

    private static Machine machine(long seed, String... assignments) {
        Machine machine = SmallRun.config(assignments).machine().build(4, 3);
        machine.initialise(seed);
        return machine;
    }

    private Path file(Machine machine) {
        Path file = folder.resolve("machine.safetensors");
        MachineFile.write(file, machine);
        return file;
    }

    private static void refused(Path file, Machine machine, String... parts) {
        float[] before = machine.parameters().values().clone();
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> MachineFile.read(file, machine)).withMessageContainingAll(parts);
        assertThat(machine.parameters().values()).as("untouched").isEqualTo(before);
    }

    @Test
    void parametersComeBackToTheBit() {
        Machine written = machine(1);
        Machine read = machine(2);
        MachineFile.read(file(written), read);
        assertThat(read.parameters().values()).isEqualTo(written.parameters().values());
    }

    @Test
    void aCheckpointIsAFileOfParametersToo() {
        SmallRun.train(folder.resolve("run"), SmallRun.config("training.sequences=18"));
        Model model = Model.load(folder.resolve("run"));
        Machine read = machine(2);
        MachineFile.read(model.file(), read);
        assertThat(read.parameters().sha256()).isEqualTo(model.weightsSha256());
    }

    @Test
    void parametersOfAnotherMachineAreRefused() {
        Path file = file(machine(1));
        refused(file, machine(1, "machine.width=7"), file.toString(), "expected shape");
        refused(file, machine(1, "machine.read_heads=2"), file.toString(), "expected");
        LstmConfig lstm = new LstmConfig(LstmConfig.Type.LSTM, 3, 1, InitialVector.ZERO, 1, Initialisation.FAN_IN);
        refused(file, lstm.build(4, 3), file.toString(), "expected");
    }

    @Test
    void parametersWithAnotherHashAreRefused() {
        Path file = file(machine(1));
        Map<String, String> texts = new LinkedHashMap<>(Safetensors.read(file).metadata());
        texts.put("weights_sha256", "0".repeat(64));
        Safetensors.of(texts, Safetensors.read(file).tensors().values()).write(file);
        refused(file, machine(2), file.toString(), "SHA-256");
    }

    @Test
    void whatIsNotFiniteIsNeitherWrittenNorRead() {
        Machine broken = machine(1);
        broken.parameters().entries().getFirst().write(nan(broken), broken.parameters().values());
        assertThatExceptionOfType(RunFailedException.class).isThrownBy(() -> file(broken)).withMessageContaining("NaN");
        Path file = folder.resolve("nan.safetensors");
        Safetensors.of(Map.of(), Weights.store(broken.parameters(), broken.parameters().values(), "")).write(file);
        refused(file, machine(2), "NaN");
    }

    private static float[] nan(Machine machine) {
        float[] elements = new float[machine.parameters().entries().getFirst().elements()];
        elements[0] = Float.NaN;
        return elements;
    }

    @Test
    void aMachineThatIsSharedTakesNoOtherParameters() {
        Machine machine = machine(1);
        Path file = file(machine);
        machine.parameters().seal();
        assertThatIllegalStateException().isThrownBy(() -> MachineFile.read(file, machine)).withMessageContaining("sealed");
    }

    @Test
    void aModelIsNotLoadedFromParametersAlone() {
        Path file = file(machine(1));
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> Model.load(file)).withMessageContaining("found no `config`");
    }
}
