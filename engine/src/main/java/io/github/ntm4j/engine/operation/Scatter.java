package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Elements of each line put at their places, {@code y(i, index(i, j)) = x(i, j)}, added up in the order of j where places are the same, and 0
 * elsewhere; the index is a constant, whole numbers from 0 on.
 */
public final class Scatter implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor index;
    private final Tensor y;

    private Scatter(Tape tape, Tensor x, Tensor index, int size) {
        this.tape = tape;
        this.x = x;
        this.index = index;
        this.y = tape.allocate(x.batch(), x.lines(), size);
    }

    /**
     * Records the placing.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][count]}
     * @param index {@code [batch][lines or 1][count]}, each below size
     * @param size floats in a line of the result
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Tensor x, Tensor index, int size) {
        x.require("scatter", x.batch(), x.lines(), x.size());
        index.require("index", x.batch(), index.lines() == 1 ? 1 : x.lines(), x.size());
        Scatter operation = new Scatter(tape, x, index, size);
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
                Arrays.fill(values, to, to + y.size(), 0f);
                for (int j = 0; j < x.size(); j++) {
                    values[to + (int) values[places + j]] += values[from + j];
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
                for (int j = 0; j < x.size(); j++) {
                    gradients[dx + j] += gradients[dy + (int) values[places + j]];
                }
            }
        }
    }
}
