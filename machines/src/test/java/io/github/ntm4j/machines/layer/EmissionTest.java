package io.github.ntm4j.machines.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import org.junit.jupiter.api.Test;

/** Parts of a row, by name. */
final class EmissionTest {
    private final Emission emission = new Emission("heads")
            .part("key", 2, 3, Activation.IDENTITY)
            .distribution("shift", 2, 3, Activation.RELU)
            .part("gate", 2, 1, Activation.SIGMOID);

    @Test
    void partsLieOneBehindTheOtherInTheOrderOfTheirDeclaration() {
        assertThat(emission.columns("key", 1)).containsExactly(3, 4, 5);
        assertThat(emission.columns("shift", 0)).containsExactly(6, 7, 8);
        assertThat(emission.columns("gate", 1)).containsExactly(13);
        assertThat(emission.columns(1, "gate", "key")).containsExactly(13, 3, 4, 5);
    }

    @Test
    void theMatrixIsAsWideAsAllPartsAndHasTheNameOfTheEmissionInFiles() {
        Parameters parameters = new Parameters();
        Matrix matrix = emission.declare(parameters, 5);
        assertThat(matrix.groupSize()).isEqualTo(14);
        assertThat(parameters.entries().stream().map(entry -> entry.name() + " " + entry.shape()))
                .containsExactly("heads.weight [14, 5]", "heads.bias [14]");
    }

    @Test
    void eachPartGoesThroughItsFunctionAndIsFoundByName() {
        Parameters parameters = new Parameters();
        Matrix matrix = emission.declare(parameters, 1);
        for (int column = 0; column < 14; column++) {
            parameters.values()[matrix.at(matrix.inputs(), column)] = column - 7;
        }
        Tape tape = new Tape(parameters, KernelProvider.PORTABLE.create(), false);
        Emission.Told told = emission.told(tape, Emission.raw(tape, matrix, tape.allocateValues(1, 1, 1)));

        assertThat(line(tape, told.part("key"), 1)).containsExactly(-4, -3, -2);
        // -1, 0, 1 and 2, 3, 4, at least 0, as distributions
        assertThat(line(tape, told.part("shift"), 0)[0]).isEqualTo(line(tape, told.part("shift"), 0)[1]);
        assertThat(line(tape, told.part("shift", 1, 1), 0)[2]).isBetween(0.66f, 0.67f);
        assertThat(line(tape, told.part("gate"), 1)[0]).isBetween(0.997f, 0.998f);
    }

    private static float[] line(Tape tape, Tensor tensor, int line) {
        float[] values = new float[tensor.size()];
        System.arraycopy(tape.values(), tensor.at(0, line), values, 0, values.length);
        return values;
    }

    @Test
    void aPartThatIsThereTwiceOrNotAtAllIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emission.part("key", 1, 1, Activation.TANH))
                .withMessage("heads: expected a name that no other part has, got key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> emission.columns("add", 0))
                .withMessage("heads: expected one of [key, shift, gate], got add");
        Parameters parameters = new Parameters();
        Matrix matrix = emission.declare(parameters, 1);
        Tape tape = new Tape(parameters, KernelProvider.PORTABLE.create(), false);
        Emission.Told told = emission.told(tape, Emission.raw(tape, matrix, tape.allocateValues(1, 1, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> told.part("gate", 1, 2))
                .withMessage("gate: expected lines within 0..2, got 1..3");
    }
}
