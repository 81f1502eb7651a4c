package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The product of a row with a transposed factor in panels: some rows of the factor at a time, the panels going by. */
final class TransposedTiles {
    /** Rows of the right factor in a tile. */
    private static final int ROWS = 8;

    private float[] partials = new float[0];

    /** {@code c[k] = sum over j of a[j] b[k][j]} for {@code count} rows of B; backwards from the last tile to the first, with the same results. */
    void multiply(
            float[] a, int aAt, float[] b, int bAt, int panelSize, int panelCount, int count, boolean backwards, float[] c, int cAt) {
        if (partials.length < count * BLOCK) {
            partials = new float[count * BLOCK];
        }
        int tiled = count - count % ROWS;
        for (int i = 0; i < tiled; i += ROWS) {
            int k = backwards ? tiled - ROWS - i : i;
            tile(a, aAt, b, bAt + k * BLOCK, panelSize, panelCount, k * BLOCK);
        }
        for (int k = tiled; k < count; k++) {
            single(a, aAt, b, bAt + k * BLOCK, panelSize, panelCount, k * BLOCK);
        }
        Sums.trees(partials, 0, count, c, cAt);
    }

    /** Leaves the partial sums of {@link #ROWS} products. */
    private void tile(float[] a, int aAt, float[] b, int bAt, int panelSize, int panelCount, int to) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int panel = 0; panel < panelCount; panel++) {
                int row = bAt + panel * panelSize + j;
                int column = aAt + panel * BLOCK + j;
                FloatVector x = FloatVector.fromArray(SPECIES, a, column);
                FloatVector w = FloatVector.fromArray(SPECIES, b, row);
                s0 = x.fma(w, s0);
                w = FloatVector.fromArray(SPECIES, b, row + BLOCK);
                s1 = x.fma(w, s1);
                w = FloatVector.fromArray(SPECIES, b, row + 2 * BLOCK);
                s2 = x.fma(w, s2);
                w = FloatVector.fromArray(SPECIES, b, row + 3 * BLOCK);
                s3 = x.fma(w, s3);
                w = FloatVector.fromArray(SPECIES, b, row + 4 * BLOCK);
                s4 = x.fma(w, s4);
                w = FloatVector.fromArray(SPECIES, b, row + 5 * BLOCK);
                s5 = x.fma(w, s5);
                w = FloatVector.fromArray(SPECIES, b, row + 6 * BLOCK);
                s6 = x.fma(w, s6);
                w = FloatVector.fromArray(SPECIES, b, row + 7 * BLOCK);
                s7 = x.fma(w, s7);
            }
            s0.intoArray(partials, to + j);
            s1.intoArray(partials, to + j + BLOCK);
            s2.intoArray(partials, to + j + 2 * BLOCK);
            s3.intoArray(partials, to + j + 3 * BLOCK);
            s4.intoArray(partials, to + j + 4 * BLOCK);
            s5.intoArray(partials, to + j + 5 * BLOCK);
            s6.intoArray(partials, to + j + 6 * BLOCK);
            s7.intoArray(partials, to + j + 7 * BLOCK);
        }
    }

    /** Leaves the partial sums of one product. */
    private void single(float[] a, int aAt, float[] b, int bAt, int panelSize, int panelCount, int to) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int panel = 0; panel < panelCount; panel++) {
                FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + panel * BLOCK + j);
                sum = x.fma(FloatVector.fromArray(SPECIES, b, bAt + panel * panelSize + j), sum);
            }
            sum.intoArray(partials, to + j);
        }
    }
}
