package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** The softmax of long lines, {@code y = exp(x) / sum exp(x)}: turns learned numbers into a weighting over the rows. */
public final class Softmax implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor y;

    private Softmax(Tape tape, Tensor x) {
        this.tape = tape;
        this.x = x;
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
        tape.reserveScratch(x.lineStride());
    }

    /**
     * Records the softmax of each line.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}, with padded lines
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Tensor x) {
        x.require("softmax", x.batch(), x.lines(), x.size());
        Softmax operation = new Softmax(tape, x);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                tape.kernels().addressing().softmax(1f, values, x.at(b, line), x.size(), values, y.at(b, line));
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] dx = tape.scratch();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                tape.kernels()
                        .addressing()
                        .softmaxBackward(
                                1f,
                                values,
                                x.at(b, line),
                                values,
                                y.at(b, line),
                                gradients,
                                y.gradientAt(b, line),
                                x.size(),
                                dx,
                                0);
                tape.kernels().elements().add(dx, 0, x.size(), gradients, x.gradientAt(b, line));
            }
        }
    }
}
