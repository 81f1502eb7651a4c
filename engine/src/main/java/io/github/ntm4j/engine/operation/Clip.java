package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** Clipping, {@code y = min(max(x, -limit), limit)}; no derivative flows where x lies outside. */
public final class Clip implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final float limit;
    private final Tensor y;

    private Clip(Tape tape, Tensor x, float limit) {
        this.tape = tape;
        this.x = x;
        this.limit = limit;
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
    }

    /**
     * Records the clipping.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param limit the largest magnitude, above 0
     * @return {@code [batch][lines][size]}
     * @throws IllegalArgumentException if the limit is not above 0
     */
    public static Tensor of(Tape tape, Tensor x, float limit) {
        x.require("clip", x.batch(), x.lines(), x.size());
        if (!(limit > 0)) {
            throw new IllegalArgumentException("clip: expected a limit above 0, got " + limit);
        }
        Clip operation = new Clip(tape, x, limit);
        tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                tape.kernels().elements().clip(limit, values, x.at(b, line), x.size(), values, y.at(b, line));
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                tape.kernels()
                        .elements()
                        .clipBackward(
                                limit,
                                values,
                                x.at(b, line),
                                gradients,
                                y.gradientAt(b, line),
                                x.size(),
                                gradients,
                                x.gradientAt(b, line));
            }
        }
    }
}
