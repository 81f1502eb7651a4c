package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static io.github.ntm4j.engine.kernel.simd.Lanes.WIDE;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a linear map. A tile of some inputs by some panels keeps its sums in registers while the rows go by: 16 of them where vectors
 * have 16 lanes, in shapes for four panels, for two and for one; 8 otherwise. The rows are packed first, so that a tile reads on and on.
 */
final class GradientTiles {
    /** Rows whose packed outputs, of a tile's panels, stay in a first-level cache. */
    private static final int ROWS = 96;

    private static final int MOST_PANELS = WIDE ? 4 : 1;
    private static final int MOST_INPUTS = BLOCK;

    /** {@code [depth / 16][rows][16]}, zeros behind the last input. */
    private float[] inputs = new float[0];

    /** {@code [rows][panels of a tile][16]}. */
    private final float[] outputs = new float[FIRST + ROWS * MOST_PANELS * BLOCK];

    /** What the sums of a tile begin with if not with what is there. */
    private final float[] zeros = new float[FIRST + MOST_INPUTS * BLOCK];

    /** A tile that reaches beyond the last input, as panels of their own. */
    private final float[] edge = new float[FIRST + MOST_INPUTS * BLOCK * MOST_PANELS];

    /** See {@link SimdMatrix#gradient}. */
    void multiply(
            boolean add, float[] x, int[] xAt, float[] d, int[] dAt, int rows, int depth, float[] gradient, int gradientAt, int panelCount) {
        int pieces = Math.max(1, (rows + ROWS - 1) / ROWS);
        int from = 0;
        for (int piece = 1; piece <= pieces; piece++) {
            int to = (int) ((long) rows * piece / pieces);
            int count = to - from;
            packInputs(x, xAt, from, count, depth);
            int panel = 0;
            while (panel < panelCount) {
                int panels = Math.min(MOST_PANELS, Integer.highestOneBit(panelCount - panel));
                packOutputs(d, dAt, from, count, panel, panels);
                multiplyPanels(add || piece > 1, count, depth, gradient, gradientAt + panel * depth * BLOCK, panels);
                panel += panels;
            }
            from = to;
        }
    }

    private void packInputs(float[] x, int[] xAt, int from, int count, int depth) {
        if (inputs.length < FIRST + padded(depth) * count) {
            inputs = new float[FIRST + padded(depth) * ROWS];
        }
        int whole = depth - depth % LENGTH;
        for (int k = 0; k < whole; k += LENGTH) {
            int to = FIRST + k / BLOCK * count * BLOCK + k % BLOCK;
            for (int r = 0; r < count; r++) {
                FloatVector.fromArray(SPECIES, x, xAt[from + r] + k).intoArray(inputs, to + r * BLOCK);
            }
        }
        for (int k = whole; k < padded(depth); k++) {
            int to = FIRST + k / BLOCK * count * BLOCK + k % BLOCK;
            for (int r = 0; r < count; r++) {
                inputs[to + r * BLOCK] = k < depth ? x[xAt[from + r] + k] : 0f;
            }
        }
    }

    private void packOutputs(float[] d, int[] dAt, int from, int count, int panel, int panels) {
        int width = panels * BLOCK;
        for (int r = 0; r < count; r++) {
            int at = dAt[from + r] + panel * BLOCK;
            for (int j = 0; j < width; j += LENGTH) {
                FloatVector.fromArray(SPECIES, d, at + j).intoArray(outputs, FIRST + r * width + j);
            }
        }
    }

    /** Some panels of the gradient from packed factors. */
    private void multiplyPanels(boolean add, int count, int depth, float[] gradient, int gradientAt, int panels) {
        int tile = WIDE ? BLOCK / panels : 4;
        int panelSize = depth * BLOCK;
        for (int k = 0; k < depth; k += tile) {
            int inputsAt = FIRST + k / BLOCK * count * BLOCK + k % BLOCK;
            int to = gradientAt + k * BLOCK;
            if (k + tile <= depth) {
                multiplyTile(add, inputsAt, count, gradient, to, panelSize, panels);
            } else {
                int floats = (depth - k) * BLOCK;
                for (int panel = 0; add && panel < panels; panel++) {
                    System.arraycopy(gradient, to + panel * panelSize, edge, FIRST + panel * tile * BLOCK, floats);
                }
                multiplyTile(add, inputsAt, count, edge, FIRST, tile * BLOCK, panels);
                for (int panel = 0; panel < panels; panel++) {
                    System.arraycopy(edge, FIRST + panel * tile * BLOCK, gradient, to + panel * panelSize, floats);
                }
            }
        }
    }

    private void multiplyTile(boolean add, int inputsAt, int count, float[] g, int gAt, int panelSize, int panels) {
        float[] start = add ? g : zeros;
        if (!WIDE) {
            for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
                gradient4x2(inputs, inputsAt, outputs, FIRST + column, count, start, add ? gAt + column : FIRST, g, gAt + column);
            }
            return;
        }
        int startAt = add ? gAt : FIRST;
        int startSize = add ? panelSize : 0;
        switch (panels) {
            case 4 -> gradient4x4(inputs, inputsAt, outputs, FIRST, count, start, startAt, startSize, g, gAt, panelSize);
            case 2 -> gradient8x2(inputs, inputsAt, outputs, FIRST, count, start, startAt, startSize, g, gAt, panelSize);
            default -> gradient16x1(inputs, inputsAt, outputs, FIRST, count, start, startAt, g, gAt);
        }
    }

    /** Four inputs by four panels, with 16 lanes. */
    private static void gradient4x4(
            float[] a, int aAt, float[] b, int bAt, int count, float[] start, int startAt, int startSize, float[] g, int gAt, int panelSize) {
        int g1 = gAt + panelSize;
        int from1 = startAt + startSize;
        int g2 = gAt + 2 * panelSize;
        int from2 = startAt + 2 * startSize;
        int g3 = gAt + 3 * panelSize;
        int from3 = startAt + 3 * startSize;
        FloatVector s00 = FloatVector.fromArray(SPECIES, start, startAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, start, from1);
        FloatVector s02 = FloatVector.fromArray(SPECIES, start, from2);
        FloatVector s03 = FloatVector.fromArray(SPECIES, start, from3);
        FloatVector s10 = FloatVector.fromArray(SPECIES, start, startAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, start, from1 + BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, start, from2 + BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, start, from3 + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, start, from1 + 2 * BLOCK);
        FloatVector s22 = FloatVector.fromArray(SPECIES, start, from2 + 2 * BLOCK);
        FloatVector s23 = FloatVector.fromArray(SPECIES, start, from3 + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, start, from1 + 3 * BLOCK);
        FloatVector s32 = FloatVector.fromArray(SPECIES, start, from2 + 3 * BLOCK);
        FloatVector s33 = FloatVector.fromArray(SPECIES, start, from3 + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * 4 * BLOCK);
            FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + r * 4 * BLOCK + BLOCK);
            FloatVector d2 = FloatVector.fromArray(SPECIES, b, bAt + r * 4 * BLOCK + 2 * BLOCK);
            FloatVector d3 = FloatVector.fromArray(SPECIES, b, bAt + r * 4 * BLOCK + 3 * BLOCK);
            int at = aAt + r * BLOCK;
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

    /** Eight inputs by two panels, with 16 lanes. */
    private static void gradient8x2(
            float[] a, int aAt, float[] b, int bAt, int count, float[] start, int startAt, int startSize, float[] g, int gAt, int panelSize) {
        int g1 = gAt + panelSize;
        int from1 = startAt + startSize;
        FloatVector s00 = FloatVector.fromArray(SPECIES, start, startAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, start, from1);
        FloatVector s10 = FloatVector.fromArray(SPECIES, start, startAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, start, from1 + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, start, from1 + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, start, from1 + 3 * BLOCK);
        FloatVector s40 = FloatVector.fromArray(SPECIES, start, startAt + 4 * BLOCK);
        FloatVector s41 = FloatVector.fromArray(SPECIES, start, from1 + 4 * BLOCK);
        FloatVector s50 = FloatVector.fromArray(SPECIES, start, startAt + 5 * BLOCK);
        FloatVector s51 = FloatVector.fromArray(SPECIES, start, from1 + 5 * BLOCK);
        FloatVector s60 = FloatVector.fromArray(SPECIES, start, startAt + 6 * BLOCK);
        FloatVector s61 = FloatVector.fromArray(SPECIES, start, from1 + 6 * BLOCK);
        FloatVector s70 = FloatVector.fromArray(SPECIES, start, startAt + 7 * BLOCK);
        FloatVector s71 = FloatVector.fromArray(SPECIES, start, from1 + 7 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * 2 * BLOCK);
            FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + r * 2 * BLOCK + BLOCK);
            int at = aAt + r * BLOCK;
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
            x = FloatVector.broadcast(SPECIES, a[at + 4]);
            s40 = x.fma(d0, s40);
            s41 = x.fma(d1, s41);
            x = FloatVector.broadcast(SPECIES, a[at + 5]);
            s50 = x.fma(d0, s50);
            s51 = x.fma(d1, s51);
            x = FloatVector.broadcast(SPECIES, a[at + 6]);
            s60 = x.fma(d0, s60);
            s61 = x.fma(d1, s61);
            x = FloatVector.broadcast(SPECIES, a[at + 7]);
            s70 = x.fma(d0, s70);
            s71 = x.fma(d1, s71);
        }
        s00.intoArray(g, gAt);
        s01.intoArray(g, g1);
        s10.intoArray(g, gAt + BLOCK);
        s11.intoArray(g, g1 + BLOCK);
        s20.intoArray(g, gAt + 2 * BLOCK);
        s21.intoArray(g, g1 + 2 * BLOCK);
        s30.intoArray(g, gAt + 3 * BLOCK);
        s31.intoArray(g, g1 + 3 * BLOCK);
        s40.intoArray(g, gAt + 4 * BLOCK);
        s41.intoArray(g, g1 + 4 * BLOCK);
        s50.intoArray(g, gAt + 5 * BLOCK);
        s51.intoArray(g, g1 + 5 * BLOCK);
        s60.intoArray(g, gAt + 6 * BLOCK);
        s61.intoArray(g, g1 + 6 * BLOCK);
        s70.intoArray(g, gAt + 7 * BLOCK);
        s71.intoArray(g, g1 + 7 * BLOCK);
    }

    /** Sixteen inputs by a panel, with 16 lanes. */
    private static void gradient16x1(
            float[] a, int aAt, float[] b, int bAt, int count, float[] start, int startAt, float[] g, int gAt) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, start, startAt);
        FloatVector s1 = FloatVector.fromArray(SPECIES, start, startAt + BLOCK);
        FloatVector s2 = FloatVector.fromArray(SPECIES, start, startAt + 2 * BLOCK);
        FloatVector s3 = FloatVector.fromArray(SPECIES, start, startAt + 3 * BLOCK);
        FloatVector s4 = FloatVector.fromArray(SPECIES, start, startAt + 4 * BLOCK);
        FloatVector s5 = FloatVector.fromArray(SPECIES, start, startAt + 5 * BLOCK);
        FloatVector s6 = FloatVector.fromArray(SPECIES, start, startAt + 6 * BLOCK);
        FloatVector s7 = FloatVector.fromArray(SPECIES, start, startAt + 7 * BLOCK);
        FloatVector s8 = FloatVector.fromArray(SPECIES, start, startAt + 8 * BLOCK);
        FloatVector s9 = FloatVector.fromArray(SPECIES, start, startAt + 9 * BLOCK);
        FloatVector s10 = FloatVector.fromArray(SPECIES, start, startAt + 10 * BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, start, startAt + 11 * BLOCK);
        FloatVector s12 = FloatVector.fromArray(SPECIES, start, startAt + 12 * BLOCK);
        FloatVector s13 = FloatVector.fromArray(SPECIES, start, startAt + 13 * BLOCK);
        FloatVector s14 = FloatVector.fromArray(SPECIES, start, startAt + 14 * BLOCK);
        FloatVector s15 = FloatVector.fromArray(SPECIES, start, startAt + 15 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            int at = aAt + r * BLOCK;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s0 = x.fma(d, s0);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            s1 = x.fma(d, s1);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            s2 = x.fma(d, s2);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            s3 = x.fma(d, s3);
            x = FloatVector.broadcast(SPECIES, a[at + 4]);
            s4 = x.fma(d, s4);
            x = FloatVector.broadcast(SPECIES, a[at + 5]);
            s5 = x.fma(d, s5);
            x = FloatVector.broadcast(SPECIES, a[at + 6]);
            s6 = x.fma(d, s6);
            x = FloatVector.broadcast(SPECIES, a[at + 7]);
            s7 = x.fma(d, s7);
            x = FloatVector.broadcast(SPECIES, a[at + 8]);
            s8 = x.fma(d, s8);
            x = FloatVector.broadcast(SPECIES, a[at + 9]);
            s9 = x.fma(d, s9);
            x = FloatVector.broadcast(SPECIES, a[at + 10]);
            s10 = x.fma(d, s10);
            x = FloatVector.broadcast(SPECIES, a[at + 11]);
            s11 = x.fma(d, s11);
            x = FloatVector.broadcast(SPECIES, a[at + 12]);
            s12 = x.fma(d, s12);
            x = FloatVector.broadcast(SPECIES, a[at + 13]);
            s13 = x.fma(d, s13);
            x = FloatVector.broadcast(SPECIES, a[at + 14]);
            s14 = x.fma(d, s14);
            x = FloatVector.broadcast(SPECIES, a[at + 15]);
            s15 = x.fma(d, s15);
        }
        s0.intoArray(g, gAt);
        s1.intoArray(g, gAt + BLOCK);
        s2.intoArray(g, gAt + 2 * BLOCK);
        s3.intoArray(g, gAt + 3 * BLOCK);
        s4.intoArray(g, gAt + 4 * BLOCK);
        s5.intoArray(g, gAt + 5 * BLOCK);
        s6.intoArray(g, gAt + 6 * BLOCK);
        s7.intoArray(g, gAt + 7 * BLOCK);
        s8.intoArray(g, gAt + 8 * BLOCK);
        s9.intoArray(g, gAt + 9 * BLOCK);
        s10.intoArray(g, gAt + 10 * BLOCK);
        s11.intoArray(g, gAt + 11 * BLOCK);
        s12.intoArray(g, gAt + 12 * BLOCK);
        s13.intoArray(g, gAt + 13 * BLOCK);
        s14.intoArray(g, gAt + 14 * BLOCK);
        s15.intoArray(g, gAt + 15 * BLOCK);
    }

    /** Four inputs by two vectors of a panel, with fewer than 16 lanes. */
    private static void gradient4x2(
            float[] a, int aAt, float[] b, int bAt, int count, float[] start, int startAt, float[] g, int gAt) {
        int g1 = gAt + LENGTH;
        int from1 = startAt + LENGTH;
        FloatVector s00 = FloatVector.fromArray(SPECIES, start, startAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, start, from1);
        FloatVector s10 = FloatVector.fromArray(SPECIES, start, startAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, start, from1 + BLOCK);
        FloatVector s20 = FloatVector.fromArray(SPECIES, start, startAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, start, from1 + 2 * BLOCK);
        FloatVector s30 = FloatVector.fromArray(SPECIES, start, startAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, start, from1 + 3 * BLOCK);
        for (int r = 0; r < count; r++) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            FloatVector d1 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK + LENGTH);
            int at = aAt + r * BLOCK;
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
}
