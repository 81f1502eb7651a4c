package io.github.ntm4j.machines.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.machine.Machines;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.signal.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fused operations against the same equations in plain arithmetic. */
class TermDncTest {
    private static final int CONTROLLER = 6;
    private static final int BATCH = 2;
    private static final int STEPS = 7;

    /** What a memory does: all states, one after the other, and the derivatives by its parameters. */
    private record Result(List<Float> states, float[] gradient) {}

    private static Result run(Memory<DncState> memory, Parameters parameters, KernelProvider provider) {
        Tape tape = new Tape(parameters, provider.create(), true);
        Random64 random = Random64.of(15, "hidden", 0);
        List<Tensor> hidden = new ArrayList<>();
        for (int t = 0; t < STEPS; t++) {
            hidden.add(tape.allocateValues(BATCH, 1, CONTROLLER));
            fill(tape.values(), hidden.get(t), random);
        }
        DncState state = memory.initialState(tape, BATCH);
        List<Float> states = new ArrayList<>();
        List<Tensor> reads = new ArrayList<>();
        for (Tensor h : hidden) {
            state = memory.step(tape, h, state);
            state.tensors().forEach(tensor -> collect(tape, tensor, states));
            reads.add(state.reads());
        }
        for (Tensor read : reads) {
            for (int b = 0; b < BATCH; b++) {
                for (int line = 0; line < read.lines(); line++) {
                    for (int i = 0; i < read.size(); i++) {
                        tape.gradients()[read.gradientAt(b, line) + i] = random.nextFloat(-1, 1);
                    }
                }
            }
        }
        float[] gradient = new float[parameters.size()];
        tape.backward(tape.mark(), gradient);
        return new Result(states, gradient);
    }

    private static void fill(float[] values, Tensor tensor, Random64 random) {
        for (int b = 0; b < BATCH; b++) {
            for (int i = 0; i < tensor.size(); i++) {
                values[tensor.at(b, 0) + i] = random.nextFloat(-1, 1);
            }
        }
    }

    private static void collect(Tape tape, Tensor tensor, List<Float> all) {
        for (int b = 0; b < BATCH; b++) {
            for (int line = 0; line < tensor.lines(); line++) {
                for (int i = 0; i < tensor.size(); i++) {
                    all.add(tape.values()[tensor.at(b, line) + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false, false, false, stop", "3, false, false, false, full", "2, true, true, true, stop", "2, false, true, true, full"})
    void fusedAndPlainAgree(int readHeads, boolean mask, boolean deallocate, boolean sharpen, String gradient) {
        DncConfig config = Settings.with(
                DncConfig.DEFAULT,
                Map.of("rows", 9, "width", 5, "read_heads", readHeads, "mask", mask, "deallocate", deallocate, "sharpen", sharpen,
                        "usage_gradient", gradient, "start", "learned"));
        for (KernelProvider provider : KernelProvider.values()) {
            Parameters one = new Parameters();
            Parameters other = new Parameters();
            Dnc fused = new Dnc(one, new Signals(), CONTROLLER, config);
            TermDnc plain = new TermDnc(other, CONTROLLER, config);
            Machines.draw(one, 15);
            Machines.draw(other, 15);
            Result expected = run(plain, other, provider);
            Result actual = run(fused, one, provider);
            assertThat(actual.states()).hasSameSizeAs(expected.states());
            for (int i = 0; i < actual.states().size(); i++) {
                assertThat(actual.states().get(i)).as("%s, element %d of the states", provider, i).isCloseTo(expected.states().get(i), within(2e-6f));
            }
            float largest = 0;
            for (float derivative : expected.gradient()) {
                largest = Math.max(largest, Math.abs(derivative));
            }
            assertThat(largest).isPositive();
            for (int i = 0; i < actual.gradient().length; i++) {
                assertThat(actual.gradient()[i]).as("%s, derivative %d", provider, i).isCloseTo(expected.gradient()[i], within(1e-5f * largest));
            }
        }
    }
}
