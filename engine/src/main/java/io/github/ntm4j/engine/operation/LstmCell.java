package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.ElementKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The LSTM cell without peepholes: {@code i, f, o = sigmoid(.)}, {@code g = tanh(.)} of the four gates;
 * {@code c' = f c + i g}; {@code h = o tanh(c')}. Source: Hochreiter and Schmidhuber 1997, Gers et al. 2000.
 */
public final class LstmCell implements Operation {
    private static final int GATES = 4;
    private static final int LANES = 8;

    private final Tape tape;
    private final Tensor gates;
    private final Tensor previous;
    private final Tensor activated;
    private final Tensor squashed;
    private final Tensor cell;
    private final Tensor hidden;

    /**
     * What the cell hands on.
     *
     * @param hidden {@code [batch][1][units]}
     * @param cell {@code [batch][1][units]}
     */
    public record State(Tensor hidden, Tensor cell) {}

    private LstmCell(Tape tape, Tensor gates, Tensor previous) {
        this.tape = tape;
        this.gates = gates;
        this.previous = previous;
        int batch = gates.batch();
        this.activated = tape.allocateValues(batch, 1, GATES * gates.lineStride());
        this.squashed = tape.allocateValues(batch, 1, gates.size());
        this.cell = tape.allocate(batch, 1, gates.size());
        this.hidden = tape.allocate(batch, 1, gates.size());
    }

    /**
     * Records one step of the cell.
     *
     * @param tape the tape
     * @param gates {@code [batch][4][units]}: input, forget, candidate, output before their activation, lines a multiple of 8 apart
     * @param previous the cell before, {@code [batch][1][units]}
     * @return hidden vector and cell
     * @throws IllegalArgumentException if shapes don't fit, or the lines of the gates lie otherwise
     */
    public static State of(Tape tape, Tensor gates, Tensor previous) {
        gates.require("gates", gates.batch(), GATES, gates.size());
        if (gates.lineStride() % LANES != 0) {
            throw new IllegalArgumentException(
                    "gates: expected lines a multiple of " + LANES + " apart, got " + gates.lineStride());
        }
        previous.require("cell", gates.batch(), 1, gates.size());
        LstmCell operation = new LstmCell(tape, gates, previous);
        tape.record(operation);
        return new State(operation.hidden, operation.cell);
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        ElementKernels kernels = tape.kernels().elements();
        int units = gates.lineStride();
        for (int b = 0; b < gates.batch(); b++) {
            int from = gates.at(b, 0);
            int to = activated.at(b, 0);
            kernels.activate(Activation.SIGMOID, values, from, 2 * units, values, to);
            kernels.activate(Activation.TANH, values, from + 2 * units, units, values, to + 2 * units);
            kernels.activate(Activation.SIGMOID, values, from + 3 * units, units, values, to + 3 * units);
            kernels.lstmCell(
                    values,
                    to,
                    units,
                    values,
                    previous.at(b, 0),
                    values,
                    cell.at(b, 0),
                    values,
                    squashed.at(b, 0),
                    values,
                    hidden.at(b, 0));
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < gates.batch(); b++) {
            tape.kernels()
                    .elements()
                    .lstmCellBackward(
                            values,
                            activated.at(b, 0),
                            gates.lineStride(),
                            values,
                            previous.at(b, 0),
                            values,
                            squashed.at(b, 0),
                            gradients,
                            hidden.gradientAt(b, 0),
                            gradients,
                            cell.gradientAt(b, 0),
                            gradients,
                            previous.gradientAt(b, 0),
                            gradients,
                            gates.gradientAt(b, 0));
        }
    }
}
