package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/** The loops of {@link SimdLink}: each on four lines of a link, or on one; lanes run along the lines. */
final class LinkTiles {
    /** Lines of a tile. */
    static final int LINES = 4;

    private LinkTiles() {}

    /** The new link of lines i to i + 3: {@code y = (1 - write[i] - write) link + write[i] precedence}, 0 on the diagonal. */
    static void updateFour(float[] values, int at, int stride, int i, int writeAt, int precedenceAt, int end, float[] y, int to) {
        float write0 = values[writeAt + i];
        float write1 = values[writeAt + i + 1];
        float write2 = values[writeAt + i + 2];
        float write3 = values[writeAt + i + 3];
        FloatVector w0 = broadcast(SPECIES, write0);
        FloatVector w1 = broadcast(SPECIES, write1);
        FloatVector w2 = broadcast(SPECIES, write2);
        FloatVector w3 = broadcast(SPECIES, write3);
        FloatVector k0 = broadcast(SPECIES, 1f - write0);
        FloatVector k1 = broadcast(SPECIES, 1f - write1);
        FloatVector k2 = broadcast(SPECIES, 1f - write2);
        FloatVector k3 = broadcast(SPECIES, 1f - write3);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int to1 = to + stride;
        int to2 = to1 + stride;
        int to3 = to2 + stride;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector w = fromArray(SPECIES, values, writeAt + j);
            FloatVector p = fromArray(SPECIES, values, precedenceAt + j);
            fromArray(SPECIES, values, at + j).fma(k0.sub(w), p.mul(w0)).intoArray(y, to + j);
            fromArray(SPECIES, values, at1 + j).fma(k1.sub(w), p.mul(w1)).intoArray(y, to1 + j);
            fromArray(SPECIES, values, at2 + j).fma(k2.sub(w), p.mul(w2)).intoArray(y, to2 + j);
            fromArray(SPECIES, values, at3 + j).fma(k3.sub(w), p.mul(w3)).intoArray(y, to3 + j);
        }
        y[to + i] = 0f;
        y[to1 + i + 1] = 0f;
        y[to2 + i + 2] = 0f;
        y[to3 + i + 3] = 0f;
    }

    /** The new link of line i. */
    static void updateOne(float[] values, int at, int i, int writeAt, int precedenceAt, int end, float[] y, int to) {
        float write = values[writeAt + i];
        FloatVector wi = broadcast(SPECIES, write);
        FloatVector k = broadcast(SPECIES, 1f - write);
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector w = fromArray(SPECIES, values, writeAt + j);
            FloatVector p = fromArray(SPECIES, values, precedenceAt + j);
            fromArray(SPECIES, values, at + j).fma(k.sub(w), p.mul(wi)).intoArray(y, to + j);
        }
        y[to + i] = 0f;
    }

    /** Adds four lines, each times its element of a row, to a row, for two rows. */
    static void acrossFourForTwo(
            float[] link, int at, int stride, float[] x, int x0, int x1, int end, float[] y, int y0, int y1) {
        FloatVector a0 = broadcast(SPECIES, x[x0]);
        FloatVector a1 = broadcast(SPECIES, x[x0 + 1]);
        FloatVector a2 = broadcast(SPECIES, x[x0 + 2]);
        FloatVector a3 = broadcast(SPECIES, x[x0 + 3]);
        FloatVector b0 = broadcast(SPECIES, x[x1]);
        FloatVector b1 = broadcast(SPECIES, x[x1 + 1]);
        FloatVector b2 = broadcast(SPECIES, x[x1 + 2]);
        FloatVector b3 = broadcast(SPECIES, x[x1 + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector l = fromArray(SPECIES, link, at + j);
            FloatVector s = a0.fma(l, fromArray(SPECIES, y, y0 + j));
            FloatVector t = b0.fma(l, fromArray(SPECIES, y, y1 + j));
            l = fromArray(SPECIES, link, at1 + j);
            s = a1.fma(l, s);
            t = b1.fma(l, t);
            l = fromArray(SPECIES, link, at2 + j);
            s = a2.fma(l, s);
            t = b2.fma(l, t);
            l = fromArray(SPECIES, link, at3 + j);
            a3.fma(l, s).intoArray(y, y0 + j);
            b3.fma(l, t).intoArray(y, y1 + j);
        }
    }

    /** Adds four lines, each times its element of a row, to a row. */
    static void acrossFour(float[] link, int at, int stride, float[] x, int xAt, int end, float[] y, int yAt) {
        FloatVector a0 = broadcast(SPECIES, x[xAt]);
        FloatVector a1 = broadcast(SPECIES, x[xAt + 1]);
        FloatVector a2 = broadcast(SPECIES, x[xAt + 2]);
        FloatVector a3 = broadcast(SPECIES, x[xAt + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector s = a0.fma(fromArray(SPECIES, link, at + j), fromArray(SPECIES, y, yAt + j));
            s = a1.fma(fromArray(SPECIES, link, at1 + j), s);
            s = a2.fma(fromArray(SPECIES, link, at2 + j), s);
            a3.fma(fromArray(SPECIES, link, at3 + j), s).intoArray(y, yAt + j);
        }
    }

    /**
     * Adds to the derivatives by four lines of the link, from the i-th, what they receive from two heads:
     * {@code d[i] += dForward[h][i] read[h] + read[h][i] dBackward[h]}.
     */
    static void outerFourForTwo(
            float[] values,
            int read,
            int readStride,
            float[] gradients,
            int dForward,
            int dBackward,
            int resultStride,
            int i,
            int end,
            int d,
            int stride) {
        int read1 = read + readStride;
        int dForward1 = dForward + resultStride;
        int dBackward1 = dBackward + resultStride;
        FloatVector f0 = broadcast(SPECIES, gradients[dForward + i]);
        FloatVector f1 = broadcast(SPECIES, gradients[dForward + i + 1]);
        FloatVector f2 = broadcast(SPECIES, gradients[dForward + i + 2]);
        FloatVector f3 = broadcast(SPECIES, gradients[dForward + i + 3]);
        FloatVector g0 = broadcast(SPECIES, gradients[dForward1 + i]);
        FloatVector g1 = broadcast(SPECIES, gradients[dForward1 + i + 1]);
        FloatVector g2 = broadcast(SPECIES, gradients[dForward1 + i + 2]);
        FloatVector g3 = broadcast(SPECIES, gradients[dForward1 + i + 3]);
        FloatVector r0 = broadcast(SPECIES, values[read + i]);
        FloatVector r1 = broadcast(SPECIES, values[read + i + 1]);
        FloatVector r2 = broadcast(SPECIES, values[read + i + 2]);
        FloatVector r3 = broadcast(SPECIES, values[read + i + 3]);
        FloatVector q0 = broadcast(SPECIES, values[read1 + i]);
        FloatVector q1 = broadcast(SPECIES, values[read1 + i + 1]);
        FloatVector q2 = broadcast(SPECIES, values[read1 + i + 2]);
        FloatVector q3 = broadcast(SPECIES, values[read1 + i + 3]);
        int d1 = d + stride;
        int d2 = d1 + stride;
        int d3 = d2 + stride;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector r = fromArray(SPECIES, values, read + j);
            FloatVector b = fromArray(SPECIES, gradients, dBackward + j);
            FloatVector q = fromArray(SPECIES, values, read1 + j);
            FloatVector c = fromArray(SPECIES, gradients, dBackward1 + j);
            FloatVector s = fromArray(SPECIES, gradients, d + j);
            q0.fma(c, g0.fma(q, r0.fma(b, f0.fma(r, s)))).intoArray(gradients, d + j);
            s = fromArray(SPECIES, gradients, d1 + j);
            q1.fma(c, g1.fma(q, r1.fma(b, f1.fma(r, s)))).intoArray(gradients, d1 + j);
            s = fromArray(SPECIES, gradients, d2 + j);
            q2.fma(c, g2.fma(q, r2.fma(b, f2.fma(r, s)))).intoArray(gradients, d2 + j);
            s = fromArray(SPECIES, gradients, d3 + j);
            q3.fma(c, g3.fma(q, r3.fma(b, f3.fma(r, s)))).intoArray(gradients, d3 + j);
        }
    }

    /** The same from one head. */
    static void outerFour(
            float[] values, int read, float[] gradients, int dForward, int dBackward, int i, int end, int d, int stride) {
        FloatVector f0 = broadcast(SPECIES, gradients[dForward + i]);
        FloatVector f1 = broadcast(SPECIES, gradients[dForward + i + 1]);
        FloatVector f2 = broadcast(SPECIES, gradients[dForward + i + 2]);
        FloatVector f3 = broadcast(SPECIES, gradients[dForward + i + 3]);
        FloatVector r0 = broadcast(SPECIES, values[read + i]);
        FloatVector r1 = broadcast(SPECIES, values[read + i + 1]);
        FloatVector r2 = broadcast(SPECIES, values[read + i + 2]);
        FloatVector r3 = broadcast(SPECIES, values[read + i + 3]);
        int d1 = d + stride;
        int d2 = d1 + stride;
        int d3 = d2 + stride;
        for (int j = 0; j < end; j += LENGTH) {
            FloatVector r = fromArray(SPECIES, values, read + j);
            FloatVector b = fromArray(SPECIES, gradients, dBackward + j);
            r0.fma(b, f0.fma(r, fromArray(SPECIES, gradients, d + j))).intoArray(gradients, d + j);
            r1.fma(b, f1.fma(r, fromArray(SPECIES, gradients, d1 + j))).intoArray(gradients, d1 + j);
            r2.fma(b, f2.fma(r, fromArray(SPECIES, gradients, d2 + j))).intoArray(gradients, d2 + j);
            r3.fma(b, f3.fma(r, fromArray(SPECIES, gradients, d3 + j))).intoArray(gradients, d3 + j);
        }
    }

    /**
     * Turns the derivatives by four lines of the new link, from the i-th, into those by the link before; adds to the derivatives by write weighting
     * and precedence what goes from line to line, and leaves the partial sums of what goes along the lines.
     */
    static void turnFour(
            float[] values,
            int at,
            int stride,
            int writeAt,
            int i,
            int precedenceAt,
            int end,
            float[] gradients,
            int d,
            int dWrite,
            int dPrecedence,
            float[] partials,
            int partialsAt) {
        float write0 = values[writeAt + i];
        float write1 = values[writeAt + i + 1];
        float write2 = values[writeAt + i + 2];
        float write3 = values[writeAt + i + 3];
        FloatVector w0 = broadcast(SPECIES, write0);
        FloatVector w1 = broadcast(SPECIES, write1);
        FloatVector w2 = broadcast(SPECIES, write2);
        FloatVector w3 = broadcast(SPECIES, write3);
        FloatVector k0 = broadcast(SPECIES, 1f - write0);
        FloatVector k1 = broadcast(SPECIES, 1f - write1);
        FloatVector k2 = broadcast(SPECIES, 1f - write2);
        FloatVector k3 = broadcast(SPECIES, 1f - write3);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int d1 = d + stride;
        int d2 = d1 + stride;
        int d3 = d2 + stride;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector w = fromArray(SPECIES, values, writeAt + j);
                FloatVector p = fromArray(SPECIES, values, precedenceAt + j);
                FloatVector dw = fromArray(SPECIES, gradients, dWrite + j);
                FloatVector dp = fromArray(SPECIES, gradients, dPrecedence + j);
                FloatVector g = fromArray(SPECIES, gradients, d + j);
                FloatVector l = fromArray(SPECIES, values, at + j);
                s0 = g.fma(p.sub(l), s0);
                dw = g.neg().fma(l, dw);
                dp = g.fma(w0, dp);
                g.mul(k0.sub(w)).intoArray(gradients, d + j);
                g = fromArray(SPECIES, gradients, d1 + j);
                l = fromArray(SPECIES, values, at1 + j);
                s1 = g.fma(p.sub(l), s1);
                dw = g.neg().fma(l, dw);
                dp = g.fma(w1, dp);
                g.mul(k1.sub(w)).intoArray(gradients, d1 + j);
                g = fromArray(SPECIES, gradients, d2 + j);
                l = fromArray(SPECIES, values, at2 + j);
                s2 = g.fma(p.sub(l), s2);
                dw = g.neg().fma(l, dw);
                dp = g.fma(w2, dp);
                g.mul(k2.sub(w)).intoArray(gradients, d2 + j);
                g = fromArray(SPECIES, gradients, d3 + j);
                l = fromArray(SPECIES, values, at3 + j);
                s3 = g.fma(p.sub(l), s3);
                g.neg().fma(l, dw).intoArray(gradients, dWrite + j);
                g.fma(w3, dp).intoArray(gradients, dPrecedence + j);
                g.mul(k3.sub(w)).intoArray(gradients, d3 + j);
            }
            int to = partialsAt + lane;
            s0.intoArray(partials, to);
            s1.intoArray(partials, to + BLOCK);
            s2.intoArray(partials, to + 2 * BLOCK);
            s3.intoArray(partials, to + 3 * BLOCK);
        }
    }

    /** The same for line i alone. */
    static void turnOne(
            float[] values,
            int at,
            int writeAt,
            int i,
            int precedenceAt,
            int end,
            float[] gradients,
            int d,
            int dWrite,
            int dPrecedence,
            float[] partials) {
        float write = values[writeAt + i];
        FloatVector wi = broadcast(SPECIES, write);
        FloatVector k = broadcast(SPECIES, 1f - write);
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector g = fromArray(SPECIES, gradients, d + j);
                FloatVector l = fromArray(SPECIES, values, at + j);
                sum = g.fma(fromArray(SPECIES, values, precedenceAt + j).sub(l), sum);
                g.neg().fma(l, fromArray(SPECIES, gradients, dWrite + j)).intoArray(gradients, dWrite + j);
                g.fma(wi, fromArray(SPECIES, gradients, dPrecedence + j)).intoArray(gradients, dPrecedence + j);
                g.mul(k.sub(fromArray(SPECIES, values, writeAt + j))).intoArray(gradients, d + j);
            }
            sum.intoArray(partials, lane);
        }
    }

    /** {@code y += factor x}. */
    static void addScaled(float factor, float[] x, int xAt, int end, float[] y, int yAt) {
        FloatVector f = broadcast(SPECIES, factor);
        for (int j = 0; j < end; j += LENGTH) {
            f.fma(fromArray(SPECIES, x, xAt + j), fromArray(SPECIES, y, yAt + j)).intoArray(y, yAt + j);
        }
    }

    /** {@code y += x}. */
    static void add(float[] x, int xAt, int count, float[] y, int yAt) {
        int whole = count - count % LENGTH;
        for (int j = 0; j < whole; j += LENGTH) {
            fromArray(SPECIES, y, yAt + j).add(fromArray(SPECIES, x, xAt + j)).intoArray(y, yAt + j);
        }
        for (int j = whole; j < count; j++) {
            y[yAt + j] += x[xAt + j];
        }
    }
}
