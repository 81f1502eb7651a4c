package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * One place of each line drawn from the distribution that the line is, {@code y(j) = 1} for the first j with
 * {@code p(0) + ... + p(j) > u}, by a number u from 0 up to 1 that is put in, and 0 elsewhere. Where rounding leaves the sum below u, the last place
 * with a probability above 0 is drawn. No derivative flows through a draw.
 */
public final class Draw implements Operation {
    private final Tape tape;
    private final Tensor p;
    private final Tensor u;
    private final Tensor y;

    private Draw(Tape tape, Tensor p, Tensor u) {
        this.tape = tape;
        this.p = p;
        this.u = u;
        this.y = tape.allocateValues(p.batch(), p.lines(), p.size());
    }

    /**
     * Records the draw.
     *
     * @param tape the tape
     * @param p {@code [batch][lines][size]}, each line a distribution
     * @param u {@code [batch][lines][1]}, from 0 up to 1
     * @return {@code [batch][lines][size]}, without derivatives
     */
    public static Tensor of(Tape tape, Tensor p, Tensor u) {
        p.require("distribution", p.batch(), p.lines(), p.size());
        u.require("number", p.batch(), p.lines(), 1);
        Draw operation = new Draw(tape, p, u);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < p.batch(); b++) {
            for (int i = 0; i < p.lines(); i++) {
                int to = y.at(b, i);
                Arrays.fill(values, to, to + y.size(), 0f);
                values[to + place(values, p.at(b, i), values[u.at(b, i)])] = 1f;
            }
        }
    }

    private int place(float[] values, int from, float number) {
        float sum = 0f;
        int last = 0;
        for (int j = 0; j < p.size(); j++) {
            float probability = values[from + j];
            if (probability > 0f) {
                last = j;
                sum += probability;
                if (sum > number) {
                    return j;
                }
            }
        }
        return last;
    }

    @Override
    public void backward() {
        // A draw does not change by a little.
    }
}
