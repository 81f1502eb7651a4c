package io.github.ntm4j.core.episode;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** Several {@code [batch][1][size]} as the lines of one tensor. */
record Stacked(Tape tape, List<Tensor> lines, Tensor y) implements Operation {
    static Tensor of(Tape tape, List<Tensor> lines) {
        Tensor y = tape.allocate(lines.getFirst().batch(), lines.size(), lines.getFirst().size());
        tape.record(new Stacked(tape, List.copyOf(lines), y));
        return y;
    }

    @Override
    public void forward() {
        for (int b = 0; b < y.batch(); b++) {
            for (int t = 0; t < y.lines(); t++) {
                System.arraycopy(tape.values(), lines.get(t).at(b, 0), tape.values(), y.at(b, t), y.size());
            }
        }
    }

    @Override
    public void backward() {
        float[] d = tape.gradients();
        for (int b = 0; b < y.batch(); b++) {
            for (int t = 0; t < y.lines(); t++) {
                for (int j = 0; j < y.size(); j++) {
                    d[lines.get(t).gradientAt(b, 0) + j] += d[y.gradientAt(b, t) + j];
                }
            }
        }
    }
}
