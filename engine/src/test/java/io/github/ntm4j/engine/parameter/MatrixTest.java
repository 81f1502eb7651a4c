package io.github.ntm4j.engine.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Rows;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatrixTest {
    private static final String SHAPES = """
            1,   1, 1
            5,   1, 16
            5,   1, 17
            20,  1, 129
            16,  4, 1
            17,  4, 8
            33,  4, 9
            129, 4, 100
            40,  3, 5
            7,   2, 16
            """;

    private final Parameters parameters = new Parameters();

    /** Something before it, so that its offset is not zero. */
    private Matrix matrix(int inputs, int groups, int groupSize) {
        parameters.addGrid("another", 2, 5, true);
        return parameters.addMatrix("matrix", inputs, groups, groupSize);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void everyWeightAndBiasHasAPlaceOfItsOwn(int inputs, int groups, int groupSize) {
        Matrix matrix = matrix(inputs, groups, groupSize);
        BitSet taken = new BitSet();
        for (int input = 0; input <= inputs; input++) {
            for (int output = 0; output < groups * groupSize; output++) {
                int at = matrix.at(input, output);
                assertThat(at).isBetween(matrix.at(), parameters.size() - 1);
                assertThat(taken.get(at)).as("place of %d, %d", input, output).isFalse();
                taken.set(at);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void aPlaceIsPanelThenInputThenColumn(int inputs, int groups, int groupSize) {
        Matrix matrix = matrix(inputs, groups, groupSize);
        for (int input = 0; input <= inputs; input++) {
            for (int output = 0; output < groups * groupSize; output++) {
                int place = matrix.at(input, output) - matrix.at();
                int panel = place / (Rows.BLOCK * matrix.depth());
                int column = panel * Rows.BLOCK + place % Rows.BLOCK;
                assertThat(place / Rows.BLOCK % matrix.depth()).isEqualTo(input);
                assertThat(column).isEqualTo(output / groupSize * matrix.groupStride() + output % groupSize);
                assertThat(column).isLessThan(matrix.columns());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void groupsBeginAtMultiplesOfEightColumns(int inputs, int groups, int groupSize) {
        Matrix matrix = matrix(inputs, groups, groupSize);
        assertThat(matrix.groupStride()).isGreaterThanOrEqualTo(groupSize).isLessThan(groupSize + 8);
        if (groups > 1) {
            assertThat(matrix.groupStride() % 8).isZero();
        }
        assertThat(matrix.columns() % Rows.BLOCK).isZero();
        assertThat(matrix.columns()).isBetween(groups * groupSize, groups * (groupSize + 8) + Rows.BLOCK);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void theTransposedPanelsHoldEveryWeightAsOfTheLastRefreshAndNothingElse(int inputs, int groups, int groupSize) {
        Matrix matrix = matrix(inputs, groups, groupSize);
        for (int from : new int[] {inputs - 1, inputs / 2, 0}) {
            parameters.requireTransposed(matrix, from);
            assertThat(matrix.transposedFrom()).isEqualTo(from);
            number(matrix);
            float[] before = parameters.transposed().clone();
            parameters.refresh();
            assertThat(parameters.transposed()).isNotEqualTo(before);
            float[] expected = new float[matrix.transposedColumns() * matrix.columns()];
            for (int input = from; input < inputs; input++) {
                for (int output = 0; output < groups * groupSize; output++) {
                    int row = output / groupSize * matrix.groupStride() + output % groupSize;
                    int panel = (input - from) / Rows.BLOCK;
                    int column = (input - from) % Rows.BLOCK;
                    expected[(panel * matrix.columns() + row) * Rows.BLOCK + column] =
                            parameters.values()[matrix.at(input, output)];
                }
            }
            int at = matrix.transposedAt();
            assertThat(Arrays.copyOfRange(parameters.transposed(), at, at + expected.length)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void transposedPanelsThatCoverEnoughAreKept(int inputs, int groups, int groupSize) {
        Matrix matrix = matrix(inputs, groups, groupSize);
        parameters.requireTransposed(matrix, 0);
        int at = matrix.transposedAt();
        int length = parameters.transposed().length;
        parameters.requireTransposed(matrix, inputs - 1);
        assertThat(matrix.transposedAt()).isEqualTo(at);
        assertThat(matrix.transposedFrom()).isZero();
        assertThat(parameters.transposed()).hasSize(length);
    }

    private float next = 1;

    /** Gives every weight another number. */
    private void number(Matrix matrix) {
        for (int input = 0; input <= matrix.inputs(); input++) {
            for (int output = 0; output < matrix.groups() * matrix.groupSize(); output++) {
                parameters.values()[matrix.at(input, output)] = next++;
            }
        }
    }
}
