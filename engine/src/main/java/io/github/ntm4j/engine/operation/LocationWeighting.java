package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;
import java.util.Arrays;

/**
 * Addressing by location, Graves et al. 2014, eq. 7 to 9: interpolate between the content weighting and the last one,
 * {@code g(n) = gate c(n) + (1 - gate) p(n)}; shift around the rows, {@code s(n) = sum over j of shift(j) g(n - (j - R))} for a
 * range of R, so that {@code shift(2R)} moves the focus R rows up; and sharpen, {@code w(n) = s(n)^sharpening / sum}, computed as
 * {@code softmax(sharpening log s)} because a power underflows. Weights below {@link AddressingKernels#SMALLEST_WEIGHT} count as that
 * under the logarithm.
 */
public final class LocationWeighting implements Operation {
    private final Tape tape;
    private final Tensor content;
    private final Tensor previous;
    private final Tensor gate;
    private final Tensor shift;
    private final Tensor sharpening;
    private final int rows;
    private final int range;
    private final Tensor ring;
    private final Tensor shifted;
    private final Tensor logarithm;
    private final Tensor weighting;

    private LocationWeighting(Tape tape, Tensor content, Tensor previous, Tensor gate, Tensor shift, Tensor sharpening) {
        this.tape = tape;
        this.content = content;
        this.previous = previous;
        this.gate = gate;
        this.shift = shift;
        this.sharpening = sharpening;
        int batch = content.batch();
        int heads = content.lines();
        this.rows = content.size();
        this.range = shift.size() / 2;
        this.ring = tape.allocateValues(batch, heads, content.lineStride() + 2 * range);
        this.shifted = tape.allocateValues(batch, heads, rows);
        this.logarithm = tape.allocateValues(batch, heads, rows);
        this.weighting = tape.allocate(batch, heads, rows);
        tape.reserveScratch(2 * content.lineStride() + 2 * range);
    }

    /**
     * Records the weighting of some heads.
     *
     * @param tape the tape
     * @param content {@code [batch][heads][rows]}
     * @param previous the weighting of the step before, {@code [batch][heads][rows]}
     * @param gate {@code [batch][heads][1]}
     * @param shift a distribution over displacements -R .. R, {@code [batch][heads][2 R + 1]}
     * @param sharpening at least 1, {@code [batch][heads][1]}
     * @return the recorded operation, with the weighting and its stages
     * @throws IllegalArgumentException if shapes don't fit, or the shift reaches further than the rows
     */
    public static LocationWeighting of(
            Tape tape, Tensor content, Tensor previous, Tensor gate, Tensor shift, Tensor sharpening) {
        int batch = content.batch();
        int heads = content.lines();
        content.require("content weighting", batch, heads, content.size());
        previous.require("previous weighting", batch, heads, content.size());
        gate.require("interpolation gate", batch, heads, 1);
        shift.require("shift", batch, heads, shift.size());
        sharpening.require("sharpening", batch, heads, 1);
        if (shift.size() % 2 == 0 || shift.size() / 2 > content.size()) {
            throw new IllegalArgumentException(
                    "shift: expected an odd number of displacements that reach at most " + content.size() + " rows, got " + shift.size());
        }
        LocationWeighting operation = new LocationWeighting(tape, content, previous, gate, shift, sharpening);
        tape.record(operation);
        return operation;
    }

    /**
     * After sharpening: what the head attends to.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor weighting() {
        return weighting;
    }

    /**
     * After interpolation.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor interpolated() {
        return ring.slice(range, rows);
    }

    /**
     * After the shift.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor shifted() {
        return shifted;
    }

    /** The shift. */
    @Override
    public Work work() {
        return new Work((long) content.batch() * content.lines() * shift.size() * rows, 0, 0);
    }

    @Override
    public Work workBackward() {
        return new Work(2 * work().multiplyAdds(), 0, 0);
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        AddressingKernels kernels = tape.kernels().addressing();
        for (int b = 0; b < content.batch(); b++) {
            for (int head = 0; head < content.lines(); head++) {
                int ringAt = ring.at(b, head);
                kernels.interpolate(
                        values[gate.at(b, head)],
                        values,
                        content.at(b, head),
                        values,
                        previous.at(b, head),
                        rows,
                        values,
                        ringAt + range);
                closeRing(values, ringAt);
                // s(n) = sum over j of shift(j) g(n + R - j)
                kernels.correlate(
                        values,
                        shift.at(b, head),
                        shift.size(),
                        values,
                        ringAt + range,
                        range,
                        -1,
                        rows,
                        values,
                        shifted.at(b, head));
                Arrays.fill(values, shifted.at(b, head) + rows, shifted.at(b, head) + shifted.lineStride(), 0f);
                kernels.flooredLog(values, shifted.at(b, head), rows, values, logarithm.at(b, head));
                kernels.softmax(
                        values[sharpening.at(b, head)],
                        values,
                        logarithm.at(b, head),
                        rows,
                        values,
                        weighting.at(b, head));
            }
        }
    }

    /** Copies the last rows before the first ones and the first behind the last. */
    private void closeRing(float[] x, int at) {
        for (int i = 0; i < range; i++) {
            x[at + i] = x[at + rows + i];
            x[at + range + rows + i] = x[at + range + i];
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] scratch = tape.scratch();
        AddressingKernels kernels = tape.kernels().addressing();
        int padded = content.lineStride();
        int dRing = 0;
        int dInterpolated = padded + 2 * range;
        for (int b = 0; b < content.batch(); b++) {
            for (int head = 0; head < content.lines(); head++) {
                gradients[sharpening.gradientAt(b, head)] += kernels.sharpenBackward(
                        values[sharpening.at(b, head)],
                        values,
                        logarithm.at(b, head),
                        values,
                        weighting.at(b, head),
                        gradients,
                        weighting.gradientAt(b, head),
                        rows,
                        scratch,
                        dRing + range);
                int interpolatedAt = ring.at(b, head) + range;
                for (int j = 0; j < shift.size(); j++) {
                    gradients[shift.gradientAt(b, head) + j] +=
                            kernels.dot(scratch, dRing + range, values, interpolatedAt + range - j, rows);
                }
                closeRing(scratch, dRing);
                // dg(n) = sum over j of shift(j) ds(n - R + j)
                kernels.correlate(
                        values,
                        shift.at(b, head),
                        shift.size(),
                        scratch,
                        dRing + range,
                        -range,
                        1,
                        rows,
                        scratch,
                        dInterpolated);
                Arrays.fill(scratch, dInterpolated + rows, dInterpolated + padded, 0f);
                gradients[gate.gradientAt(b, head)] += kernels.interpolateBackward(
                        values[gate.at(b, head)],
                        values,
                        content.at(b, head),
                        values,
                        previous.at(b, head),
                        rows,
                        scratch,
                        dInterpolated,
                        gradients,
                        content.gradientAt(b, head),
                        gradients,
                        previous.gradientAt(b, head));
            }
        }
    }
}
