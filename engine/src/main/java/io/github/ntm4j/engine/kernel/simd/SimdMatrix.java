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
    private static final int ROWS = GradientTiles.INPUTS;

    /** Panels of a gradient tile. */
    private static final int PANELS = WIDE ? GradientTiles.PANELS : 1;

    /** Vectors of columns at a time, so that what they read of the right factor stays in the second-level cache for all rows. */
    private static final int VECTORS = 8;

    private final TransposedTiles transposed = new TransposedTiles();
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
        }
        if (rows % 2 == 1) {
            int last = rows - 1;
            oneRow(a, aAt + last * aStride, depth, panels, panelsAt, panelSize, vectors, c, cAt + last * cStride);
        }
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
            float[] a, int aAt, int depth, float[] b, int bAt, int panelSize, int vectors, float[] c, int cAt) {
        int v = 0;
        while (v < vectors) {
            int left = vectors - v;
            int at = bAt + ProductTiles.offset(v, panelSize);
            int to = cAt + v * LENGTH;
            if (left >= 8 && (left % 8 == 0 || !WIDE)) {
                ProductTiles.tile1x8(a, aAt, depth, b, at, panelSize, c, to);
                v += 8;
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
        for (int r = 0; r < rows; r++) {
            transposed.multiply(
                    a, aAt + r * aStride, panels, panelsAt + from * BLOCK, depth * BLOCK, panelCount, count, c, cAt + r * cStride);
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
                GradientTiles.gradient4x2(packedInputs, inputsAt, packedOutputs, FIRST + column, count, g, gAt + column);
            }
        } else if (panels == PANELS) {
            GradientTiles.gradient4x4(packedInputs, inputsAt, packedOutputs, FIRST, count, g, gAt, panelSize);
        } else {
            GradientTiles.gradient4x1(packedInputs, inputsAt, packedOutputs, FIRST, count, g, gAt);
        }
    }
}
