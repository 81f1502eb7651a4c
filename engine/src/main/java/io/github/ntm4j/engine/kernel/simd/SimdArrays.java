package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.ArrayKernels;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.Place;
import jdk.incubator.vector.FloatVector;

/** Products four lines at a time, so that what they share is loaded once. */
final class SimdArrays implements ArrayKernels {
    private static final int LINES = 4;
    private static final int SUMS = 8;

    private final SimdPointwise pointwise = new SimdPointwise();
    private final float[] partials = new float[SUMS * BLOCK];
    private final float[] sums = new float[SUMS];

    @Override
    public void pointwise(
            Expression expression,
            int batch,
            int lines,
            int size,
            float[] values,
            float[] derivatives,
            Place[] inputs,
            Place[] outputs,
            boolean add) {
        pointwise.run(expression, batch, lines, size, values, derivatives, inputs, outputs, add);
    }

    @Override
    public void multiply(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        for (int s = 0; s < batch; s++) {
            multiply(a, a.at(s, 0), a.lineStride(), 1, b, b.at(s, 0), c, c.at(s, 0), values, derivatives, add);
        }
    }

    @Override
    public void multiplyTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        for (int s = 0; s < batch; s++) {
            multiply(a, a.at(s, 0), 1, a.lineStride(), b, b.at(s, 0), c, c.at(s, 0), values, derivatives, add);
        }
    }

    /** One sequence; the factors of a line of C lie {@code line} apart, those of the next of its terms {@code term}. */
    private static void multiply(
            Place a,
            int aAt,
            int line,
            int term,
            Place b,
            int bAt,
            Place c,
            int cAt,
            float[] values,
            float[] derivatives,
            boolean add) {
        float[] left = a.in(values, derivatives);
        float[] right = b.in(values, derivatives);
        float[] result = c.in(values, derivatives);
        int depth = b.lines();
        int columns = c.size();
        int i = 0;
        for (; i <= c.lines() - LINES; i += LINES) {
            int from = aAt + i * line;
            int to = cAt + i * c.lineStride();
            fourLines(left, from, line, term, depth, right, bAt, b.lineStride(), columns, result, to, c.lineStride(), add);
        }
        for (; i < c.lines(); i++) {
            oneLine(left, aAt + i * line, term, depth, right, bAt, b.lineStride(), columns, result, cAt + i * c.lineStride(), add);
        }
    }

    private static void fourLines(
            float[] a,
            int aAt,
            int line,
            int term,
            int depth,
            float[] b,
            int bAt,
            int bStride,
            int columns,
            float[] c,
            int cAt,
            int cStride,
            boolean add) {
        for (int j = 0; j < columns; j += LENGTH) {
            var inside = Lanes.first(Math.min(LENGTH, columns - j));
            int c0 = cAt + j;
            int c1 = c0 + cStride;
            int c2 = c1 + cStride;
            int c3 = c2 + cStride;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            if (add) {
                s0 = FloatVector.fromArray(SPECIES, c, c0, inside);
                s1 = FloatVector.fromArray(SPECIES, c, c1, inside);
                s2 = FloatVector.fromArray(SPECIES, c, c2, inside);
                s3 = FloatVector.fromArray(SPECIES, c, c3, inside);
            }
            int at = aAt;
            int from = bAt + j;
            for (int k = 0; k < depth; k++) {
                FloatVector v = FloatVector.fromArray(SPECIES, b, from, inside);
                s0 = v.fma(FloatVector.broadcast(SPECIES, a[at]), s0);
                s1 = v.fma(FloatVector.broadcast(SPECIES, a[at + line]), s1);
                s2 = v.fma(FloatVector.broadcast(SPECIES, a[at + 2 * line]), s2);
                s3 = v.fma(FloatVector.broadcast(SPECIES, a[at + 3 * line]), s3);
                at += term;
                from += bStride;
            }
            s0.intoArray(c, c0, inside);
            s1.intoArray(c, c1, inside);
            s2.intoArray(c, c2, inside);
            s3.intoArray(c, c3, inside);
        }
    }

    private static void oneLine(
            float[] a, int aAt, int term, int depth, float[] b, int bAt, int bStride, int columns, float[] c, int cAt, boolean add) {
        int j = 0;
        for (; j <= columns - 4 * LENGTH; j += 4 * LENGTH) {
            int to = cAt + j;
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            if (add) {
                s0 = FloatVector.fromArray(SPECIES, c, to);
                s1 = FloatVector.fromArray(SPECIES, c, to + LENGTH);
                s2 = FloatVector.fromArray(SPECIES, c, to + 2 * LENGTH);
                s3 = FloatVector.fromArray(SPECIES, c, to + 3 * LENGTH);
            }
            int at = aAt;
            int from = bAt + j;
            for (int k = 0; k < depth; k++) {
                FloatVector factor = FloatVector.broadcast(SPECIES, a[at]);
                s0 = factor.fma(FloatVector.fromArray(SPECIES, b, from), s0);
                s1 = factor.fma(FloatVector.fromArray(SPECIES, b, from + LENGTH), s1);
                s2 = factor.fma(FloatVector.fromArray(SPECIES, b, from + 2 * LENGTH), s2);
                s3 = factor.fma(FloatVector.fromArray(SPECIES, b, from + 3 * LENGTH), s3);
                at += term;
                from += bStride;
            }
            s0.intoArray(c, to);
            s1.intoArray(c, to + LENGTH);
            s2.intoArray(c, to + 2 * LENGTH);
            s3.intoArray(c, to + 3 * LENGTH);
        }
        for (; j < columns; j += LENGTH) {
            var inside = Lanes.first(Math.min(LENGTH, columns - j));
            FloatVector sum = add ? FloatVector.fromArray(SPECIES, c, cAt + j, inside) : FloatVector.zero(SPECIES);
            int at = aAt;
            int from = bAt + j;
            for (int k = 0; k < depth; k++) {
                sum = FloatVector.fromArray(SPECIES, b, from, inside).fma(FloatVector.broadcast(SPECIES, a[at]), sum);
                at += term;
                from += bStride;
            }
            sum.intoArray(c, cAt + j, inside);
        }
    }

    @Override
    public void multiplyByTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        float[] left = a.in(values, derivatives);
        float[] right = b.in(values, derivatives);
        float[] result = c.in(values, derivatives);
        for (int s = 0; s < batch; s++) {
            for (int i = 0; i < c.lines(); i++) {
                for (int j = 0; j < c.size(); j += SUMS) {
                    int count = Math.min(SUMS, c.size() - j);
                    int d = 0;
                    for (; d <= count - LINES; d += LINES) {
                        fourDots(left, a.at(s, i), a.size(), right, b.at(s, j + d), b.lineStride(), d * BLOCK);
                    }
                    for (; d < count; d++) {
                        dot(left, a.at(s, i), a.size(), right, b.at(s, j + d), d * BLOCK);
                    }
                    int to = c.at(s, i) + j;
                    Sums.trees(partials, 0, count, sums, 0);
                    for (int n = 0; n < count; n++) {
                        result[to + n] = add ? result[to + n] + sums[n] : sums[n];
                    }
                }
            }
        }
    }

    /** Leaves the partial sums. */
    private void dot(float[] a, int aAt, int size, float[] b, int bAt, int partialsAt) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            int n = j;
            for (; n <= size - LENGTH; n += BLOCK) {
                sum = FloatVector.fromArray(SPECIES, a, aAt + n).fma(FloatVector.fromArray(SPECIES, b, bAt + n), sum);
            }
            if (n < size) {
                var inside = Lanes.first(size - n);
                FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + n, inside);
                sum = v.fma(FloatVector.fromArray(SPECIES, b, bAt + n, inside), sum);
            }
            sum.intoArray(partials, partialsAt + j);
        }
    }

    /** Leaves the partial sums of four lines of B. */
    private void fourDots(float[] a, int aAt, int size, float[] b, int b0, int bStride, int partialsAt) {
        int b1 = b0 + bStride;
        int b2 = b1 + bStride;
        int b3 = b2 + bStride;
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int n = j;
            for (; n <= size - LENGTH; n += BLOCK) {
                FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + n);
                s0 = v.fma(FloatVector.fromArray(SPECIES, b, b0 + n), s0);
                s1 = v.fma(FloatVector.fromArray(SPECIES, b, b1 + n), s1);
                s2 = v.fma(FloatVector.fromArray(SPECIES, b, b2 + n), s2);
                s3 = v.fma(FloatVector.fromArray(SPECIES, b, b3 + n), s3);
            }
            if (n < size) {
                var inside = Lanes.first(size - n);
                FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + n, inside);
                s0 = v.fma(FloatVector.fromArray(SPECIES, b, b0 + n, inside), s0);
                s1 = v.fma(FloatVector.fromArray(SPECIES, b, b1 + n, inside), s1);
                s2 = v.fma(FloatVector.fromArray(SPECIES, b, b2 + n, inside), s2);
                s3 = v.fma(FloatVector.fromArray(SPECIES, b, b3 + n, inside), s3);
            }
            s0.intoArray(partials, partialsAt + j);
            s1.intoArray(partials, partialsAt + BLOCK + j);
            s2.intoArray(partials, partialsAt + 2 * BLOCK + j);
            s3.intoArray(partials, partialsAt + 3 * BLOCK + j);
        }
    }
}
