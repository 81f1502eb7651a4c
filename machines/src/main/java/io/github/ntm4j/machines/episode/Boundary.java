package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where one segment of a sequence ends and the next begins: the state after the last recorded step becomes, on the same tape, the state
 * before the first. On the way forwards its values are carried, and kept for every segment; on the way back its derivatives.
 */
final class Boundary {
    private final Tape tape;
    private final List<Line> lines = new ArrayList<>();
    private final List<float[]> kept = new ArrayList<>();
    private final float[] derivatives;

    /** A line of the state: its place in a copy of the state and its places in the arenas; no derivatives are at -1. */
    private record Line(int at, int size, int before, int after, int gradientBefore, int gradientAfter) {
        boolean hasGradient() {
            return gradientBefore >= 0 && gradientAfter >= 0;
        }
    }

    /**
     * A boundary.
     *
     * @param tape the tape
     * @param before the state before the first recorded step
     * @param after the state after the last
     * @throws IllegalStateException if the machine's state cannot be carried
     */
    Boundary(Tape tape, List<Tensor> before, List<Tensor> after) {
        this.tape = tape;
        Set<Integer> places = new HashSet<>();
        int floats = 0;
        for (int i = 0; i < before.size(); i++) {
            Tensor from = before.get(i);
            Tensor to = after.get(i);
            if (!places.add(from.at(0, 0))) {
                throw new IllegalStateException("initial state: expected a place for each tensor, got one for two of them");
            }
            if (to.hasGradient() && !from.hasGradient()) {
                throw new IllegalStateException("initial state: expected derivatives, as the state after a step has them, got none");
            }
            for (int b = 0; b < from.batch(); b++) {
                for (int line = 0; line < from.lines(); line++) {
                    lines.add(new Line(
                            floats,
                            from.size(),
                            from.at(b, line),
                            to.at(b, line),
                            from.hasGradient() ? from.gradientAt(b, line) : -1,
                            to.hasGradient() ? to.gradientAt(b, line) : -1));
                    floats = Math.addExact(floats, from.size());
                }
            }
        }
        derivatives = new float[floats];
    }

    /** Makes room for the states before some segments; the first of a sequence needs none. */
    void reserve(int segments) {
        while (kept.size() < segments - 1) {
            kept.add(new float[derivatives.length]);
        }
    }

    /** On the way forwards: keeps the state after the segment that has run, with which segment {@code next} begins. */
    void keep(int next) {
        float[] state = kept.get(next - 1);
        for (Line line : lines) {
            System.arraycopy(tape.values(), line.after(), state, line.at(), line.size());
        }
    }

    /** Puts the state with which a segment begins before the first recorded step. */
    void enter(int segment) {
        float[] state = kept.get(segment - 1);
        for (Line line : lines) {
            System.arraycopy(state, line.at(), tape.values(), line.before(), line.size());
        }
    }

    /** On the way back: takes the derivatives by the state with which the segment that has run begins. */
    void takeDerivatives() {
        for (Line line : lines) {
            if (line.hasGradient()) {
                System.arraycopy(tape.gradients(), line.gradientBefore(), derivatives, line.at(), line.size());
            }
        }
    }

    /** Adds them to the derivatives by the state with which the segment that is to run next ends. */
    void giveDerivatives() {
        for (Line line : lines) {
            if (line.hasGradient()) {
                tape.kernels()
                        .elements()
                        .add(derivatives, line.at(), line.size(), tape.gradients(), line.gradientAfter());
            }
        }
    }

    /** Floats that this holds. */
    long floats() {
        return (kept.size() + 1L) * derivatives.length;
    }
}
