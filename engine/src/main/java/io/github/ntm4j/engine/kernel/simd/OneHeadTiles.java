package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The way back of {@link SimdLink} for a single read head, two lines of a link at a time: all that is done with an element is done while it is in a
 * register. For more lines or heads there are not registers enough.
 */
final class OneHeadTiles {
    private static final FloatVector INDEX = FloatVector.zero(SPECIES).addIndex(1);

    private OneHeadTiles() {}

    /** The lane of a vector of line i, in the vector that holds the line's own row. */
    private static VectorMask<Float> own(int i) {
        return INDEX.compare(VectorOperators.EQ, (float) (i % LENGTH));
    }

    /**
     * The way back through lines i and i + 1, whose new link is computed again: turns the derivatives by it as {@link LinkTiles#turnFour} does, what they
     * receive from the head included; adds to the derivatives by write weighting, precedence and read weighting what goes from line to line, and
     * leaves the partial sums of what goes along the lines, to the write weighting and, {@code apart} behind, to the read weighting.
     */
    static void turnTwo(
            float[] values,
            int at,
            int stride,
            int writeAt,
            int i,
            int precedenceAt,
            int readAt,
            int end,
            float[] gradients,
            int dForward,
            int dBackward,
            int d,
            int dWrite,
            int dPrecedence,
            int dRead,
            float[] partials,
            int partialsAt,
            int apart) {
        float write0 = values[writeAt + i];
        float write1 = values[writeAt + i + 1];
        FloatVector w0 = broadcast(SPECIES, write0);
        FloatVector w1 = broadcast(SPECIES, write1);
        FloatVector k0 = broadcast(SPECIES, 1f - write0);
        FloatVector k1 = broadcast(SPECIES, 1f - write1);
        FloatVector f0 = broadcast(SPECIES, gradients[dForward + i]);
        FloatVector f1 = broadcast(SPECIES, gradients[dForward + i + 1]);
        FloatVector r0 = broadcast(SPECIES, values[readAt + i]);
        FloatVector r1 = broadcast(SPECIES, values[readAt + i + 1]);
        int at1 = at + stride;
        int d1 = d + stride;
        int diagonal = i - i % LENGTH;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector w = fromArray(SPECIES, values, writeAt + j);
                FloatVector p = fromArray(SPECIES, values, precedenceAt + j);
                FloatVector r = fromArray(SPECIES, values, readAt + j);
                FloatVector b = fromArray(SPECIES, gradients, dBackward + j);
                FloatVector l0 = fromArray(SPECIES, values, at + j);
                FloatVector l1 = fromArray(SPECIES, values, at1 + j);
                FloatVector keep0 = k0.sub(w);
                FloatVector keep1 = k1.sub(w);
                FloatVector y0 = l0.fma(keep0, p.mul(w0));
                FloatVector y1 = l1.fma(keep1, p.mul(w1));
                FloatVector g0 = r0.fma(b, f0.fma(r, fromArray(SPECIES, gradients, d + j)));
                FloatVector g1 = r1.fma(b, f1.fma(r, fromArray(SPECIES, gradients, d1 + j)));
                if (j == diagonal) {
                    VectorMask<Float> own0 = own(i);
                    VectorMask<Float> own1 = own(i + 1);
                    y0 = y0.blend(0f, own0);
                    y1 = y1.blend(0f, own1);
                    g0 = g0.blend(0f, own0);
                    g1 = g1.blend(0f, own1);
                }
                t0 = y0.fma(b, t0);
                t1 = y1.fma(b, t1);
                f1.fma(y1, f0.fma(y0, fromArray(SPECIES, gradients, dRead + j))).intoArray(gradients, dRead + j);
                s0 = g0.fma(p.sub(l0), s0);
                s1 = g1.fma(p.sub(l1), s1);
                g1.neg().fma(l1, g0.neg().fma(l0, fromArray(SPECIES, gradients, dWrite + j))).intoArray(gradients, dWrite + j);
                g1.fma(w1, g0.fma(w0, fromArray(SPECIES, gradients, dPrecedence + j))).intoArray(gradients, dPrecedence + j);
                g0.mul(keep0).intoArray(gradients, d + j);
                g1.mul(keep1).intoArray(gradients, d1 + j);
            }
            int to = partialsAt + lane;
            s0.intoArray(partials, to);
            s1.intoArray(partials, to + BLOCK);
            t0.intoArray(partials, to + apart);
            t1.intoArray(partials, to + apart + BLOCK);
        }
    }
}
