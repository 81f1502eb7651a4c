package io.github.ntm4j.engine.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import org.junit.jupiter.api.Test;

final class TensorTest {
    private final Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);

    @Test
    void aSliceIsAWindowOnColumnsOfEveryLine() {
        Tensor tensor = tape.allocate(2, 3, 20);
        Tensor slice = tensor.slice(5, 7);
        assertThat(slice).hasToString("[2][3][7]");
        assertThat(slice.at(1, 2)).isEqualTo(tensor.at(1, 2) + 5);
        assertThat(slice.gradientAt(1, 2)).isEqualTo(tensor.gradientAt(1, 2) + 5);
    }

    @Test
    void linesAreAWindowOnSomeLines() {
        Tensor tensor = tape.allocate(2, 5, 20);
        Tensor lines = tensor.lines(2, 3);
        assertThat(lines).hasToString("[2][3][20]");
        assertThat(lines.at(1, 0)).isEqualTo(tensor.at(1, 2));
        assertThat(lines.gradientAt(1, 2)).isEqualTo(tensor.gradientAt(1, 4));
    }

    @Test
    void aSplitLineHasItsPartsSideBySide() {
        Tensor tensor = tape.allocate(2, 1, 20);
        Tensor parts = tensor.split(3, 6);
        assertThat(parts).hasToString("[2][3][6]");
        assertThat(parts.at(1, 2)).isEqualTo(tensor.at(1, 0) + 12);
        assertThat(parts.gradientAt(1, 2)).isEqualTo(tensor.gradientAt(1, 0) + 12);
    }

    @Test
    void windowsOfPlainInputHaveNoDerivatives() {
        Tensor plain = tape.allocateValues(2, 3, 20);
        assertThat(plain.slice(3, 4).hasGradient()).isFalse();
        assertThat(plain.lines(1, 2).hasGradient()).isFalse();
    }

    @Test
    void windowsBeyondTheTensorAreRefused() {
        Tensor tensor = tape.allocate(2, 3, 20);
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.slice(15, 6)).withMessageContaining("within 0..20");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.slice(-1, 2)).withMessageContaining("within 0..20");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.slice(3, 0)).withMessageContaining("within 0..20");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.slice(3, Integer.MAX_VALUE)).withMessageContaining("within 0..20");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.lines(1, 3)).withMessageContaining("within 0..3");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.lines(-1, 1)).withMessageContaining("within 0..3");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.lines(1, Integer.MAX_VALUE)).withMessageContaining("within 0..3");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.split(2, 10)).withMessageContaining("of [2][3][20]");
        Tensor row = tape.allocate(1, 1, 20);
        assertThatIllegalArgumentException().isThrownBy(() -> row.split(3, 7)).withMessageContaining("got [3][7]");
        assertThatIllegalArgumentException().isThrownBy(() -> row.split(1 << 16, 1 << 16)).withMessageContaining("at most [1][20]");
    }
}
