package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UsageTest {
    @ParameterizedTest
    @EnumSource
    void aStoppedDerivativeDoesNotReachTheWriteWeightingAndAllOthersAreThere(KernelProvider provider) {
        assertThat(derivatives(provider, Usage.Gradient.FULL)).doesNotContain(0f);
        float[] stopped = derivatives(provider, Usage.Gradient.STOP);
        assertThat(stopped[1]).isZero();
        stopped[1] = derivatives(provider, Usage.Gradient.FULL)[1];
        assertThat(stopped).isEqualTo(derivatives(provider, Usage.Gradient.FULL));
    }

    /** By usage, write weighting, free gate and read weighting of a memory of one row. */
    private static float[] derivatives(KernelProvider provider, Usage.Gradient gradient) {
        Tape tape = new Tape(new Parameters(), provider.create(), true);
        Tensor[] operands = new Tensor[4];
        Arrays.setAll(operands, i -> tape.allocate(1, 1, 1));
        for (Tensor operand : operands) {
            tape.values()[operand.at(0, 0)] = 0.5f;
        }
        Usage usage = Usage.of(tape, operands[0], operands[1], operands[2], operands[3], gradient);
        tape.gradients()[usage.usage().gradientAt(0, 0)] = 1f;
        tape.backward(tape.mark(), new float[tape.parameters().size()]);
        float[] derivatives = new float[operands.length];
        for (int i = 0; i < derivatives.length; i++) {
            derivatives[i] = tape.gradients()[operands[i].gradientAt(0, 0)];
        }
        return derivatives;
    }
}
