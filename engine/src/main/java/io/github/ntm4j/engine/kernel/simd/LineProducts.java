package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * Products of the lines of a matrix with some rows, such as the weightings of heads: sums along the lines in the order of
 * {@link io.github.ntm4j.engine.kernel.Summation}, for as many rows at once as there are registers for.
 */
final class LineProducts {
    /** Lines of {@link #ofEight}. */
    static final int EIGHT = 8;

    /** Floats of partial sums that {@link #ofEight} needs room for. */
    static final int PARTIALS = FIRST + 4 * EIGHT * BLOCK;

    private static final int LINES = 4;

    private LineProducts() {}

    /**
     * The products of eight lines with each of some rows, {@code y[r][line] = sum over n of matrix[line][n] x[r][n]}.
     *
     * @param matrix holds the lines
     * @param at offset of the first
     * @param stride floats from one to the next
     * @param x holds the rows
     * @param xAt offset of the first
     * @param xStride floats from one to the next
     * @param rows number of rows
     * @param end floats of a line and of a row, whole blocks
     * @param partials room for {@link #PARTIALS} floats
     * @param y takes the products
     * @param yAt offset of the first line's product with the first row
     * @param yStride floats from one row's to the next one's
     */
    static void ofEight(
            float[] matrix,
            int at,
            int stride,
            float[] x,
            int xAt,
            int xStride,
            int rows,
            int end,
            float[] partials,
            float[] y,
            int yAt,
            int yStride) {
        int next = at + LINES * stride;
        int fours = Lanes.WIDE ? rows - rows % 4 : 0;
        int pairs = rows - rows % 2;
        for (int r = 0; r < fours; r += 4) {
            int row = xAt + r * xStride;
            ofFourWithFour(matrix, at, stride, x, row, xStride, end, partials, FIRST);
            ofFourWithFour(matrix, next, stride, x, row, xStride, end, partials, FIRST + LINES * BLOCK);
            for (int k = 0; k < 4; k++) {
                Sums.trees(partials, FIRST + k * EIGHT * BLOCK, EIGHT, y, yAt + (r + k) * yStride);
            }
        }
        for (int r = fours; r < pairs; r += 2) {
            int row = xAt + r * xStride;
            ofFourWithTwo(matrix, at, stride, x, row, row + xStride, end, partials, FIRST);
            ofFourWithTwo(matrix, next, stride, x, row, row + xStride, end, partials, FIRST + LINES * BLOCK);
            Sums.trees(partials, FIRST, EIGHT, y, yAt + r * yStride);
            Sums.trees(partials, FIRST + EIGHT * BLOCK, EIGHT, y, yAt + (r + 1) * yStride);
        }
        if (pairs < rows) {
            int row = xAt + pairs * xStride;
            ofFour(matrix, at, stride, x, row, end, partials, FIRST);
            ofFour(matrix, next, stride, x, row, end, partials, FIRST + LINES * BLOCK);
            Sums.trees(partials, FIRST, EIGHT, y, yAt + pairs * yStride);
        }
    }

    /** Leaves the partial sums of the products of four lines with a row. */
    static void ofFour(float[] matrix, int at, int stride, float[] x, int xAt, int end, float[] partials, int partialsAt) {
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector u = fromArray(SPECIES, x, xAt + j);
                s0 = fromArray(SPECIES, matrix, at + j).fma(u, s0);
                s1 = fromArray(SPECIES, matrix, at1 + j).fma(u, s1);
                s2 = fromArray(SPECIES, matrix, at2 + j).fma(u, s2);
                s3 = fromArray(SPECIES, matrix, at3 + j).fma(u, s3);
            }
            int to = partialsAt + lane;
            s0.intoArray(partials, to);
            s1.intoArray(partials, to + BLOCK);
            s2.intoArray(partials, to + 2 * BLOCK);
            s3.intoArray(partials, to + 3 * BLOCK);
        }
    }

    /** Leaves the partial sums of the products of four lines with two rows, those of the second row eight sums behind those of the first. */
    private static void ofFourWithTwo(
            float[] matrix, int at, int stride, float[] x, int x0, int x1, int end, float[] partials, int partialsAt) {
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            FloatVector t2 = s0;
            FloatVector t3 = s0;
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector u = fromArray(SPECIES, x, x0 + j);
                FloatVector v = fromArray(SPECIES, x, x1 + j);
                FloatVector l = fromArray(SPECIES, matrix, at + j);
                s0 = l.fma(u, s0);
                t0 = l.fma(v, t0);
                l = fromArray(SPECIES, matrix, at1 + j);
                s1 = l.fma(u, s1);
                t1 = l.fma(v, t1);
                l = fromArray(SPECIES, matrix, at2 + j);
                s2 = l.fma(u, s2);
                t2 = l.fma(v, t2);
                l = fromArray(SPECIES, matrix, at3 + j);
                s3 = l.fma(u, s3);
                t3 = l.fma(v, t3);
            }
            int to = partialsAt + lane;
            s0.intoArray(partials, to);
            s1.intoArray(partials, to + BLOCK);
            s2.intoArray(partials, to + 2 * BLOCK);
            s3.intoArray(partials, to + 3 * BLOCK);
            to += EIGHT * BLOCK;
            t0.intoArray(partials, to);
            t1.intoArray(partials, to + BLOCK);
            t2.intoArray(partials, to + 2 * BLOCK);
            t3.intoArray(partials, to + 3 * BLOCK);
        }
    }

    /** The same for four rows, for whose sums there must be sixteen registers. */
    private static void ofFourWithFour(
            float[] matrix, int at, int stride, float[] x, int x0, int xStride, int end, float[] partials, int partialsAt) {
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int x1 = x0 + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        for (int lane = 0; lane < BLOCK; lane += LENGTH) {
            FloatVector p0 = FloatVector.zero(SPECIES);
            FloatVector p1 = p0;
            FloatVector p2 = p0;
            FloatVector p3 = p0;
            FloatVector q0 = p0;
            FloatVector q1 = p0;
            FloatVector q2 = p0;
            FloatVector q3 = p0;
            FloatVector s0 = p0;
            FloatVector s1 = p0;
            FloatVector s2 = p0;
            FloatVector s3 = p0;
            FloatVector t0 = p0;
            FloatVector t1 = p0;
            FloatVector t2 = p0;
            FloatVector t3 = p0;
            for (int j = lane; j < end; j += BLOCK) {
                FloatVector u = fromArray(SPECIES, x, x0 + j);
                FloatVector v = fromArray(SPECIES, x, x1 + j);
                FloatVector w = fromArray(SPECIES, x, x2 + j);
                FloatVector z = fromArray(SPECIES, x, x3 + j);
                FloatVector l = fromArray(SPECIES, matrix, at + j);
                p0 = l.fma(u, p0);
                q0 = l.fma(v, q0);
                s0 = l.fma(w, s0);
                t0 = l.fma(z, t0);
                l = fromArray(SPECIES, matrix, at1 + j);
                p1 = l.fma(u, p1);
                q1 = l.fma(v, q1);
                s1 = l.fma(w, s1);
                t1 = l.fma(z, t1);
                l = fromArray(SPECIES, matrix, at2 + j);
                p2 = l.fma(u, p2);
                q2 = l.fma(v, q2);
                s2 = l.fma(w, s2);
                t2 = l.fma(z, t2);
                l = fromArray(SPECIES, matrix, at3 + j);
                p3 = l.fma(u, p3);
                q3 = l.fma(v, q3);
                s3 = l.fma(w, s3);
                t3 = l.fma(z, t3);
            }
            int to = partialsAt + lane;
            p0.intoArray(partials, to);
            p1.intoArray(partials, to + BLOCK);
            p2.intoArray(partials, to + 2 * BLOCK);
            p3.intoArray(partials, to + 3 * BLOCK);
            to += EIGHT * BLOCK;
            q0.intoArray(partials, to);
            q1.intoArray(partials, to + BLOCK);
            q2.intoArray(partials, to + 2 * BLOCK);
            q3.intoArray(partials, to + 3 * BLOCK);
            to += EIGHT * BLOCK;
            s0.intoArray(partials, to);
            s1.intoArray(partials, to + BLOCK);
            s2.intoArray(partials, to + 2 * BLOCK);
            s3.intoArray(partials, to + 3 * BLOCK);
            to += EIGHT * BLOCK;
            t0.intoArray(partials, to);
            t1.intoArray(partials, to + BLOCK);
            t2.intoArray(partials, to + 2 * BLOCK);
            t3.intoArray(partials, to + 3 * BLOCK);
        }
    }
}
