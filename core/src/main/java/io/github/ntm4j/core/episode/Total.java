package io.github.ntm4j.core.episode;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** The sum of the losses of all steps, {@code y = x(0) + x(1) + ...}, in this order; each {@code [batch][1][1]}. */
record Total(Tape tape, List<Tensor> parts, Tensor y) implements Operation {
    static Tensor of(Tape tape, List<Tensor> parts) {
        Tensor y = tape.allocate(parts.getFirst().batch(), 1, 1);
        tape.record(new Total(tape, List.copyOf(parts), y));
        return y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < y.batch(); b++) {
            float sum = 0;
            for (int i = 0; i < parts.size(); i++) {
                sum += values[parts.get(i).at(b, 0)];
            }
            values[y.at(b, 0)] = sum;
        }
    }

    @Override
    public void backward() {
        float[] gradients = tape.gradients();
        for (int b = 0; b < y.batch(); b++) {
            for (int i = 0; i < parts.size(); i++) {
                gradients[parts.get(i).gradientAt(b, 0)] += gradients[y.gradientAt(b, 0)];
            }
        }
    }
}
