package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.MatrixKernels;
import jdk.incubator.vector.FloatVector;

/**
 * Register-blocked products: four rows by two vectors, two rows by four, or one row by eight. Each keeps
 * eight running sums in registers, enough to hide the latency of a fused multiply-add.
 */
final class SimdMatrix implements MatrixKernels {
    /** Rows of a gradient product whose packed factors stay in the first-level cache. */
    private static final int ROWS_AT_A_TIME = 256;

    private static final int ROWS = 4;
    private static final int VECTORS = 8;

    private float[] packedInputs = new float[0];
    private final float[] packedOutputs = new float[ROWS_AT_A_TIME * BLOCK];
    private final float[] tile = new float[ROWS * BLOCK];

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
        int panelSize = depth * BLOCK;
        int blocked = rows & -ROWS;
        for (int panel = 0; panel < panelCount && blocked > 0; panel++) {
            for (int r = 0; r < blocked; r += ROWS) {
                for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
                    multiplyFourRows(
                            a,
                            aAt + r * aStride,
                            aStride,
                            depth,
                            panels,
                            panelsAt + panel * panelSize + column,
                            c,
                            cAt + r * cStride + panel * BLOCK + column,
                            cStride);
                }
            }
        }
        int columns = panelCount * BLOCK;
        int pairs = rows - rows % 2;
        for (int r = blocked; r < pairs; r += 2) {
            multiplyTwoRows(a, aAt + r * aStride, aStride, depth, panels, panelsAt, columns, c, cAt + r * cStride, cStride);
        }
        int wide = columns - columns % (VECTORS * LENGTH);
        for (int r = pairs; r < rows; r++) {
            int rowAt = aAt + r * aStride;
            int sumAt = cAt + r * cStride;
            for (int column = 0; column < wide; column += VECTORS * LENGTH) {
                multiplyRow(a, rowAt, depth, panels, panelsAt + column * depth, panelSize, c, sumAt + column);
            }
            for (int column = wide; column < columns; column += BLOCK) {
                multiplyRowByPanel(a, rowAt, depth, panels, panelsAt + column * depth, c, sumAt + column);
            }
        }
    }

    private static void multiplyFourRows(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, float[] c, int cAt, int cStride) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        int a1 = aAt + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + k * BLOCK);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + k * BLOCK + LENGTH);
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
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

    /** Two rows by four vectors at a time, the columns that are left over two vectors at a time. */
    private static void multiplyTwoRows(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, int columns, float[] c, int cAt, int cStride) {
        int wide = columns - columns % (4 * LENGTH);
        for (int column = 0; column < wide; column += 4 * LENGTH) {
            multiplyTwoRowsByFour(a, aAt, aStride, depth, b, bAt + column * depth, c, cAt + column, cStride);
        }
        for (int column = wide; column < columns; column += BLOCK) {
            multiplyRowByPanel(a, aAt, depth, b, bAt + column * depth, c, cAt + column);
            multiplyRowByPanel(a, aAt + aStride, depth, b, bAt + column * depth, c, cAt + cStride + column);
        }
    }

    private static void multiplyTwoRowsByFour(
            float[] a, int aAt, int aStride, int depth, float[] b, int bAt, float[] c, int cAt, int cStride) {
        int panelSize = depth * BLOCK;
        int o1 = bAt + offset(1, panelSize);
        int o2 = bAt + offset(2, panelSize);
        int o3 = bAt + offset(3, panelSize);
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
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            FloatVector y = FloatVector.broadcast(SPECIES, a[a1 + k]);
            int row = k * BLOCK;
            FloatVector w = FloatVector.fromArray(SPECIES, b, bAt + row);
            s00 = x.fma(w, s00);
            s10 = y.fma(w, s10);
            w = FloatVector.fromArray(SPECIES, b, o1 + row);
            s01 = x.fma(w, s01);
            s11 = y.fma(w, s11);
            w = FloatVector.fromArray(SPECIES, b, o2 + row);
            s02 = x.fma(w, s02);
            s12 = y.fma(w, s12);
            w = FloatVector.fromArray(SPECIES, b, o3 + row);
            s03 = x.fma(w, s03);
            s13 = y.fma(w, s13);
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

    /** One row by eight vectors: vector j lies at column j * LENGTH, wherever its panel is. */
    private static void multiplyRow(
            float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, float[] c, int cAt) {
        int o1 = bAt + offset(1, panelSize);
        int o2 = bAt + offset(2, panelSize);
        int o3 = bAt + offset(3, panelSize);
        int o4 = bAt + offset(4, panelSize);
        int o5 = bAt + offset(5, panelSize);
        int o6 = bAt + offset(6, panelSize);
        int o7 = bAt + offset(7, panelSize);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
            int row = k * BLOCK;
            s0 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + row), s0);
            s1 = x.fma(FloatVector.fromArray(SPECIES, b, o1 + row), s1);
            s2 = x.fma(FloatVector.fromArray(SPECIES, b, o2 + row), s2);
            s3 = x.fma(FloatVector.fromArray(SPECIES, b, o3 + row), s3);
            s4 = x.fma(FloatVector.fromArray(SPECIES, b, o4 + row), s4);
            s5 = x.fma(FloatVector.fromArray(SPECIES, b, o5 + row), s5);
            s6 = x.fma(FloatVector.fromArray(SPECIES, b, o6 + row), s6);
            s7 = x.fma(FloatVector.fromArray(SPECIES, b, o7 + row), s7);
        }
        s0.intoArray(c, cAt);
        s1.intoArray(c, cAt + LENGTH);
        s2.intoArray(c, cAt + 2 * LENGTH);
        s3.intoArray(c, cAt + 3 * LENGTH);
        s4.intoArray(c, cAt + 4 * LENGTH);
        s5.intoArray(c, cAt + 5 * LENGTH);
        s6.intoArray(c, cAt + 6 * LENGTH);
        s7.intoArray(c, cAt + 7 * LENGTH);
    }

    private static int offset(int vector, int panelSize) {
        int column = vector * LENGTH;
        return column / BLOCK * panelSize + column % BLOCK;
    }

    private static void multiplyRowByPanel(float[] a, int aAt, int depth, float[] b, int bAt, float[] c, int cAt) {
        for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            for (int k = 0; k < depth; k++) {
                FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + k]);
                s0 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + k * BLOCK + column), s0);
                s1 = x.fma(FloatVector.fromArray(SPECIES, b, bAt + k * BLOCK + column + LENGTH), s1);
            }
            s0.intoArray(c, cAt + column);
            s1.intoArray(c, cAt + column + LENGTH);
        }
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
        for (int from = 0; from < rows; from += ROWS_AT_A_TIME) {
            int count = Math.min(ROWS_AT_A_TIME, rows - from);
            packInputs(x, xAt, from, count, depth);
            for (int panel = 0; panel < panelCount; panel++) {
                packOutputs(d, dAt, from, count, panel * BLOCK);
                int at = gradientAt + panel * depth * BLOCK;
                int k = 0;
                for (; k + ROWS <= depth; k += ROWS) {
                    for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
                        accumulateTile(packedInputs, k * count, packedOutputs, column, count, gradient, at + k * BLOCK + column);
                    }
                }
                if (k < depth) {
                    int floats = (depth - k) * BLOCK;
                    System.arraycopy(gradient, at + k * BLOCK, tile, 0, floats);
                    for (int column = 0; column < BLOCK; column += 2 * LENGTH) {
                        accumulateTile(packedInputs, k * count, packedOutputs, column, count, tile, column);
                    }
                    System.arraycopy(tile, 0, gradient, at + k * BLOCK, floats);
                }
            }
        }
    }

    /** Inputs k .. k + 3 of all rows lie together: {@code [depth / 4][count][4]}, zero behind the depth. */
    private void packInputs(float[] x, int[] xAt, int from, int count, int depth) {
        int blocks = (depth + ROWS - 1) / ROWS;
        if (packedInputs.length < blocks * ROWS * count) {
            packedInputs = new float[blocks * ROWS * ROWS_AT_A_TIME];
        }
        for (int r = 0; r < count; r++) {
            int at = xAt[from + r];
            int to = r * ROWS;
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

    private void packOutputs(float[] d, int[] dAt, int from, int count, int column) {
        for (int r = 0; r < count; r++) {
            int at = dAt[from + r] + column;
            for (int j = 0; j < BLOCK; j += LENGTH) {
                FloatVector.fromArray(SPECIES, d, at + j).intoArray(packedOutputs, r * BLOCK + j);
            }
        }
    }

    private static void accumulateTile(float[] a, int aAt, float[] b, int bAt, int count, float[] g, int gAt) {
        FloatVector s00 = FloatVector.fromArray(SPECIES, g, gAt);
        FloatVector s01 = FloatVector.fromArray(SPECIES, g, gAt + LENGTH);
        FloatVector s10 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK);
        FloatVector s11 = FloatVector.fromArray(SPECIES, g, gAt + BLOCK + LENGTH);
        FloatVector s20 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK);
        FloatVector s21 = FloatVector.fromArray(SPECIES, g, gAt + 2 * BLOCK + LENGTH);
        FloatVector s30 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK);
        FloatVector s31 = FloatVector.fromArray(SPECIES, g, gAt + 3 * BLOCK + LENGTH);
        for (int r = 0; r < count; r++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + r * BLOCK + LENGTH);
            int at = aAt + r * ROWS;
            FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(SPECIES, a[at + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(SPECIES, a[at + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(SPECIES, a[at + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        s00.intoArray(g, gAt);
        s01.intoArray(g, gAt + LENGTH);
        s10.intoArray(g, gAt + BLOCK);
        s11.intoArray(g, gAt + BLOCK + LENGTH);
        s20.intoArray(g, gAt + 2 * BLOCK);
        s21.intoArray(g, gAt + 2 * BLOCK + LENGTH);
        s30.intoArray(g, gAt + 3 * BLOCK);
        s31.intoArray(g, gAt + 3 * BLOCK + LENGTH);
    }
}
