package io.github.ntm4j.core.episode;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** {@code y = x m} for a mask m without derivatives, {@code [batch][1][size]}. */
public record Masked(Tape tape, Tensor x, Tensor m, Tensor y) implements Operation {
    /** Records it. */
    public static Tensor of(Tape tape, Tensor x, Tensor m) {
        Tensor y = tape.allocate(x.batch(), 1, x.size());
        tape.record(new Masked(tape, x, m, y));
        return y;
    }

    @Override
    public void forward() {
        float[] v = tape.values();
        for (int b = 0; b < y.batch(); b++) {
            for (int j = 0; j < y.size(); j++) {
                v[y.at(b, 0) + j] = v[x.at(b, 0) + j] * v[m.at(b, 0) + j];
            }
        }
    }

    @Override
    public void backward() {
        float[] d = tape.gradients();
        for (int b = 0; b < y.batch(); b++) {
            for (int j = 0; j < y.size(); j++) {
                d[x.gradientAt(b, 0) + j] += d[y.gradientAt(b, 0) + j] * tape.values()[m.at(b, 0) + j];
            }
        }
    }
}
