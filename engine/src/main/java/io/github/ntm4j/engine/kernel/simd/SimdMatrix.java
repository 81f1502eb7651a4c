package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static io.github.ntm4j.engine.kernel.simd.Lanes.WIDE;

import io.github.ntm4j.engine.kernel.MatrixKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Register-blocked products. A tile of R rows by V vectors keeps R V running sums in registers, at least eight where there are as
 * many columns: enough to hide the latency of a fused multiply-add. Tiles of sixteen are for the machines with 32 registers.
 */
final class SimdMatrix implements MatrixKernels {
    /** Rows of a gradient product whose packed factors stay in the first-level cache. */
    private static final int ROWS_AT_A_TIME = 128;

    /** Inputs of a gradient tile. */
    private static final int ROWS = 4;

    /** Panels of a gradient tile. */
    private static final int PANELS = WIDE ? 4 : 1;

    /** Vectors of columns at a time, so that what they read of the right factor stays in the second-level cache for all rows. */
    private static final int VECTORS = 8;

    private float[] packedInputs = new float[0];
    private final float[] packedOutputs = new float[FIRST + ROWS_AT_A_TIME * BLOCK * PANELS];
    private final float[] tile = new float[FIRST + ROWS * BLOCK * PANELS];

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
        for (int from = 0; from < vectors; from += VECTORS) {
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
            if (r < rows) {
                oneRow(a, aAt + r * aStride, depth, panels, panelsAt, panelSize, from, count, c, cAt + r * cStride);
            }
        }
    }

    private static int offset(int vector, int panelSize) {
        int column = vector * LENGTH;
        return column / BLOCK * panelSize + column % BLOCK;
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
            tile8x2(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            tile8x1(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), c, cAt + v * LENGTH, cStride);
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
                tile4x4(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
            }
        }
        for (; v + 2 <= end; v += 2) {
            tile4x2(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            tile4x1(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), c, cAt + v * LENGTH, cStride);
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
            tile2x4(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 2 <= end; v += 2) {
            tile2x2(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH, cStride);
        }
        for (; v + 1 <= end; v += 1) {
            tile2x1(a, aAt, aStride, depth, b, bAt + offset(v, panelSize), c, cAt + v * LENGTH, cStride);
        }
    }

    private static void oneRow(
            float[] a,
            int aAt,
            int depth,
            float[] b,
            int bAt,
            int panelSize,
            int from,
            int count,
            float[] c,
            int cAt) {
        int v = from;
        int end = from + count;
        for (; v + 8 <= end; v += 8) {
            tile1x8(a, aAt, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH);
        }
        if (WIDE) {
            for (; v + 6 <= end; v += 6) {
                tile1x6(a, aAt, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH);
            }
        }
        for (; v + 2 <= end; v += 2) {
            tile1x2(a, aAt, depth, b, bAt + offset(v, panelSize), panelSize, c, cAt + v * LENGTH);
        }
        for (; v + 1 <= end; v += 1) {
            tile1x1(a, aAt, depth, b, bAt + offset(v, panelSize), c, cAt + v * LENGTH);
        }
    }

    private static void tile8x2(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt, int cStride) {
        int b1 = bAt + offset(1, panelSize);
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int a6 = a5 + aStride;
        int a7 = a6 + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s40 = s00;
        FloatVector s41 = s00;
        FloatVector s50 = s00;
        FloatVector s51 = s00;
        FloatVector s60 = s00;
        FloatVector s61 = s00;
        FloatVector s70 = s00;
        FloatVector s71 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
            x = FloatVector.broadcast(SPECIES, a[a4 + k]);
            s40 = x.fma(w0, s40);
            s41 = x.fma(w1, s41);
            x = FloatVector.broadcast(SPECIES, a[a5 + k]);
            s50 = x.fma(w0, s50);
            s51 = x.fma(w1, s51);
            x = FloatVector.broadcast(SPECIES, a[a6 + k]);
            s60 = x.fma(w0, s60);
            s61 = x.fma(w1, s61);
            x = FloatVector.broadcast(SPECIES, a[a7 + k]);
            s70 = x.fma(w0, s70);
            s71 = x.fma(w1, s71);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s10.intoArray(c, cAt + cStride);
        s11.intoArray(c, cAt + cStride + LENGTH);
        s20.intoArray(c, cAt + 2 * cStride);
        s21.intoArray(c, cAt + 2 * cStride + LENGTH);
        s30.intoArray(c, cAt + 3 * cStride);
        s31.intoArray(c, cAt + 3 * cStride + LENGTH);
        s40.intoArray(c, cAt + 4 * cStride);
        s41.intoArray(c, cAt + 4 * cStride + LENGTH);
        s50.intoArray(c, cAt + 5 * cStride);
        s51.intoArray(c, cAt + 5 * cStride + LENGTH);
        s60.intoArray(c, cAt + 6 * cStride);
        s61.intoArray(c, cAt + 6 * cStride + LENGTH);
        s70.intoArray(c, cAt + 7 * cStride);
        s71.intoArray(c, cAt + 7 * cStride + LENGTH);
    }

    private static void tile8x1(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, float[] c, int cAt, int cStride) {
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int a6 = a5 + aStride;
        int a7 = a6 + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s10 = s00;
        FloatVector s20 = s00;
        FloatVector s30 = s00;
        FloatVector s40 = s00;
        FloatVector s50 = s00;
        FloatVector s60 = s00;
        FloatVector s70 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
            x = FloatVector.broadcast(SPECIES, a[a4 + k]);
            s40 = x.fma(w0, s40);
            x = FloatVector.broadcast(SPECIES, a[a5 + k]);
            s50 = x.fma(w0, s50);
            x = FloatVector.broadcast(SPECIES, a[a6 + k]);
            s60 = x.fma(w0, s60);
            x = FloatVector.broadcast(SPECIES, a[a7 + k]);
            s70 = x.fma(w0, s70);
        }
        s00.intoArray(c, cAt);
        s10.intoArray(c, cAt + cStride);
        s20.intoArray(c, cAt + 2 * cStride);
        s30.intoArray(c, cAt + 3 * cStride);
        s40.intoArray(c, cAt + 4 * cStride);
        s50.intoArray(c, cAt + 5 * cStride);
        s60.intoArray(c, cAt + 6 * cStride);
        s70.intoArray(c, cAt + 7 * cStride);
    }

    private static void tile4x4(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt, int cStride) {
        int b1 = bAt + offset(1, panelSize);
        int b2 = bAt + offset(2, panelSize);
        int b3 = bAt + offset(3, panelSize);
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + row);
            FloatVector w2 = FloatVector.fromArray(SPECIES, b, b2 + row);
            FloatVector w3 = FloatVector.fromArray(SPECIES, b, b3 + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            s02 = x.fma(w2, s02);
            s03 = x.fma(w3, s03);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            s12 = x.fma(w2, s12);
            s13 = x.fma(w3, s13);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            s22 = x.fma(w2, s22);
            s23 = x.fma(w3, s23);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
            s32 = x.fma(w2, s32);
            s33 = x.fma(w3, s33);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s02.intoArray(c, cAt + 2 * LENGTH);
        s03.intoArray(c, cAt + 3 * LENGTH);
        s10.intoArray(c, cAt + cStride);
        s11.intoArray(c, cAt + cStride + LENGTH);
        s12.intoArray(c, cAt + cStride + 2 * LENGTH);
        s13.intoArray(c, cAt + cStride + 3 * LENGTH);
        s20.intoArray(c, cAt + 2 * cStride);
        s21.intoArray(c, cAt + 2 * cStride + LENGTH);
        s22.intoArray(c, cAt + 2 * cStride + 2 * LENGTH);
        s23.intoArray(c, cAt + 2 * cStride + 3 * LENGTH);
        s30.intoArray(c, cAt + 3 * cStride);
        s31.intoArray(c, cAt + 3 * cStride + LENGTH);
        s32.intoArray(c, cAt + 3 * cStride + 2 * LENGTH);
        s33.intoArray(c, cAt + 3 * cStride + 3 * LENGTH);
    }

    private static void tile4x2(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt, int cStride) {
        int b1 = bAt + offset(1, panelSize);
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            s21 = x.fma(w1, s21);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
            s31 = x.fma(w1, s31);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s10.intoArray(c, cAt + cStride);
        s11.intoArray(c, cAt + cStride + LENGTH);
        s20.intoArray(c, cAt + 2 * cStride);
        s21.intoArray(c, cAt + 2 * cStride + LENGTH);
        s30.intoArray(c, cAt + 3 * cStride);
        s31.intoArray(c, cAt + 3 * cStride + LENGTH);
    }

    private static void tile4x1(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, float[] c, int cAt, int cStride) {
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s10 = s00;
        FloatVector s20 = s00;
        FloatVector s30 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(w0, s20);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(w0, s30);
        }
        s00.intoArray(c, cAt);
        s10.intoArray(c, cAt + cStride);
        s20.intoArray(c, cAt + 2 * cStride);
        s30.intoArray(c, cAt + 3 * cStride);
    }

    private static void tile2x4(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt, int cStride) {
        int b1 = bAt + offset(1, panelSize);
        int b2 = bAt + offset(2, panelSize);
        int b3 = bAt + offset(3, panelSize);
        int a1 = aAt + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + row);
            FloatVector w2 = FloatVector.fromArray(SPECIES, b, b2 + row);
            FloatVector w3 = FloatVector.fromArray(SPECIES, b, b3 + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            s02 = x.fma(w2, s02);
            s03 = x.fma(w3, s03);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
            s12 = x.fma(w2, s12);
            s13 = x.fma(w3, s13);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s02.intoArray(c, cAt + 2 * LENGTH);
        s03.intoArray(c, cAt + 3 * LENGTH);
        s10.intoArray(c, cAt + cStride);
        s11.intoArray(c, cAt + cStride + LENGTH);
        s12.intoArray(c, cAt + cStride + 2 * LENGTH);
        s13.intoArray(c, cAt + cStride + 3 * LENGTH);
    }

    private static void tile2x2(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt, int cStride) {
        int b1 = bAt + offset(1, panelSize);
        int a1 = aAt + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector w1 = FloatVector.fromArray(SPECIES, b, b1 + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            s01 = x.fma(w1, s01);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
            s11 = x.fma(w1, s11);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s10.intoArray(c, cAt + cStride);
        s11.intoArray(c, cAt + cStride + LENGTH);
    }

    private static void tile2x1(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, float[] c, int cAt, int cStride) {
        int a1 = aAt + aStride;
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s10 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector w0 = FloatVector.fromArray(SPECIES, b, bAt + row);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(w0, s00);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(w0, s10);
        }
        s00.intoArray(c, cAt);
        s10.intoArray(c, cAt + cStride);
    }

    private static void tile1x8(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
        int b1 = bAt + offset(1, panelSize);
        int b2 = bAt + offset(2, panelSize);
        int b3 = bAt + offset(3, panelSize);
        int b4 = bAt + offset(4, panelSize);
        int b5 = bAt + offset(5, panelSize);
        int b6 = bAt + offset(6, panelSize);
        int b7 = bAt + offset(7, panelSize);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s04 = s00;
        FloatVector s05 = s00;
        FloatVector s06 = s00;
        FloatVector s07 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s00);
            s01 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row), s01);
            s02 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + row), s02);
            s03 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + row), s03);
            s04 = x.fma(FloatVector.fromArray(SPECIES, b, b4 + row), s04);
            s05 = x.fma(FloatVector.fromArray(SPECIES, b, b5 + row), s05);
            s06 = x.fma(FloatVector.fromArray(SPECIES, b, b6 + row), s06);
            s07 = x.fma(FloatVector.fromArray(SPECIES, b, b7 + row), s07);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s02.intoArray(c, cAt + 2 * LENGTH);
        s03.intoArray(c, cAt + 3 * LENGTH);
        s04.intoArray(c, cAt + 4 * LENGTH);
        s05.intoArray(c, cAt + 5 * LENGTH);
        s06.intoArray(c, cAt + 6 * LENGTH);
        s07.intoArray(c, cAt + 7 * LENGTH);
    }

    private static void tile1x6(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
        int b1 = bAt + offset(1, panelSize);
        int b2 = bAt + offset(2, panelSize);
        int b3 = bAt + offset(3, panelSize);
        int b4 = bAt + offset(4, panelSize);
        int b5 = bAt + offset(5, panelSize);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s04 = s00;
        FloatVector s05 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s00);
            s01 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row), s01);
            s02 = x.fma(FloatVector.fromArray(SPECIES, b, b2 + row), s02);
            s03 = x.fma(FloatVector.fromArray(SPECIES, b, b3 + row), s03);
            s04 = x.fma(FloatVector.fromArray(SPECIES, b, b4 + row), s04);
            s05 = x.fma(FloatVector.fromArray(SPECIES, b, b5 + row), s05);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s02.intoArray(c, cAt + 2 * LENGTH);
        s03.intoArray(c, cAt + 3 * LENGTH);
        s04.intoArray(c, cAt + 4 * LENGTH);
        s05.intoArray(c, cAt + 5 * LENGTH);
    }

    private static void tile1x2(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
        int b1 = bAt + offset(1, panelSize);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s00);
            s01 = x.fma(FloatVector.fromArray(SPECIES, b, b1 + row), s01);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
    }

    private static void tile1x1(float[] a, int aAt, int depth, float[] b, int bAt, float[] c, int cAt) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s00);
        }
        s00.intoArray(c, cAt);
    }

    @Override
    public void accumulateGradient(
            float[] x,
            int[] xAt,
            float[] d,
            int[] dAt,
            int rows,
            int depth,
            float[] gradient,
            int gradientAt,
            int panelCount) {
        int tiled = panelCount - panelCount % PANELS;
        for (int from = 0; from < rows; from += ROWS_AT_A_TIME) {
            int count = Math.min(ROWS_AT_A_TIME, rows - from);
            packInputs(x, xAt, from, count, depth);
            for (int panel = 0; panel < tiled; panel += PANELS) {
                packOutputs(d, dAt, from, count, panel, PANELS);
                accumulatePanels(count, depth, gradient, gradientAt + panel * depth * BLOCK, PANELS);
            }
            for (int panel = tiled; panel < panelCount; panel++) {
                packOutputs(d, dAt, from, count, panel, 1);
                accumulatePanels(count, depth, gradient, gradientAt + panel * depth * BLOCK, 1);
            }
        }
    }

    /** Copies the inputs to {@code [depth / 4][count][4]}, zeros behind the last. */
    private void packInputs(float[] x, int[] xAt, int from, int count, int depth) {
        int blocks = (depth + ROWS - 1) / ROWS;
        if (packedInputs.length < FIRST + blocks * ROWS * count) {
            packedInputs = new float[FIRST + blocks * ROWS * ROWS_AT_A_TIME];
        }
        for (int r = 0; r < count; r++) {
            int at = xAt[from + r];
            int to = FIRST + r * ROWS;
            int k = 0;
            for (; k + ROWS <= depth; k += ROWS) {
                packedInputs[to] = x[at + k];
                packedInputs[to + 1] = x[at + k + 1];
                packedInputs[to + 2] = x[at + k + 2];
                packedInputs[to + 3] = x[at + k + 3];
                to += count * ROWS;
            }
            if (k < depth) {
                for (int i = 0; i < ROWS; i++) {
                    packedInputs[to + i] = k + i < depth ? x[at + k + i] : 0f;
                }
            }
        }
    }

    /** Copies the output gradients of some panels to {@code [count][panels][16]}. */
    private void packOutputs(float[] d, int[] dAt, int from, int count, int panel, int panels) {
        int width = panels * BLOCK;
        for (int r = 0; r < count; r++) {
            int at = dAt[from + r] + panel * BLOCK;
            for (int j = 0; j < width; j += LENGTH) {
                FloatVector.fromArray(SPECIES, d, at + j).intoArray(packedOutputs, FIRST + r * width + j);
            }
        }
    }

    /** Some panels of the gradient from packed factors. */
    private void accumulatePanels(int count, int depth, float[] gradient, int gradientAt, int panels) {
        int panelSize = depth * BLOCK;
        int whole = depth - depth % ROWS;
        for (int k = 0; k < whole; k += ROWS) {
            accumulateTile(FIRST + k * count, count, gradient, gradientAt + k * BLOCK, panelSize, panels);
        }
        if (whole == depth) {
            return;
        }
        int floats = (depth - whole) * BLOCK;
        int restAt = gradientAt + whole * BLOCK;
        for (int panel = 0; panel < panels; panel++) {
            System.arraycopy(gradient, restAt + panel * panelSize, tile, FIRST + panel * ROWS * BLOCK, floats);
        }
        accumulateTile(FIRST + whole * count, count, tile, FIRST, ROWS * BLOCK, panels);
        for (int panel = 0; panel < panels; panel++) {
            System.arraycopy(tile, FIRST + panel * ROWS * BLOCK, gradient, restAt + panel * panelSize, floats);
        }
    }

    private void accumulateTile(int inputsAt, int count, float[] g, int gAt, int panelSize, int panels) {
        if (!WIDE) {
            for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
                gradient4x2(packedInputs, inputsAt, packedOutputs, FIRST + column, count, g, gAt + column);
            }
        } else if (panels == PANELS) {
            gradient4x4(packedInputs, inputsAt, packedOutputs, FIRST, count, g, gAt, panelSize);
        } else {
            gradient4x1(packedInputs, inputsAt, packedOutputs, FIRST, count, g, gAt);
        }
    }

    /** Four inputs by four panels, with 16 lanes. */
    private static void gradient4x4(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt, int panelSize) {
        int g1 = gAt + offset(1, panelSize);
        int g2 = gAt + offset(2, panelSize);
        int g3 = gAt + offset(3, panelSize);
        FloatVector s00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, g, g1);
        FloatVector s02 = FloatVector.fromArray(SPECIES, g, g2);
        FloatVector s03 = FloatVector.fromArray(SPECIES, g, g3);
        FloatVector s10 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, g, g1 + BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, g, g2 + BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, g, g3 + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, g, g1 + 2 * BLOCK);
        FloatVector s22 = FloatVector.fromArray(SPECIES, g, g2 + 2 * BLOCK);
        FloatVector s23 = FloatVector.fromArray(SPECIES, g, g3 + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, g, g1 + 3 * BLOCK);
        FloatVector s32 = FloatVector.fromArray(SPECIES, g, g2 + 3 * BLOCK);
        FloatVector s33 = FloatVector.fromArray(SPECIES, g, g3 + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * PANELS * BLOCK);
            FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + r * PANELS * BLOCK + LENGTH);
            FloatVector d2 = FloatVector.fromArray(SPECIES, b, bAt + r * PANELS * BLOCK + 2 * LENGTH);
            FloatVector d3 = FloatVector.fromArray(SPECIES, b, bAt + r * PANELS * BLOCK + 3 * LENGTH);
            int at = aAt + r * ROWS;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(d0, s00);
            s01 = x.fma(d1, s01);
            s02 = x.fma(d2, s02);
            s03 = x.fma(d3, s03);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            s10 = x.fma(d0, s10);
            s11 = x.fma(d1, s11);
            s12 = x.fma(d2, s12);
            s13 = x.fma(d3, s13);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            s20 = x.fma(d0, s20);
            s21 = x.fma(d1, s21);
            s22 = x.fma(d2, s22);
            s23 = x.fma(d3, s23);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            s30 = x.fma(d0, s30);
            s31 = x.fma(d1, s31);
            s32 = x.fma(d2, s32);
            s33 = x.fma(d3, s33);
        }
        s00.intoArray(g, gAt);
        s01.intoArray(g, g1);
        s02.intoArray(g, g2);
        s03.intoArray(g, g3);
        s10.intoArray(g, gAt + BLOCK);
        s11.intoArray(g, g1 + BLOCK);
        s12.intoArray(g, g2 + BLOCK);
        s13.intoArray(g, g3 + BLOCK);
        s20.intoArray(g, gAt + 2 * BLOCK);
        s21.intoArray(g, g1 + 2 * BLOCK);
        s22.intoArray(g, g2 + 2 * BLOCK);
        s23.intoArray(g, g3 + 2 * BLOCK);
        s30.intoArray(g, gAt + 3 * BLOCK);
        s31.intoArray(g, g1 + 3 * BLOCK);
        s32.intoArray(g, g2 + 3 * BLOCK);
        s33.intoArray(g, g3 + 3 * BLOCK);
    }

    /** Four inputs by two vectors of a panel. */
    private static void gradient4x2(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt) {
        int g1 = gAt + LENGTH;
        FloatVector s00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, g, g1);
        FloatVector s10 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, g, g1 + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, g, g1 + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, g, g1 + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK + LENGTH);
            int at = aAt + r * ROWS;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(d0, s00);
            s01 = x.fma(d1, s01);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            s10 = x.fma(d0, s10);
            s11 = x.fma(d1, s11);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            s20 = x.fma(d0, s20);
            s21 = x.fma(d1, s21);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            s30 = x.fma(d0, s30);
            s31 = x.fma(d1, s31);
        }
        s00.intoArray(g, gAt);
        s01.intoArray(g, g1);
        s10.intoArray(g, gAt + BLOCK);
        s11.intoArray(g, g1 + BLOCK);
        s20.intoArray(g, gAt + 2 * BLOCK);
        s21.intoArray(g, g1 + 2 * BLOCK);
        s30.intoArray(g, gAt + 3 * BLOCK);
        s31.intoArray(g, g1 + 3 * BLOCK);
    }

    /** Four inputs by a panel, with 16 lanes. */
    private static void gradient4x1(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector s10 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            int at = aAt + r * ROWS;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(d0, s00);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            s10 = x.fma(d0, s10);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            s20 = x.fma(d0, s20);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            s30 = x.fma(d0, s30);
        }
        s00.intoArray(g, gAt);
        s10.intoArray(g, gAt + BLOCK);
        s20.intoArray(g, gAt + 2 * BLOCK);
        s30.intoArray(g, gAt + 3 * BLOCK);
    }
}
