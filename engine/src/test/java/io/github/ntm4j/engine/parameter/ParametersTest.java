package io.github.ntm4j.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.Rows;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ParametersTest {
    private final Parameters parameters = new Parameters();

    @Test
    void entriesStandInTheOrderOfTheirDeclarationWithTheirShapes() {
        declareAll();
        assertThat(parameters.entries()).extracting(Entry::name).containsExactly("gates.x", "gates.h", "gates.bias", "memory", "rows");
        assertThat(parameters.entries())
                .extracting(Entry::shape)
                .containsExactly(List.of(20, 3), List.of(20, 4), List.of(20), List.of(2, 17), List.of(17, 2));
        assertThat(parameters.elements()).isEqualTo(20 * 3 + 20 * 4 + 20 + 2 * 17 + 17 * 2);
        assertThat(parameters.size()).isGreaterThan(parameters.elements());
    }

    @Test
    void whatIsWrittenIsReadBackAndNothingElseChanges() {
        declareAll();
        float next = 1;
        List<float[]> written = new ArrayList<>();
        for (Entry entry : parameters.entries()) {
            float[] elements = new float[entry.elements()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = next++;
            }
            entry.write(elements, parameters.values());
            written.add(elements);
        }
        for (int i = 0; i < written.size(); i++) {
            assertThat(parameters.entries().get(i).read(parameters.values())).isEqualTo(written.get(i));
        }
        int used = 0;
        for (float value : parameters.values()) {
            used += value != 0 ? 1 : 0;
        }
        assertThat(used).isEqualTo(parameters.elements());
    }

    @Test
    void rowsOfAnEntryAreOutputsAndColumnsInputs() {
        Matrix matrix = parameters.addMatrix("map", 5, 2, 3);
        parameters.declareWeights("part", matrix, 2, 5, 1, 6);
        parameters.declareBias("bias", matrix, 4, 6);
        for (int input = 0; input <= 5; input++) {
            for (int output = 0; output < 6; output++) {
                parameters.values()[matrix.at(input, output)] = 10 * output + input;
            }
        }
        Entry part = parameters.entries().getFirst();
        assertThat(part.shape()).containsExactly(5, 3);
        assertThat(part.read(parameters.values()))
                .containsExactly(12, 13, 14, 22, 23, 24, 32, 33, 34, 42, 43, 44, 52, 53, 54);
        assertThat(parameters.entries().getLast().read(parameters.values())).containsExactly(45, 55);
    }

    @Test
    void aGridIsSeenAsItLiesOrTransposed() {
        Grid grid = parameters.addGrid("grid", 2, 3, true);
        parameters.declareGrid(grid, false);
        parameters.declareGrid(grid, true);
        for (int line = 0; line < 2; line++) {
            for (int i = 0; i < 3; i++) {
                parameters.values()[grid.at(line) + i] = 10 * line + i;
            }
        }
        assertThat(parameters.entries().getFirst().shape()).containsExactly(2, 3);
        assertThat(parameters.entries().getFirst().read(parameters.values())).containsExactly(0, 1, 2, 10, 11, 12);
        assertThat(parameters.entries().getLast().shape()).containsExactly(3, 2);
        assertThat(parameters.entries().getLast().read(parameters.values())).containsExactly(0, 10, 1, 11, 2, 12);
    }

    @Test
    void anotherNumberOfElementsIsRefused() {
        parameters.declareGrid(parameters.addGrid("grid", 2, 3, true), false);
        Entry entry = parameters.entries().getFirst();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.write(new float[5], parameters.values()))
                .withMessage("grid: expected 6 elements, got 5");
    }

    @Test
    void addingAParameterKeepsTheValuesOfTheOthers() {
        Grid first = parameters.addGrid("first", 1, 3, true);
        Arrays.fill(parameters.values(), first.at(), first.at() + 3, 7f);
        parameters.addMatrix("second", 5, 1, 3);
        assertThat(Arrays.copyOfRange(parameters.values(), first.at(), first.at() + 3)).containsOnly(7f);
    }

    @Test
    void parametersFollowOneAnotherInWholeBlocks() {
        for (int size : new int[] {1, 15, 17}) {
            assertThat((parameters.addGrid("grid", 3, size, true).at() - Rows.FIRST) % 16).isZero();
            assertThat((parameters.addMatrix("matrix", size, 1, size).at() - Rows.FIRST) % 16).isZero();
        }
        assertThat((parameters.size() - Rows.FIRST) % 16).isZero();
    }

    @Test
    void anEntryCanHaveTheOutputsOfAMatrixInAnyOrder() {
        Matrix matrix = parameters.addMatrix("matrix", 2, 1, 20);
        parameters.declareWeights("weights", matrix, 0, 2, new int[] {17, 3});
        parameters.declareBias("bias", matrix, new int[] {17, 3});
        parameters.entries().get(0).write(new float[] {1, 2, 3, 4}, parameters.values());
        parameters.entries().get(1).write(new float[] {5, 6}, parameters.values());
        assertThat(parameters.values()[matrix.at(0, 17)]).isEqualTo(1);
        assertThat(parameters.values()[matrix.at(1, 17)]).isEqualTo(2);
        assertThat(parameters.values()[matrix.at(1, 3)]).isEqualTo(4);
        assertThat(parameters.values()[matrix.at(2, 3)]).isEqualTo(6);
    }

    @Test
    void theLinesOfAGridCanBeSeparateEntries() {
        Grid grid = parameters.addGrid("grid", 3, 2, true);
        parameters.declareLines("upper", grid, 0, 1);
        parameters.declareLines("lower", grid, 1, 3);
        parameters.entries().get(1).write(new float[] {1, 2, 3, 4}, parameters.values());
        assertThat(parameters.entries().get(0).shape()).containsExactly(1, 2);
        assertThat(parameters.entries().get(1).shape()).containsExactly(2, 2);
        assertThat(parameters.values()[grid.at(2)]).isEqualTo(3);
    }

    private void declareAll() {
        Matrix gates = parameters.addMatrix("gates", 7, 4, 5);
        parameters.declareWeights("gates.x", gates, 0, 3, 0, 20);
        parameters.declareWeights("gates.h", gates, 3, 7, 0, 20);
        parameters.declareBias("gates.bias", gates, 0, 20);
        parameters.declareGrid(parameters.addGrid("memory", 2, 17, true), false);
        parameters.declareGrid(parameters.addGrid("rows", 2, 17, false), true);
    }

    /** As docs/checkpoint-format.md says: a name, a zero byte, elements as little-endian float32, entry after entry. */
    @Test
    void theHashIsThatOfNamesAndElements() throws NoSuchAlgorithmException {
        Grid grid = parameters.addGrid("m\u00e9", 1, 2, true);
        parameters.declareGrid(grid, false);
        parameters.entries().getFirst().write(new float[] {1, -2}, parameters.values());
        byte[] bytes = {'m', (byte) 0xC3, (byte) 0xA9, 0, 0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0};
        assertThat(parameters.sha256()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    /** What lies beyond a matrix or a grid belongs to another one. */
    @Test
    void namesOfWhatIsNotThereAreRefused() {
        Matrix matrix = parameters.addMatrix("map", 3, 2, 4);
        Grid grid = parameters.addGrid("grid", 2, 5, true);
        refused(() -> parameters.declareWeights("w", matrix, 0, 4, 0, 8), "inputTo: expected 1 to 3, got 4");
        refused(() -> parameters.declareWeights("w", matrix, -1, 3, 0, 8), "inputFrom: expected 0 to 2, got -1");
        refused(() -> parameters.declareWeights("w", matrix, 0, 3, 0, 9), "outputTo: expected 1 to 8, got 9");
        refused(() -> parameters.declareWeights("w", matrix, 0, 3, 2, 2), "outputTo: expected 3 to 8, got 2");
        refused(() -> parameters.declareWeights("w", matrix, 0, 3, new int[] {0, 8}), "outputs: expected 0 to 7, got 8");
        refused(() -> parameters.declareWeights("w", matrix, 0, 3, new int[0]), "outputs.length: expected at least 1, got 0");
        refused(() -> parameters.declareBias("b", matrix, 0, 9), "outputTo: expected 1 to 8, got 9");
        refused(() -> parameters.declareBias("b", matrix, new int[] {-1}), "outputs: expected 0 to 7, got -1");
        refused(() -> parameters.declareLines("l", grid, 0, 3), "to: expected 1 to 2, got 3");
        refused(() -> parameters.addMatrix("none", 0, 1, 1), "inputs: expected at least 1, got 0");
        refused(() -> parameters.addMatrix("none", 1, -1, 1), "groups: expected at least 1, got -1");
        refused(() -> parameters.addGrid("none", 1, 0, true), "size: expected at least 1, got 0");
        refused(() -> parameters.sha256(new float[1]), "buffer: expected " + parameters.size() + " floats, got 1");
        assertThat(parameters.entries()).isEmpty();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
