package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** Elements of each line by their places, {@code y(i, j) = x(i, index(i, j))}; the index is a constant, whole numbers from 0 on. */
public final class Gather implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor index;
    private final Tensor y;

    private Gather(Tape tape, Tensor x, Tensor index) {
        this.tape = tape;
        this.x = x;
        this.index = index;
        this.y = tape.allocate(x.batch(), x.lines(), index.size());
    }

    /**
     * Records the look-up.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param index {@code [batch][lines or 1][count]}, each below size
     * @return {@code [batch][lines][count]}
     */
    public static Tensor of(Tape tape, Tensor x, Tensor index) {
        x.require("gather", x.batch(), x.lines(), x.size());
        index.require("index", x.batch(), index.lines() == 1 ? 1 : x.lines(), index.size());
        Gather operation = new Gather(tape, x, index);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int to = y.at(b, line);
                int places = index.at(b, index.lines() == 1 ? 0 : line);
                for (int j = 0; j < y.size(); j++) {
                    values[to + j] = values[from + (int) values[places + j]];
                }
            }
        }
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int dx = x.gradientAt(b, line);
                int dy = y.gradientAt(b, line);
                int places = index.at(b, index.lines() == 1 ? 0 : line);
                for (int j = 0; j < y.size(); j++) {
                    gradients[dx + (int) values[places + j]] += gradients[dy + j];
                }
            }
        }
    }
}
