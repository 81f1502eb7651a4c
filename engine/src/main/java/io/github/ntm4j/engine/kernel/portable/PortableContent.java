package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.ContentKernels;

final class PortableContent implements ContentKernels {
    private final PartialSums sums = new PartialSums();

    @Override
    public void cosines(
            float[] key,
            int keyAt,
            int keyStride,
            float[] inverseKeyNorm,
            int inverseKeyNormAt,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] inverseNorm,
            int inverseNormAt,
            float[] cosine,
            int cosineAt,
            int cosineStride) {
        for (int n = 0; n < padded(rows); n++) {
            float squares = 0;
            for (int m = 0; m < width; m++) {
                float cell = memory[memoryAt + m * memoryStride + n];
                squares = Math.fma(cell, cell, squares);
            }
            float inverse = 1f / (float) Math.sqrt(Math.max(squares, SMALLEST_SQUARED_NORM));
            inverseNorm[inverseNormAt + n] = inverse;
            for (int h = 0; h < heads; h++) {
                float product = 0;
                for (int m = 0; m < width; m++) {
                    product = Math.fma(key[keyAt + h * keyStride + m], memory[memoryAt + m * memoryStride + n], product);
                }
                cosine[cosineAt + h * cosineStride + n] = product * inverse * inverseKeyNorm[inverseKeyNormAt + h];
            }
        }
    }

    @Override
    public float cosinesBackward(
            float inverseKeyNorm,
            float[] inverseNorm,
            int inverseNormAt,
            float[] cosine,
            int cosineAt,
            float[] dCosine,
            int dCosineAt,
            int rows,
            float[] dProduct,
            int dProductAt,
            float[] shrink,
            int shrinkAt) {
        int end = padded(rows);
        float along = sums.dot(dCosine, dCosineAt, cosine, cosineAt, end);
        for (int n = 0; n < end; n++) {
            float inverse = inverseNorm[inverseNormAt + n];
            float d = dCosine[dCosineAt + n] * inverse;
            dProduct[dProductAt + n] = d * inverseKeyNorm;
            shrink[shrinkAt + n] += inverse < LARGEST_INVERSE_NORM ? d * cosine[cosineAt + n] * inverse : 0f;
        }
        return along;
    }

    @Override
    public void productsBackward(
            float[] key,
            int keyAt,
            int keyStride,
            int heads,
            float[] dProduct,
            int dProductAt,
            int dProductStride,
            float[] shrink,
            int shrinkAt,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] dMemory,
            int dMemoryAt,
            float[] dKey,
            int dKeyAt) {
        int end = padded(rows);
        for (int m = 0; m < width; m++) {
            int line = memoryAt + m * memoryStride;
            int dLine = dMemoryAt + m * memoryStride;
            for (int h = 0; h < heads; h++) {
                int at = h * keyStride + m;
                int products = dProductAt + h * dProductStride;
                dKey[dKeyAt + at] += sums.dot(dProduct, products, memory, line, end);
                for (int n = 0; n < end; n++) {
                    dMemory[dLine + n] = Math.fma(key[keyAt + at], dProduct[products + n], dMemory[dLine + n]);
                }
            }
            for (int n = 0; n < end; n++) {
                dMemory[dLine + n] = Math.fma(-shrink[shrinkAt + n], memory[line + n], dMemory[dLine + n]);
            }
        }
    }
}
