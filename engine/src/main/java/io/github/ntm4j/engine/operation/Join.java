package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** Tensors side by side, {@code y(i) = [x1(i) ; x2(i) ; ...]}, or below one another. */
public final class Join implements Operation {
    private final Tape tape;
    private final Tensor[] parts;
    private final Tensor[] windows;
    private final Tensor y;

    private Join(Tape tape, List<Tensor> parts, List<Tensor> windows, Tensor y) {
        this.tape = tape;
        this.parts = parts.toArray(Tensor[]::new);
        this.windows = windows.toArray(Tensor[]::new);
        this.y = y;
    }

    /**
     * Records the joining of lines.
     *
     * @param tape the tape
     * @param parts {@code [batch][lines][size of its own]} each
     * @return {@code [batch][lines][sizes together]}
     * @throws IllegalArgumentException if there are none, or batches or lines differ
     */
    public static Tensor columns(Tape tape, List<Tensor> parts) {
        Tensor first = first(parts);
        int size = 0;
        for (Tensor x : parts) {
            x.require("joined", first.batch(), first.lines(), x.size());
            size += x.size();
        }
        Tensor y = tape.allocate(first.batch(), first.lines(), size);
        int[] from = {0};
        List<Tensor> windows = parts.stream().map(x -> y.slice((from[0] += x.size()) - x.size(), x.size())).toList();
        return record(new Join(tape, parts, windows, y));
    }

    /**
     * Records the joining of tensors of the same width.
     *
     * @param tape the tape
     * @param parts {@code [batch][lines of its own][size]} each
     * @return {@code [batch][lines together][size]}
     * @throws IllegalArgumentException if there are none, or batches or sizes differ
     */
    public static Tensor lines(Tape tape, List<Tensor> parts) {
        Tensor first = first(parts);
        int lines = 0;
        for (Tensor x : parts) {
            x.require("joined", first.batch(), x.lines(), first.size());
            lines += x.lines();
        }
        Tensor y = Term.allocate(tape, first.batch(), lines, first.size());
        int[] from = {0};
        List<Tensor> windows = parts.stream().map(x -> y.lines((from[0] += x.lines()) - x.lines(), x.lines())).toList();
        return record(new Join(tape, parts, windows, y));
    }

    private static Tensor first(List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("join: expected tensors, got none");
        }
        return parts.getFirst();
    }

    private static Tensor record(Join operation) {
        operation.tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int i = 0; i < parts.length; i++) {
            for (int b = 0; b < y.batch(); b++) {
                for (int line = 0; line < parts[i].lines(); line++) {
                    System.arraycopy(values, parts[i].at(b, line), values, windows[i].at(b, line), parts[i].size());
                }
            }
        }
    }

    @Override
    public void backward() {
        float[] gradients = tape.gradients();
        for (int i = 0; i < parts.length; i++) {
            Tensor x = parts[i];
            if (!x.hasGradient()) {
                continue;
            }
            for (int b = 0; b < y.batch(); b++) {
                for (int line = 0; line < x.lines(); line++) {
                    int dy = windows[i].gradientAt(b, line);
                    tape.kernels().elements().add(gradients, dy, x.size(), gradients, x.gradientAt(b, line));
                }
            }
        }
    }
}
