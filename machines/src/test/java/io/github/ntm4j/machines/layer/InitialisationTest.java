package io.github.ntm4j.machines.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InitialisationTest {
    /** An LSTM of 100 units on 29 inputs, and a map of 120 inputs to 8 outputs; the limits are written out by hand. */
    @ParameterizedTest
    @CsvSource({
        "FAN_IN, 129, 4, 100, 0.0880", "FAN_IN, 120, 1, 8, 0.0913",
        "XAVIER, 129, 4, 100, 0.1619", "XAVIER, 120, 1, 8, 0.2165",
        "WIDE, 129, 4, 100, 0.4402", "WIDE, 120, 1, 8, 0.3031",
    })
    void weightsBeginUniformWithinALimitAndBiasesAtZero(Initialisation initialisation, int inputs, int groups, int size, double limit) {
        Parameters parameters = new Parameters();
        Matrix matrix = parameters.addMatrix("map", inputs, groups, size);
        initialisation.fill(matrix, parameters.values(), Random64.of(5, "test", 0));
        double largest = 0;
        for (int output = 0; output < groups * size; output++) {
            for (int input = 0; input < inputs; input++) {
                largest = Math.max(largest, Math.abs(parameters.values()[matrix.at(input, output)]));
            }
            assertThat(parameters.values()[matrix.at(inputs, output)]).isZero();
        }
        assertThat(largest).isLessThanOrEqualTo(limit + 1e-4).isCloseTo(limit, within(0.02 * limit));
    }
}
