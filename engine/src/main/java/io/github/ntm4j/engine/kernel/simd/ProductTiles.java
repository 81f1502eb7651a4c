package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The tiles of a product: R rows by V vectors of columns keep R V running sums in registers while the depth goes by. Each step loads V vectors of
 * the right factor and R numbers of the left, for R V multiply-adds.
 */
final class ProductTiles {
    private ProductTiles() {}

    /** Where a vector of columns begins in panels of some size. */
    static int offset(int vector, int panelSize) {
        int column = vector * LENGTH;
        return column / BLOCK * panelSize + column % BLOCK;
    }

    static void tile8x2(
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

    static void tile8x1(
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

    static void tile4x4(
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

    static void tile4x2(
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

    static void tile4x1(
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

    static void tile2x4(
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

    static void tile2x2(
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

    static void tile2x1(
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

    static void tile1x8(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
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

    static void tile1x7(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
        int b1 = bAt + offset(1, panelSize);
        int b2 = bAt + offset(2, panelSize);
        int b3 = bAt + offset(3, panelSize);
        int b4 = bAt + offset(4, panelSize);
        int b5 = bAt + offset(5, panelSize);
        int b6 = bAt + offset(6, panelSize);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s04 = s00;
        FloatVector s05 = s00;
        FloatVector s06 = s00;
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
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + LENGTH);
        s02.intoArray(c, cAt + 2 * LENGTH);
        s03.intoArray(c, cAt + 3 * LENGTH);
        s04.intoArray(c, cAt + 4 * LENGTH);
        s05.intoArray(c, cAt + 5 * LENGTH);
        s06.intoArray(c, cAt + 6 * LENGTH);
    }

    static void tile1x6(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
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

    static void tile1x2(float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
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

    static void tile1x1(float[] a, int aAt, int depth, float[] b, int bAt, float[] c, int cAt) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            int row = k * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s00);
        }
        s00.intoArray(c, cAt);
    }
}
