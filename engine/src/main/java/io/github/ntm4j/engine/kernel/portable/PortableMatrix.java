package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;

import io.github.ntm4j.engine.kernel.MatrixKernels;
import java.util.Arrays;

final class PortableMatrix implements MatrixKernels {
    private final float[] sums = new float[BLOCK];
    private final PartialSums partials = new PartialSums();

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
        for (int panel = 0; panel < panelCount; panel++) {
            int panelAt = panelsAt + panel * depth * BLOCK;
            for (int r = 0; r < rows; r++) {
                Arrays.fill(sums, 0f);
                for (int k = 0; k < depth; k++) {
                    addScaled(a[aAt + r * aStride + k], panels, panelAt + k * BLOCK);
                }
                System.arraycopy(sums, 0, c, cAt + r * cStride + panel * BLOCK, BLOCK);
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
            for (int k = 0; k < count; k++) {
                partials.clear();
                for (int panel = 0; panel < panelCount; panel++) {
                    partials.addProducts(
                            a, aAt + r * aStride + panel * BLOCK, panels, panelsAt + (panel * depth + from + k) * BLOCK);
                }
                c[cAt + r * cStride + k] = partials.total();
            }
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
        for (int panel = 0; panel < panelCount; panel++) {
            for (int k = 0; k < depth; k++) {
                int at = gradientAt + (panel * depth + k) * BLOCK;
                if (add) {
                    System.arraycopy(gradient, at, sums, 0, BLOCK);
                } else {
                    Arrays.fill(sums, 0f);
                }
                for (int r = 0; r < rows; r++) {
                    addScaled(x[xAt[r] + k], d, dAt[r] + panel * BLOCK);
                }
                System.arraycopy(sums, 0, gradient, at, BLOCK);
            }
        }
    }

    private void addScaled(float factor, float[] row, int at) {
        for (int lane = 0; lane < BLOCK; lane++) {
            sums[lane] = Math.fma(factor, row[at + lane], sums[lane]);
        }
    }
}
