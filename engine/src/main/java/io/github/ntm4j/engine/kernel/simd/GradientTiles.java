package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The tiles of a gradient: four inputs by some vectors of outputs keep their sums in registers while the rows go by. */
final class GradientTiles {
    /** Inputs of a tile. */
    static final int INPUTS = 4;

    /** Panels of the widest tile. */
    static final int PANELS = 4;

    private GradientTiles() {}

    /** Four inputs by four panels, with 16 lanes. */
    static void gradient4x4(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt, int panelSize) {
        int g1 = gAt + ProductTiles.offset(1, panelSize);
        int g2 = gAt + ProductTiles.offset(2, panelSize);
        int g3 = gAt + ProductTiles.offset(3, panelSize);
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
            int at = aAt + r * INPUTS;
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
    static void gradient4x2(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt) {
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
            int at = aAt + r * INPUTS;
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
    static void gradient4x1(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector s10 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            int at = aAt + r * INPUTS;
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
