package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** Each line moved round by some places, {@code y(i, (j + places) mod size) = x(i, j)}, or the lines moved round. */
public final class Roll implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final int lines;
    private final int columns;
    private final Tensor y;

    private Roll(Tape tape, Tensor x, int lines, int columns) {
        this.tape = tape;
        this.x = x;
        this.lines = Math.floorMod(lines, x.lines());
        this.columns = Math.floorMod(columns, x.size());
        this.y = Term.allocate(tape, x.batch(), x.lines(), x.size());
    }

    /**
     * Records the moving of the elements of each line.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param places how far they move on; below 0, back
     * @return {@code [batch][lines][size]}
     */
    public static Tensor columns(Tape tape, Tensor x, int places) {
        return record(tape, x, 0, places);
    }

    /**
     * Records the moving of the lines.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param places how far they move on; below 0, back
     * @return {@code [batch][lines][size]}
     */
    public static Tensor lines(Tape tape, Tensor x, int places) {
        return record(tape, x, places, 0);
    }

    private static Tensor record(Tape tape, Tensor x, int lines, int columns) {
        x.require("roll", x.batch(), x.lines(), x.size());
        Roll operation = new Roll(tape, x, lines, columns);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        int rest = x.size() - columns;
        for (int b = 0; b < x.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                int from = x.at(b, i);
                int to = y.at(b, (i + lines) % x.lines());
                System.arraycopy(values, from, values, to + columns, rest);
                System.arraycopy(values, from + rest, values, to, columns);
            }
        }
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        float[] gradients = tape.gradients();
        int rest = x.size() - columns;
        for (int b = 0; b < x.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                int dx = x.gradientAt(b, i);
                int dy = y.gradientAt(b, (i + lines) % x.lines());
                tape.kernels().elements().add(gradients, dy + columns, rest, gradients, dx);
                tape.kernels().elements().add(gradients, dy, columns, gradients, dx + rest);
            }
        }
    }
}
