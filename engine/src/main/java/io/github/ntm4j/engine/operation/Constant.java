package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** The same given lines for every sequence, {@code y(b) = values}: initial states that nothing learns. */
public final class Constant implements Operation {
    private final Tape tape;
    private final float[] constants;
    private final Tensor y;
    private final int step;

    private Constant(Tape tape, float[] constants, Tensor y) {
        this.tape = tape;
        this.constants = constants;
        this.y = y;
        this.step = constants.length == y.size() ? 0 : y.size();
    }

    /**
     * Records the constants.
     *
     * @param tape the tape
     * @param batch number of copies, at least 1
     * @param lines number of lines
     * @param constants the lines one after the other, without padding
     * @return {@code [batch][lines][constants / lines]}
     * @throws IllegalArgumentException if the constants don't fill the lines
     */
    public static Tensor of(Tape tape, int batch, int lines, float... constants) {
        if (lines < 1 || constants.length % lines != 0) {
            throw new IllegalArgumentException("constants: expected whole lines, got " + constants.length + " floats for " + lines);
        }
        Tensor y = tape.allocate(batch, lines, constants.length / lines);
        tape.record(new Constant(tape, constants.clone(), y));
        return y;
    }

    /**
     * Records the same constants in every line.
     *
     * @param tape the tape
     * @param batch number of copies, at least 1
     * @param lines number of lines
     * @param line a line, without padding
     * @return {@code [batch][lines][size of the line]}
     */
    public static Tensor ofEachLine(Tape tape, int batch, int lines, float... line) {
        Tensor y = tape.allocate(batch, lines, line.length);
        tape.record(new Constant(tape, line.clone(), y));
        return y;
    }

    @Override
    public void forward() {
        for (int b = 0; b < y.batch(); b++) {
            for (int line = 0; line < y.lines(); line++) {
                System.arraycopy(constants, line * step, tape.values(), y.at(b, line), y.size());
            }
        }
    }

    @Override
    public void backward() {
        // A constant has no cause.
    }
}
