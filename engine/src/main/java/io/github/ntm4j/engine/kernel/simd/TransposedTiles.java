package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;

/** The tiles of a product with a transposed factor: some rows of the right factor at a time, the panels going by. */
final class TransposedTiles {
    /** Rows of the right factor in a tile. */
    static final int ROWS = 8;

    private final float[] partials = new float[ROWS * BLOCK];

    /** One row of the left factor: {@link #ROWS} products. */
    void tile(float[] a, int aAt, float[] b, int bAt, int panelSize, int panelCount, float[] c, int cAt) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s00 = FloatVector.zero(SPECIES);
            FloatVector s01 = s00;
            FloatVector s02 = s00;
            FloatVector s03 = s00;
            FloatVector s04 = s00;
            FloatVector s05 = s00;
            FloatVector s06 = s00;
            FloatVector s07 = s00;
            for (int panel = 0; panel < panelCount; panel++) {
                int row = bAt + panel * panelSize + j;
                int column = aAt + panel * BLOCK + j;
                FloatVector x0 = FloatVector.fromArray(SPECIES, a, column);
                FloatVector w = FloatVector.fromArray(SPECIES, b, row);
                s00 = x0.fma(w, s00);
                w = FloatVector.fromArray(SPECIES, b, row + BLOCK);
                s01 = x0.fma(w, s01);
                w = FloatVector.fromArray(SPECIES, b, row + 2 * BLOCK);
                s02 = x0.fma(w, s02);
                w = FloatVector.fromArray(SPECIES, b, row + 3 * BLOCK);
                s03 = x0.fma(w, s03);
                w = FloatVector.fromArray(SPECIES, b, row + 4 * BLOCK);
                s04 = x0.fma(w, s04);
                w = FloatVector.fromArray(SPECIES, b, row + 5 * BLOCK);
                s05 = x0.fma(w, s05);
                w = FloatVector.fromArray(SPECIES, b, row + 6 * BLOCK);
                s06 = x0.fma(w, s06);
                w = FloatVector.fromArray(SPECIES, b, row + 7 * BLOCK);
                s07 = x0.fma(w, s07);
            }
            s00.intoArray(partials, j);
            s01.intoArray(partials, BLOCK + j);
            s02.intoArray(partials, 2 * BLOCK + j);
            s03.intoArray(partials, 3 * BLOCK + j);
            s04.intoArray(partials, 4 * BLOCK + j);
            s05.intoArray(partials, 5 * BLOCK + j);
            s06.intoArray(partials, 6 * BLOCK + j);
            s07.intoArray(partials, 7 * BLOCK + j);
        }
        Sums.trees(partials, 0, ROWS, c, cAt);
    }

    /** One row of either factor: one product. */
    float dot(float[] a, int aAt, float[] b, int bAt, int panelSize, int panelCount) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int panel = 0; panel < panelCount; panel++) {
                FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + panel * BLOCK + j);
                sum = x.fma(FloatVector.fromArray(SPECIES, b, bAt + panel * panelSize + j), sum);
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }
}
