package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/**
 * A mixture of weightings, {@code y(n) = sum over k of share(k) x_k(n)}: the read modes of Graves et al. 2016, Methods, choose between what was written
 * before, what resembles the key, and what was written after.
 */
public final class Mixture implements Operation {
    private final Tape tape;
    private final Tensor shares;
    private final List<Tensor> weightings;
    private final Tensor result;
    private final int[] at;
    private final int[] gradientAt;

    private Mixture(Tape tape, Tensor shares, List<Tensor> weightings) {
        this.tape = tape;
        this.shares = shares;
        this.weightings = weightings;
        this.result = tape.allocate(shares.batch(), shares.lines(), weightings.getFirst().size());
        this.at = new int[weightings.size()];
        this.gradientAt = new int[weightings.size()];
    }

    /**
     * Records the mixtures of some heads.
     *
     * @param tape the tape
     * @param shares {@code [batch][heads][weightings]}
     * @param weightings what is mixed, in the order of the shares, each {@code [batch][heads][rows]}
     * @return {@code [batch][heads][rows]}
     * @throws IllegalArgumentException if there is nothing to mix, or shapes don't fit
     */
    public static Tensor of(Tape tape, Tensor shares, List<Tensor> weightings) {
        if (weightings.isEmpty()) {
            throw new IllegalArgumentException("weightings: expected at least one, got none");
        }
        shares.require("shares", shares.batch(), shares.lines(), weightings.size());
        for (Tensor weighting : weightings) {
            weighting.require("weighting", shares.batch(), shares.lines(), weightings.getFirst().size());
        }
        Mixture operation = new Mixture(tape, shares, List.copyOf(weightings));
        tape.record(operation);
        return operation.result;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < shares.batch(); b++) {
            for (int head = 0; head < shares.lines(); head++) {
                place(b, head);
                tape.kernels().dynamic().mix(values, shares.at(b, head), values, at, result.size(), result.at(b, head));
            }
        }
    }

    private void place(int b, int head) {
        for (int k = 0; k < at.length; k++) {
            at[k] = weightings.get(k).at(b, head);
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < shares.batch(); b++) {
            for (int head = 0; head < shares.lines(); head++) {
                place(b, head);
                for (int k = 0; k < at.length; k++) {
                    gradientAt[k] = weightings.get(k).gradientAt(b, head);
                }
                tape.kernels()
                        .dynamic()
                        .mixBackward(
                                values,
                                shares.at(b, head),
                                values,
                                at,
                                result.size(),
                                gradients,
                                result.gradientAt(b, head),
                                gradientAt,
                                gradients,
                                shares.gradientAt(b, head));
            }
        }
    }
}
