package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** The transposed matrix of every sequence, {@code y(j, i) = x(i, j)}. */
public final class Transpose implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor y;

    private Transpose(Tape tape, Tensor x) {
        this.tape = tape;
        this.x = x;
        this.y = Term.allocate(tape, x.batch(), x.size(), x.lines());
    }

    /**
     * Records the transposition.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @return {@code [batch][size][lines]}
     */
    public static Tensor of(Tape tape, Tensor x) {
        x.require("transpose", x.batch(), x.lines(), x.size());
        Transpose operation = new Transpose(tape, x);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                int from = x.at(b, i);
                int to = y.at(b, 0) + i;
                for (int j = 0; j < x.size(); j++) {
                    values[to + j * y.lineStride()] = values[from + j];
                }
            }
        }
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        float[] gradients = tape.gradients();
        for (int b = 0; b < x.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                int dx = x.gradientAt(b, i);
                int dy = y.gradientAt(b, 0) + i;
                for (int j = 0; j < x.size(); j++) {
                    gradients[dx + j] += gradients[dy + j * y.lineStride()];
                }
            }
        }
    }
}
