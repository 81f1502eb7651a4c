package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The softmax of the elements of each line that a mask lets through, {@code y(j) = exp(x(j)) / sum over k of exp(x(k))}, and 0 where the mask is
 * not above 0; a line of which nothing is let through becomes 0. The mask is a constant.
 */
public final class MaskedSoftmax implements Operation {
    private final Tape tape;
    private final Tensor x;
    private final @Nullable Tensor mask;
    private final Tensor let;
    private final Tensor y;

    private MaskedSoftmax(Tape tape, Tensor x, @Nullable Tensor mask) {
        this.tape = tape;
        this.x = x;
        this.mask = mask;
        this.let = tape.allocateValues(x.batch(), x.lines(), x.size());
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
        tape.reserveScratch(y.lineStride());
    }

    /**
     * Records the softmax of all elements of each line.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}, a window as well as a whole tensor
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Tensor x) {
        x.require("softmax", x.batch(), x.lines(), x.size());
        return record(new MaskedSoftmax(tape, x, null));
    }

    /**
     * Records the softmax of the elements that a mask lets through.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}, a window as well as a whole tensor
     * @param mask {@code [batch][lines or 1][size]}, above 0 where elements count
     * @return {@code [batch][lines][size]}
     */
    public static Tensor of(Tape tape, Tensor x, Tensor mask) {
        x.require("softmax", x.batch(), x.lines(), x.size());
        mask.require("mask", x.batch(), mask.lines() == 1 ? 1 : x.lines(), x.size());
        return record(new MaskedSoftmax(tape, x, mask));
    }

    private static Tensor record(MaskedSoftmax operation) {
        operation.tape.record(operation);
        return operation.y;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        AddressingKernels kernels = tape.kernels().addressing();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int to = let.at(b, line);
                System.arraycopy(values, x.at(b, line), values, to, x.size());
                if (mask != null && !letThrough(mask.at(b, mask.lines() == 1 ? 0 : line), to)) {
                    Arrays.fill(values, y.at(b, line), y.at(b, line) + y.size(), 0f);
                } else {
                    kernels.softmax(1f, values, to, x.size(), values, y.at(b, line));
                }
            }
        }
    }

    /** Sets what is not let through to minus infinity; says whether anything is. */
    private boolean letThrough(int maskAt, int to) {
        float[] values = tape.values();
        boolean any = false;
        for (int j = 0; j < x.size(); j++) {
            if (values[maskAt + j] > 0f) {
                any = true;
            } else {
                values[to + j] = Float.NEGATIVE_INFINITY;
            }
        }
        return any;
    }

    @Override
    public void backward() {
        if (!x.hasGradient()) {
            return;
        }
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] dx = tape.scratch();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int at = y.at(b, line);
                int dy = y.gradientAt(b, line);
                tape.kernels().addressing().softmaxBackward(1f, values, at, values, at, gradients, dy, x.size(), dx, 0);
                tape.kernels().elements().add(dx, 0, x.size(), gradients, x.gradientAt(b, line));
            }
        }
    }
}
