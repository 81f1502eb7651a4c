package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** A parameter as every sequence's value, {@code y(b) = p}: how learned initial states enter a sequence. */
public final class Repeat implements Operation {
    private final Tape tape;
    private final Grid parameter;
    private final Tensor y;

    private Repeat(Tape tape, Grid parameter, int batch) {
        this.tape = tape;
        this.parameter = parameter;
        this.y = tape.allocate(batch, parameter.lines(), parameter.size());
    }

    /**
     * Records the copies.
     *
     * @param tape the tape
     * @param parameter {@code [lines][size]}
     * @param batch number of copies, at least 1
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Grid parameter, int batch) {
        Repeat operation = new Repeat(tape, parameter, batch);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        for (int b = 0; b < y.batch(); b++) {
            System.arraycopy(tape.parameters().values(), parameter.at(), tape.values(), y.at(b, 0), floats());
        }
    }

    @Override
    public void backward() {
        if (!parameter.trainable()) {
            return;
        }
        for (int b = 0; b < y.batch(); b++) {
            tape.kernels()
                    .elements()
                    .add(tape.gradients(), y.gradientAt(b, 0), floats(), tape.parameterGradients(), parameter.at());
        }
    }

    private int floats() {
        return y.lines() * y.lineStride();
    }
}
