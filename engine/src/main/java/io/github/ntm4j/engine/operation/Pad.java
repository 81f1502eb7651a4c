package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/** A tensor with zeros around it: lines before and behind, columns before and behind. */
public final class Pad implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final Tensor y;
    private final Tensor inside;

    private Pad(Tape tape, Tensor x, int linesBefore, int columnsBefore, Tensor y) {
        this.tape = tape;
        this.x = x;
        this.y = y;
        this.inside = y.lines(linesBefore, x.lines()).slice(columnsBefore, x.size());
    }

    /**
     * Records the widening.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param linesBefore lines of zeros before the first
     * @param linesBehind lines of zeros behind the last
     * @param columnsBefore columns of zeros before the first
     * @param columnsBehind columns of zeros behind the last
     * @return {@code [batch][linesBefore + lines + linesBehind][columnsBefore + size + columnsBehind]}
     * @throws IllegalArgumentException if a number is below 0
     */
    public static Tensor of(Tape tape, Tensor x, int linesBefore, int linesBehind, int columnsBefore, int columnsBehind) {
        x.require("pad", x.batch(), x.lines(), x.size());
        int lines = x.lines() + Arguments.atLeast("linesBefore", 0, linesBefore) + Arguments.atLeast("linesBehind", 0, linesBehind);
        int size = x.size() + Arguments.atLeast("columnsBefore", 0, columnsBefore) + Arguments.atLeast("columnsBehind", 0, columnsBehind);
        Tensor y = Term.allocate(tape, x.batch(), lines, size);
        tape.record(new Pad(tape, x, linesBefore, columnsBefore, y));
        return y;
    }

    /** What is outside is zero since it was allocated. */
    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < y.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                System.arraycopy(values, x.at(b, i), values, inside.at(b, i), x.size());
            }
        }
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        float[] gradients = tape.gradients();
        for (int b = 0; b < y.batch(); b++) {
            for (int i = 0; i < x.lines(); i++) {
                tape.kernels().elements().add(gradients, inside.gradientAt(b, i), x.size(), gradients, x.gradientAt(b, i));
            }
        }
    }
}
