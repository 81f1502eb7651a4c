package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Where to write, Graves et al. 2016, Methods: {@code w(n) = g (h a(n) + (1 - h) c(n))} between the allocation a and the weighting c by content, with the
 * write gate g and the allocation gate h. Computed as {@code g h a(n) + g (1 - h) c(n)}.
 */
public final class WriteWeighting implements Operation {
    private final Tape tape;
    private final Tensor allocation;
    private final Tensor content;
    private final Tensor allocationGate;
    private final Tensor writeGate;
    private final Tensor weighting;

    /** Of allocation and content. */
    private final float[] shares = new float[2];

    private final float[] dShares = new float[2];
    private final int[] at = new int[2];
    private final int[] gradientAt = new int[2];

    private WriteWeighting(Tape tape, Tensor allocation, Tensor content, Tensor allocationGate, Tensor writeGate) {
        this.tape = tape;
        this.allocation = allocation;
        this.content = content;
        this.allocationGate = allocationGate;
        this.writeGate = writeGate;
        this.weighting = tape.allocate(allocation.batch(), allocation.lines(), allocation.size());
    }

    /**
     * Records the weightings of some write heads.
     *
     * @param tape the tape
     * @param allocation where there is room, {@code [batch][heads][rows]}
     * @param content what resembles the key, {@code [batch][heads][rows]}
     * @param allocationGate the share of the allocation, {@code [batch][heads][1]}
     * @param writeGate whether to write at all, {@code [batch][heads][1]}
     * @return {@code [batch][heads][rows]}
     */
    public static Tensor of(Tape tape, Tensor allocation, Tensor content, Tensor allocationGate, Tensor writeGate) {
        int batch = allocation.batch();
        int heads = allocation.lines();
        allocation.require("allocation", batch, heads, allocation.size());
        content.require("content weighting", batch, heads, allocation.size());
        allocationGate.require("allocation gate", batch, heads, 1);
        writeGate.require("write gate", batch, heads, 1);
        WriteWeighting operation = new WriteWeighting(tape, allocation, content, allocationGate, writeGate);
        tape.record(operation);
        return operation.weighting;
    }

    private void share(int b, int head) {
        float write = tape.values()[writeGate.at(b, head)];
        float allocate = tape.values()[allocationGate.at(b, head)];
        shares[0] = write * allocate;
        shares[1] = write * (1f - allocate);
        at[0] = allocation.at(b, head);
        at[1] = content.at(b, head);
    }

    @Override
    public void forward() {
        for (int b = 0; b < allocation.batch(); b++) {
            for (int head = 0; head < allocation.lines(); head++) {
                share(b, head);
                tape.kernels().dynamic().mix(shares, 0, tape.values(), at, allocation.size(), weighting.at(b, head));
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        for (int b = 0; b < allocation.batch(); b++) {
            for (int head = 0; head < allocation.lines(); head++) {
                share(b, head);
                gradientAt[0] = allocation.gradientAt(b, head);
                gradientAt[1] = content.gradientAt(b, head);
                Arrays.fill(dShares, 0f);
                tape.kernels()
                        .dynamic()
                        .mixBackward(
                                shares,
                                0,
                                values,
                                at,
                                allocation.size(),
                                gradients,
                                weighting.gradientAt(b, head),
                                gradientAt,
                                dShares,
                                0);
                float write = values[writeGate.at(b, head)];
                float allocate = values[allocationGate.at(b, head)];
                gradients[writeGate.gradientAt(b, head)] += Math.fma(allocate, dShares[0], (1f - allocate) * dShares[1]);
                gradients[allocationGate.gradientAt(b, head)] += write * (dShares[0] - dShares[1]);
            }
        }
    }
}
