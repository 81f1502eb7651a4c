package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.WIDE;

import io.github.ntm4j.engine.kernel.MatrixKernels;

/**
 * Register-blocked products. A tile of R rows by V vectors keeps R V running sums in registers, at least eight where there are as
 * many columns: enough to hide the latency of a fused multiply-add. Tiles of sixteen are for the machines with 32 registers.
 */
final class SimdMatrix implements MatrixKernels {
    /** Vectors of columns at a time, so that what they read of the right factor stays in the second-level cache for all rows. */
    private static final int VECTORS = 8;

    /** Floats of a right factor that no second-level cache holds beside all the rest. */
    private static final int LARGE = 1 << 18;

    /** From which end the next product with a large factor goes; by the place of the factor, where several may share one. */
    private final boolean[] fromEnd = new boolean[64];

    private final TransposedTiles transposed = new TransposedTiles();
    private final GradientTiles gradients = new GradientTiles();

    @Override
    public void multiply(
            float[] a,
            int aAt,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panelsAt,
            int panelCount,
            float[] c,
            int cAt,
            int cStride) {
        int vectors = panelCount * (BLOCK / LENGTH);
        int panelSize = depth * BLOCK;
        boolean backwards = turn(panelsAt, panelCount * panelSize);
        int blocks = (vectors + VECTORS - 1) / VECTORS;
        for (int i = 0; i < blocks; i++) {
            int from = (backwards ? blocks - 1 - i : i) * VECTORS;
            int count = Math.min(VECTORS, vectors - from);
            int r = 0;
            if (WIDE) {
                for (; r + 8 <= rows; r += 8) {
                    eightRows(a, aAt + r * aStride, aStride, depth, panels, panelsAt, panelSize, from, count, c, cAt + r * cStride, cStride);
                }
            }
            for (; r + 4 <= rows; r += 4) {
                fourRows(a, aAt + r * aStride, aStride, depth, panels, panelsAt, panelSize, from, count, c, cAt + r * cStride, cStride);
            }
            for (; r + 2 <= rows; r += 2) {
                twoRows(a, aAt + r * aStride, aStride, depth, panels, panelsAt, panelSize, from, count, c, cAt + r * cStride, cStride);
            }
        }
        if (rows % 2 == 1) {
            int last = rows - 1;
            oneRow(a, aAt + last * aStride, depth, panels, panelsAt, panelSize, vectors, backwards, c, cAt + last * cStride);
        }
    }

    /**
     * Whether to go through a factor from its end. A large one is gone through from either end in turn, so that a product begins with what the last one
     * has left in the cache. The order of the panels changes no result.
     */
    private boolean turn(int at, int floats) {
        if (floats < LARGE) {
            return false;
        }
        int place = at / LARGE % fromEnd.length;
        fromEnd[place] = !fromEnd[place];
        return fromEnd[place];
    }

    private static void eightRows(
            float[] a,
            int aAt,
            int aStride,
            int depth,
            float[] b,
            int bAt,
            int panelSize,
            int from,
            int count,
            float[] c,
            int cAt,
            int cStride) {
        int v = from;
        int end = from + count;
        for (; v + 2 <= end; v += 2) {
            ProductTiles.tile8x2(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            ProductTiles.tile8x1(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), c, cAt + v * LENGTH, cStride);
        }
    }

    private static void fourRows(
            float[] a,
            int aAt,
            int aStride,
            int depth,
            float[] b,
            int bAt,
            int panelSize,
            int from,
            int count,
            float[] c,
            int cAt,
            int cStride) {
        int v = from;
        int end = from + count;
        if (WIDE) {
            for (; v + 4 <= end; v += 4) {
                ProductTiles.tile4x4(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
            }
        }
        for (; v + 2 <= end; v += 2) {
            ProductTiles.tile4x2(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            ProductTiles.tile4x1(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), c, cAt + v * LENGTH, cStride);
        }
    }

    private static void twoRows(
            float[] a,
            int aAt,
            int aStride,
            int depth,
            float[] b,
            int bAt,
            int panelSize,
            int from,
            int count,
            float[] c,
            int cAt,
            int cStride) {
        int v = from;
        int end = from + count;
        for (; v + 4 <= end; v += 4) {
            ProductTiles.tile2x4(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 2 <= end; v += 2) {
            ProductTiles.tile2x2(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            ProductTiles.tile2x1(a, aAt, aStride, depth, b, bAt + ProductTiles.offset(v, panelSize), c, cAt + v * LENGTH, cStride);
        }
    }

    private static void oneRow(
            float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, int vectors, boolean backwards, float[] c, int cAt) {
        int v = 0;
        if (backwards && vectors % 8 == 0) {
            for (v = vectors - 8; v >= 0; v -= 8) {
                ProductTiles.tile1x8(a, aAt, depth, b, bAt + ProductTiles.offset(v, panelSize), panelSize, c, cAt + v * LENGTH);
            }
            return;
        }
        while (v < vectors) {
            int left = vectors - v;
            int at = bAt + ProductTiles.offset(v, panelSize);
            int to = cAt + v * LENGTH;
            if (left >= 8 && (left % 8 == 0 || !WIDE)) {
                ProductTiles.tile1x8(a, aAt, depth, b, at, panelSize, c, to);
                v += 8;
            } else if (left == 7 && WIDE) { // one sum alone would wait for itself
                ProductTiles.tile1x7(a, aAt, depth, b, at, panelSize, c, to);
                v += 7;
            } else if (left >= 6 && WIDE) { // rather than a narrow tile at the end
                ProductTiles.tile1x6(a, aAt, depth, b, at, panelSize, c, to);
                v += 6;
            } else if (left >= 2) {
                ProductTiles.tile1x2(a, aAt, depth, b, at, panelSize, c, to);
                v += 2;
            } else {
                ProductTiles.tile1x1(a, aAt, depth, b, at, c, to);
                v++;
            }
        }
    }

    @Override
    public void multiplyTransposed(
            float[] a,
            int aAt,
            int aStride,
            int rows,
            float[] panels,
            int panelsAt,
            int panelCount,
            int depth,
            int from,
            int count,
            float[] c,
            int cAt,
            int cStride) {
        boolean backwards = turn(panelsAt, panelCount * depth * BLOCK);
        for (int r = 0; r < rows; r++) {
            transposed.multiply(
                    a, aAt + r * aStride, panels, panelsAt + from * BLOCK, depth * BLOCK, panelCount, count, backwards, c, cAt + r * cStride);
        }
    }

    @Override
    public void gradient(
            boolean add,
            float[] x,
            int[] xAt,
            float[] d,
            int[] dAt,
            int rows,
            int depth,
            float[] gradient,
            int gradientAt,
            int panelCount) {
        gradients.multiply(add, x, xAt, d, dAt, rows, depth, gradient, gradientAt, panelCount);
    }
}
