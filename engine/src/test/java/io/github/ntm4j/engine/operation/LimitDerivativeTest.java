package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import org.junit.jupiter.api.Test;

/** The value stays, the derivative is limited on its way back. */
class LimitDerivativeTest {
    @Test
    void theDerivativeIsLimitedBetweenWhatIsLaterAndWhatIsBefore() {
        for (KernelProvider provider : KernelProvider.values()) {
            Tape tape = new Tape(new Parameters(), provider.create(), true);
            Tensor start = tape.allocate(1, 1, 4);
            float[] given = {1, -2, 3, -4};
            System.arraycopy(given, 0, tape.values(), start.at(0, 0), 4);
            Tensor x = Term.of(tape, start).times(2).at();
            Tensor y = LimitDerivative.of(tape, x, 0.5f);
            Tensor result = Term.of(tape, y).times(10).at();
            float[] slopes = {1, -1, 0.015625f, -0.03125f};
            System.arraycopy(slopes, 0, tape.gradients(), result.gradientAt(0, 0), 4);
            tape.backward(tape.mark(), new float[0]);
            for (int i = 0; i < 4; i++) {
                assertThat(tape.values()[y.at(0, 0) + i]).isEqualTo(2 * given[i]);
            }
            float[] expected = {1, -1, 0.3125f, -0.625f};
            for (int i = 0; i < 4; i++) {
                assertThat(tape.gradients()[start.gradientAt(0, 0) + i]).as("%s, %d", provider, i).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void aLimitIsAboveZero() {
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
        Tensor x = tape.allocate(1, 1, 4);
        assertThatIllegalArgumentException().isThrownBy(() -> LimitDerivative.of(tape, x, 0)).withMessageContaining("above 0, got 0.0");
    }
}
