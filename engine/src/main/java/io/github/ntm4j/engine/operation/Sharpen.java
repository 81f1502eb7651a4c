package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.DynamicKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Sharpening of the links, Csordas and Schmidhuber 2019, section 3.3: {@code y(n) = (x(n) + 1e-6)^s / sum}, computed as {@code softmax(s log(x + 1e-6))}
 * because a power underflows. Where x is zero everywhere, the result is uniform.
 */
public final class Sharpen implements Operation {
    private static final float EPSILON = 1e-6f;

    private final Tape tape;
    private final Tensor x;
    private final Tensor sharpness;
    private final Tensor logarithm;
    private final Tensor y;

    private Sharpen(Tape tape, Tensor x, Tensor sharpness) {
        this.tape = tape;
        this.x = x;
        this.sharpness = sharpness;
        this.logarithm = tape.allocateValues(x.batch(), x.lines(), x.size());
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
        tape.reserveScratch(y.lineStride());
    }

    /**
     * Records the sharpening of some weightings.
     *
     * @param tape the tape
     * @param weighting not negative, {@code [batch][heads][rows]}
     * @param sharpness {@code [batch][heads][1]}
     * @return {@code [batch][heads][rows]}
     */
    public static Tensor of(Tape tape, Tensor weighting, Tensor sharpness) {
        weighting.require("weighting", weighting.batch(), weighting.lines(), weighting.size());
        sharpness.require("sharpness", weighting.batch(), weighting.lines(), 1);
        Sharpen operation = new Sharpen(tape, weighting, sharpness);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        DynamicKernels kernels = tape.kernels().dynamic();
        AddressingKernels addressing = tape.kernels().addressing();
        for (int b = 0; b < x.batch(); b++) {
            for (int head = 0; head < x.lines(); head++) {
                int log = logarithm.at(b, head);
                kernels.shiftedLog(values, x.at(b, head), EPSILON, x.size(), log);
                addressing.softmax(values[sharpness.at(b, head)], values, log, x.size(), values, y.at(b, head));
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] dLogarithm = tape.scratch();
        DynamicKernels kernels = tape.kernels().dynamic();
        AddressingKernels addressing = tape.kernels().addressing();
        for (int b = 0; b < x.batch(); b++) {
            for (int head = 0; head < x.lines(); head++) {
                gradients[sharpness.gradientAt(b, head)] += addressing.softmaxBackward(
                        values[sharpness.at(b, head)],
                        values,
                        logarithm.at(b, head),
                        values,
                        y.at(b, head),
                        gradients,
                        y.gradientAt(b, head),
                        x.size(),
                        dLogarithm,
                        0);
                kernels.shiftedLogBackward(
                        values, x.at(b, head), EPSILON, x.size(), dLogarithm, 0, gradients, x.gradientAt(b, head));
            }
        }
    }
}
