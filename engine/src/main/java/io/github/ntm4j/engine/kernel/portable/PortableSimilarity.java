package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.SimilarityKernels;

final class PortableSimilarity implements SimilarityKernels {
    private final PartialSums first = new PartialSums();
    private final PartialSums second = new PartialSums();

    /** What is multiplied with what, in one block. */
    private final float[] left = new float[BLOCK];

    private final float[] right = new float[BLOCK];

    @Override
    public void similarities(
            float[] values,
            int keyAt,
            int keyStride,
            int keyNormAt,
            int heads,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float s,
            float floor,
            float e,
            int normAt,
            int cosineAt,
            int cosineStride) {
        for (int n = 0; n < padded(rows); n++) {
            float squares = 0;
            for (int m = 0; m < width; m++) {
                float cell = values[memoryAt + m * memoryStride + n];
                squares = Math.fma(cell, cell, squares);
            }
            float norm = (float) Math.sqrt(Math.max(squares + s, floor));
            values[normAt + n] = norm;
            for (int h = 0; h < heads; h++) {
                float product = 0;
                for (int m = 0; m < width; m++) {
                    product = Math.fma(values[keyAt + h * keyStride + m], values[memoryAt + m * memoryStride + n], product);
                }
                values[cosineAt + h * cosineStride + n] = product / Math.fma(values[keyNormAt + h], norm, e);
            }
        }
    }

    @Override
    public void maskedSimilarities(
            float[] values,
            int keyAt,
            int maskAt,
            float keyNorm,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float s,
            float floor,
            float e,
            int normAt,
            int cosineAt) {
        for (int n = 0; n < padded(rows); n++) {
            float squares = 0;
            float product = 0;
            for (int m = 0; m < width; m++) {
                float cell = values[maskAt + m] * values[memoryAt + m * memoryStride + n];
                squares = Math.fma(cell, cell, squares);
                product = Math.fma(values[keyAt + m], cell, product);
            }
            float norm = (float) Math.sqrt(Math.max(squares + s, floor));
            values[normAt + n] = norm;
            values[cosineAt + n] = product / Math.fma(keyNorm, norm, e);
        }
    }

    @Override
    public float similaritiesBackward(
            float keyNorm,
            float e,
            float smallest,
            float[] values,
            int normAt,
            int cosineAt,
            int rows,
            float[] derivatives,
            int dCosineAt,
            int shrinkAt) {
        first.clear();
        for (int n = 0; n < padded(rows); n += BLOCK) {
            for (int lane = 0; lane < BLOCK; lane++) {
                int i = n + lane;
                float norm = values[normAt + i];
                float q = derivatives[dCosineAt + i] / Math.fma(keyNorm, norm, e);
                float t = q * values[cosineAt + i];
                derivatives[dCosineAt + i] = q;
                derivatives[shrinkAt + i] += norm > smallest ? t * keyNorm / norm : 0f;
                left[lane] = t;
            }
            first.addProducts(left, 0, values, normAt + n);
        }
        return first.total();
    }

    @Override
    public void maskedProductsBackward(
            float[] values,
            int keyAt,
            int maskAt,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] derivatives,
            int dProductAt,
            int shrinkAt,
            int dKeyAt,
            int dMaskAt,
            float[] dMemory,
            int dMemoryAt) {
        for (int m = 0; m < width; m++) {
            float mask = values[maskAt + m];
            float key = values[keyAt + m];
            int line = memoryAt + m * memoryStride;
            int dLine = dMemoryAt + m * memoryStride;
            first.clear();
            second.clear();
            for (int n = 0; n < padded(rows); n += BLOCK) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    int i = n + lane;
                    float cell = mask * values[line + i];
                    float d = Math.fma(-derivatives[shrinkAt + i], cell, key * derivatives[dProductAt + i]);
                    dMemory[dLine + i] = Math.fma(mask, d, dMemory[dLine + i]);
                    left[lane] = cell;
                    right[lane] = d;
                }
                first.addProducts(derivatives, dProductAt + n, left, 0);
                second.addProducts(right, 0, values, line + n);
            }
            derivatives[dKeyAt + m] = first.total();
            derivatives[dMaskAt + m] = second.total();
        }
    }
}
