package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A machine that another implementation trained to copy, and what it answered there. */
class PytorchNtmTest {
    private static final int BITS = 8;

    @TempDir
    private Path folder;

    /** A sequence to copy, and the probabilities that the other implementation gave. */
    private record Case(float[][] sequence, float[][] output) {
        int length() {
            return sequence.length;
        }

        int bitErrors(float[][] answer) {
            int errors = 0;
            for (int t = 0; t < length(); t++) {
                for (int j = 0; j < BITS; j++) {
                    if (answer[t][j] > 0.5 != sequence[t][j] > 0.5) {
                        errors++;
                    }
                }
            }
            return errors;
        }
    }

    /** Lies with the tests of the machines. */
    private static Path golden() {
        return Path.of("../machines/src/test/resources/golden/ntm-copy-trained.safetensors");
    }

    private static List<Case> cases() {
        try (InputStream in = PytorchNtmTest.class.getResourceAsStream("/golden/ntm-copy-trained.json")) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : JsonMapper.shared().readTree(in).get("cases")) {
                cases.add(new Case(vectors(node.get("sequence")), vectors(node.get("output"))));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[][] vectors(JsonNode steps) {
        float[][] vectors = new float[steps.size()][BITS];
        for (int t = 0; t < vectors.length; t++) {
            for (int j = 0; j < BITS; j++) {
                vectors[t][j] = steps.get(t).get(j).floatValue();
            }
        }
        return vectors;
    }

    /** The sequence with a channel more, the delimiter in it, and as many steps to answer in. */
    private static float[][] answer(Model model, KernelProvider provider, float[][] sequence) {
        Session session = new Session(model.machine(), 1, provider);
        float[] input = new float[BITS + 1];
        for (float[] vector : sequence) {
            System.arraycopy(vector, 0, input, 0, BITS);
            session.step(input, 0, 0);
        }
        float[] delimiter = new float[BITS + 1];
        delimiter[BITS] = 1;
        session.step(delimiter, 0, 0);
        float[][] answer = new float[sequence.length][BITS];
        for (float[] vector : answer) {
            session.step(new float[BITS + 1], 0, 0);
            session.probabilities(0, vector, 0);
        }
        return answer;
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void itAnswersAsItDidWhereItWasTrained(KernelProvider provider) {
        Model model = Model.load(golden(), OptionalInt.empty());
        assertThat(cases()).extracting(Case::length).containsExactly(7, 20, 60);
        for (Case example : cases()) {
            float[][] answer = answer(model, provider, example.sequence());
            assertThat(example.bitErrors(answer)).as("wrong bits at length %s", example.length()).isZero();
            float largest = 0;
            for (int t = 0; t < answer.length; t++) {
                for (int j = 0; j < BITS; j++) {
                    largest = Math.max(largest, Math.abs(answer[t][j] - example.output()[t][j]));
                }
            }
            assertThat(largest).as("largest difference at length %s", example.length()).isLessThanOrEqualTo(1e-4f);
        }
    }

    /** Rows repeat, so every place in the memory is there twice. What it was trained for it can still do. */
    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void itStillCopiesWithTwiceTheRows(KernelProvider provider) {
        Model model = Model.load(golden(), OptionalInt.of(256));
        assertThat(((NtmConfig) model.machineConfig()).memory().rows()).isEqualTo(256);
        for (Case example : cases()) {
            float[][] answer = answer(model, provider, example.sequence());
            assertThat(example.bitErrors(answer)).as("wrong bits at length %s", example.length()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 64, 128, 200, 256})
    void bothKernelsGiveTheSameBitsWithAnyNumberOfRows(int rows) {
        Model model = Model.load(golden(), OptionalInt.of(rows));
        for (Case example : cases()) {
            float[][] simd = answer(model, KernelProvider.SIMD, example.sequence());
            assertThat(simd).isDeepEqualTo(answer(model, KernelProvider.PORTABLE, example.sequence()));
            for (float[] vector : simd) {
                for (float probability : vector) {
                    assertThat(probability).isBetween(0f, 1f);
                }
            }
        }
    }

    @Test
    void itsFileIsRecognisedAndSaysNothingOfARun() {
        Model model = Model.load(golden(), OptionalInt.empty());
        assertThat(RunConfig.of(model)).isNull();
        assertThat(model.machine().inputs()).isEqualTo(BITS + 1);
        assertThat(model.machine().outputs()).isEqualTo(BITS);
        NtmConfig config = (NtmConfig) model.machineConfig();
        assertThat(config).isEqualTo(new Preset("pytorch-ntm").machine("ntm-lstm"));
    }

    private record Damage(String what, UnaryOperator<StoredTensor> change) {}

    private static StoredTensor resized(StoredTensor tensor, int axis, int size) {
        List<Integer> shape = new ArrayList<>(tensor.shape());
        shape.set(axis, size);
        int elements = shape.stream().reduce(1, (a, b) -> a * b);
        return new StoredTensor(tensor.name(), shape, Arrays.copyOf(tensor.data(), elements));
    }

    private static List<Damage> damages() {
        return List.of(
                new Damage("a longer first axis", tensor -> resized(tensor, 0, tensor.shape().getFirst() + 1)),
                new Damage("a shorter first axis", tensor -> resized(tensor, 0, tensor.shape().getFirst() - 1)),
                new Damage("an empty first axis", tensor -> resized(tensor, 0, 0)),
                new Damage("a longer last axis", tensor -> resized(tensor, tensor.shape().size() - 1, tensor.shape().getLast() + 1)),
                new Damage("a shorter last axis", tensor -> resized(tensor, tensor.shape().size() - 1, tensor.shape().getLast() - 1)),
                new Damage("an empty last axis", tensor -> resized(tensor, tensor.shape().size() - 1, 0)),
                new Damage("no axis", tensor -> new StoredTensor(tensor.name(), List.of(), new float[1])),
                new Damage("another name", tensor -> new StoredTensor("other", tensor.shape(), tensor.data())));
    }

    /** A memory of other rows, and a wider input, are other machines, not damage. */
    private static boolean isStillAMachine(String tensor, String damage) {
        return (tensor.equals("initial_memory") && damage.endsWith("r first axis"))
                || (tensor.equals("controller.lstm.weight_ih_l0") && damage.endsWith("r last axis"));
    }

    @Test
    void aTensorThatDoesNotFitIsNamedInOneLine() {
        Safetensors whole = Safetensors.read(golden());
        Path file = folder.resolve("damaged.safetensors");
        for (String name : whole.tensors().keySet()) {
            for (Damage damage : damages()) {
                SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>(whole.tensors());
                tensors.put(name, damage.change().apply(tensors.get(name)));
                Safetensors.of(Map.of(), tensors.values()).write(file);
                if (isStillAMachine(name, damage.what())) {
                    assertThat(Model.load(file, OptionalInt.empty()).machine()).isNotNull();
                    continue;
                }
                assertThatExceptionOfType(UserException.class)
                        .as("%s with %s", name, damage.what())
                        .isThrownBy(() -> Model.load(file, OptionalInt.empty()))
                        .satisfies(e -> assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n"));
            }
        }
    }
}
