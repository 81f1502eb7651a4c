package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * The identity, {@code y = x}, whose derivative is limited: {@code dx = min(max(dy, -limit), limit)}. As y is x itself, the derivatives by x are
 * turned in place, and whatever was recorded before uses them as they are then.
 */
public final class LimitDerivative implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final float limit;

    private LimitDerivative(Tape tape, Tensor x, float limit) {
        this.tape = tape;
        this.x = x;
        this.limit = limit;
    }

    /**
     * Records the limit.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}, a tensor that operations recorded before have not used
     * @param limit the largest magnitude of a derivative, above 0
     * @return x
     * @throws IllegalArgumentException if the limit is not above 0
     */
    public static Tensor of(Tape tape, Tensor x, float limit) {
        x.require("limit of a derivative", x.batch(), x.lines(), x.size());
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit of a derivative: expected above 0, got " + limit);
        }
        tape.record(new LimitDerivative(tape, x, limit));
        return x;
    }

    @Override
    public void forward() {
        // The values are those of x.
    }

    @Override
    public void backward() {
        float[] gradients = tape.gradients();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int at = x.gradientAt(b, line);
                for (int j = 0; j < x.size(); j++) {
                    gradients[at + j] = Math.min(Math.max(gradients[at + j], -limit), limit);
                }
            }
        }
    }
}
