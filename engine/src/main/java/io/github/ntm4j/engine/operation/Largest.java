package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** The largest element of each line, {@code y(i) = max over j of x(i, j)}. The derivative flows to the first of equal ones. */
public final class Largest implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor y;

    private Largest(Tape tape, Tensor x) {
        this.tape = tape;
        this.x = x;
        this.y = Term.allocate(tape, x.batch(), x.lines(), 1);
    }

    /**
     * Records the largest elements.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @return {@code [batch][lines][1]}
     */
    public static Tensor ofEachLine(Tape tape, Tensor x) {
        x.require("largest", x.batch(), x.lines(), x.size());
        Largest operation = new Largest(tape, x);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                values[y.at(b, line)] = values[largest(values, x.at(b, line))];
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
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int place = largest(tape.values(), from) - from;
                gradients[x.gradientAt(b, line) + place] += gradients[y.gradientAt(b, line)];
            }
        }
    }

    private int largest(float[] values, int from) {
        int largest = from;
        for (int j = from + 1; j < from + x.size(); j++) {
            if (values[j] > values[largest]) {
                largest = j;
            }
        }
        return largest;
    }
}
