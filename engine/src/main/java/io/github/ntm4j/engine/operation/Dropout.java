package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Dropout, Srivastava et al. 2014: {@code y = x mask}. Whoever runs the recording puts a mask in: 0 with the probability of dropping, else one over that of
 * keeping; and ones where nothing is to be dropped.
 */
public final class Dropout implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor mask;
    private final Tensor y;

    private Dropout(Tape tape, Tensor x, Tensor mask) {
        this.tape = tape;
        this.x = x;
        this.mask = mask;
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
    }

    /**
     * Records the dropout.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param mask {@code [batch][lines][size]}, without derivatives
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Tensor x, Tensor mask) {
        x.require("dropout", x.batch(), x.lines(), x.size());
        mask.require("mask", x.batch(), x.lines(), x.size());
        Dropout operation = new Dropout(tape, x, mask);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int kept = mask.at(b, line);
                int to = y.at(b, line);
                for (int j = 0; j < x.size(); j++) {
                    values[to + j] = values[from + j] * values[kept + j];
                }
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int dx = x.gradientAt(b, line);
                int kept = mask.at(b, line);
                int dy = y.gradientAt(b, line);
                for (int j = 0; j < x.size(); j++) {
                    gradients[dx + j] = Math.fma(gradients[dy + j], values[kept + j], gradients[dx + j]);
                }
            }
        }
    }
}
