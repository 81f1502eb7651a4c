package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Models of pytorch-ntm whose file does not say by which of its revisions they are to be read. */
class PytorchNtmReadingTest {
    private static final String FOLDER = "/golden/pytorch-ntm-relu/";

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    /** Lies with the tests of the machines. */
    private static Path model() {
        return Path.of("../machines/src/test/resources" + FOLDER + "model.safetensors");
    }

    private static float[][] vectors(String file, String key) {
        try (InputStream in = PytorchNtmReadingTest.class.getResourceAsStream(FOLDER + file)) {
            return JsonMapper.shared().treeToValue(JsonMapper.shared().readTree(in).get(key), float[][].class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answers(Model model, String expected) {
        float[][] outputs = vectors(expected, "output");
        for (KernelProvider provider : KernelProvider.values()) {
            Session session = new Session(model.machine(), 1, provider);
            float[][] inputs = vectors("input.jsonl", "input");
            for (int t = 0; t < inputs.length; t++) {
                session.step(inputs[t]);
                assertThat(session.probabilities()).as("%s, step %s", provider, t).containsExactly(outputs[t], within(2e-5f));
            }
        }
    }

    private Model load(Path file, Preset reading) {
        return Model.load(file, OptionalInt.empty(), reading == null ? null : reading.name(), notices::add);
    }

    @ParameterizedTest
    @CsvSource({
        ", expected-softplus.jsonl, pytorch-ntm, pytorch-ntm-relu",
        "pytorch-ntm, expected-softplus.jsonl, pytorch-ntm, pytorch-ntm-relu",
        "pytorch-ntm-relu, expected-relu.jsonl, pytorch-ntm-relu, pytorch-ntm-softplus-shift"
    })
    void itAnswersByItsReadingAndSaysWhichItTookAndWhichThereAre(Preset reading, String expected, String taken, String other) {
        answers(load(model(), reading), expected);
        assertThat(notices).singleElement().asString()
                .containsPattern("read as a model of [^;]*\\(--preset " + taken + "\\);").contains("(--preset " + other + ")").contains("74477a6");
    }

    @Test
    void aFileCanNameItsReading() {
        Path file = folder.resolve("named.safetensors");
        Safetensors.of(Map.of("preset", "pytorch-ntm-relu"), Safetensors.read(model()).tensors().values()).write(file);
        answers(Model.load(file), "expected-relu.jsonl");
        Safetensors.of(Map.of("preset", "relu"), Safetensors.read(model()).tensors().values()).write(file);
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> Model.load(file))
                .withMessage(file + " (preset): expected one of pytorch-ntm, pytorch-ntm-softplus-shift, pytorch-ntm-relu, found 'relu'");
    }

    @Test
    void theThirdReadingIsAnother() {
        Model shift = load(model(), new Preset("pytorch-ntm-softplus-shift"));
        Session session = new Session(shift.machine(), 1, KernelProvider.PORTABLE);
        for (float[] input : vectors("input.jsonl", "input")) {
            session.step(input);
        }
        float[][] usual = vectors("expected-softplus.jsonl", "output");
        assertThat(session.probabilities()[0]).isNotCloseTo(usual[usual.length - 1][0], within(1e-3f));
    }

    @Test
    void onlyReadingsOfPytorchNtmAreTaken() {
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> load(model(), new Preset("graves-2014")))
                .withMessageContaining("pytorch-ntm-relu").withMessageContaining("got graves-2014");
        assertThat(notices).isEmpty();
    }

    /** Its own checkpoints hold the functions as settings, so no reading is to be chosen again. */
    @Test
    void aMachineOfTheReluReadingKeepsItInItsOwnFile() {
        Model foreign = load(model(), new Preset("pytorch-ntm-relu"));
        RunConfig usual = RunConfig.resolve(ConfigTree.of(Map.of("task.name", "copy", "task.width", 3), "x"));
        RunConfig config = new RunConfig(new Preset("pytorch-ntm-relu"), 1, usual.task(), foreign.machineConfig(), usual.training());
        Path file = folder.resolve("own.safetensors");
        Checkpoints.withoutTraining(new Model(
                foreign.machine(), foreign.machineConfig(), ConfigTree.of(config.toMap(), "model"), foreign.file(), foreign.tensors(), new LinkedHashMap<>())).write(file);
        notices.clear();
        Model own = load(file, null);
        assertThat(own.machineConfig()).isEqualTo(foreign.machineConfig());
        assertThat(own.weightsSha256()).isEqualTo(foreign.weightsSha256());
        answers(own, "expected-relu.jsonl");
        assertThat(notices).isEmpty();
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> load(file, new Preset("pytorch-ntm")))
                .withMessage("--preset pytorch-ntm contradicts " + file + ", which has settings of its own");
    }
}
