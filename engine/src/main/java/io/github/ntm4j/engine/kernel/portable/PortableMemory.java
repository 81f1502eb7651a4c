package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.MemoryKernels;

final class PortableMemory implements MemoryKernels {
    private final PartialSums erased = new PartialSums();
    private final PartialSums added = new PartialSums();
    private final float[] block = new float[BLOCK];

    /** What the heads found in one line, the first of them in the memory itself. */
    private float[] found = new float[0];

    @Override
    public void read(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] read,
            int readAt,
            int readStride) {
        for (int h = 0; h < heads; h++) {
            for (int m = 0; m < width; m++) {
                read[readAt + h * readStride + m] = added.dot(
                        weighting, weightingAt + h * weightingStride, memory, memoryAt + m * memoryStride, padded(rows));
            }
        }
    }

    @Override
    public void readBackward(
            float[] dRead,
            int dReadAt,
            int dReadStride,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt) {
        int end = padded(rows);
        for (int h = 0; h < heads; h++) {
            int w = weightingAt + h * weightingStride;
            int dw = dWeightingAt + h * weightingStride;
            for (int m = 0; m < width; m++) {
                float factor = dRead[dReadAt + h * dReadStride + m];
                addScaled(factor, memory, memoryAt + m * memoryStride, end, dWeighting, dw);
                addScaled(factor, weighting, w, end, dMemory, dMemoryAt + m * memoryStride);
            }
        }
    }

    /** {@code y += factor x}. */
    private static void addScaled(float factor, float[] x, int xAt, int end, float[] y, int yAt) {
        for (int n = 0; n < end; n++) {
            y[yAt + n] = Math.fma(factor, x[xAt + n], y[yAt + n]);
        }
    }

    @Override
    public void eraseAdd(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] y,
            int yAt) {
        for (int m = 0; m < width; m++) {
            int line = yAt + m * memoryStride;
            System.arraycopy(memory, memoryAt + m * memoryStride, y, line, padded(rows));
            for (int h = 0; h < heads; h++) {
                float e = erase[eraseAt + h * eraseStride + m];
                float a = add[addAt + h * addStride + m];
                writeLine(y, line, weighting, weightingAt + h * weightingStride, e, a, padded(rows), y, line);
            }
        }
    }

    /** {@code y = memory (1 - weighting erase) + weighting add}. */
    private static void writeLine(
            float[] memory, int at, float[] weighting, int weightingAt, float erase, float add, int end, float[] y, int yAt) {
        for (int n = 0; n < end; n++) {
            float w = weighting[weightingAt + n];
            y[yAt + n] = Math.fma(memory[at + n], Math.fma(-w, erase, 1f), w * add);
        }
    }

    @Override
    public void eraseAddBackward(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt) {
        int end = padded(rows);
        if (found.length < heads * end) {
            found = new float[heads * end];
        }
        for (int m = 0; m < width; m++) {
            System.arraycopy(memory, memoryAt + m * memoryStride, found, 0, end);
            for (int h = 0; h < heads - 1; h++) {
                float e = erase[eraseAt + h * eraseStride + m];
                float a = add[addAt + h * addStride + m];
                writeLine(found, h * end, weighting, weightingAt + h * weightingStride, e, a, end, found, (h + 1) * end);
            }
            for (int h = heads - 1; h >= 0; h--) {
                writeLineBackward(
                        h * end,
                        end,
                        weighting,
                        weightingAt + h * weightingStride,
                        erase[eraseAt + h * eraseStride + m],
                        add[addAt + h * addStride + m],
                        dMemory,
                        dMemoryAt + m * memoryStride,
                        dWeighting,
                        dWeightingAt + h * weightingStride);
                dErase[dEraseAt + h * eraseStride + m] -= erased.total();
                dAdd[dAddAt + h * addStride + m] += added.total();
            }
        }
    }

    /** One head's gradient of one line that it found as given; leaves the sums of erase and add. */
    private void writeLineBackward(
            int foundAt,
            int end,
            float[] weighting,
            int weightingAt,
            float erase,
            float add,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt) {
        erased.clear();
        added.clear();
        for (int n = 0; n < end; n += BLOCK) {
            for (int lane = 0; lane < BLOCK; lane++) {
                int i = n + lane;
                float dy = dMemory[dMemoryAt + i];
                float w = weighting[weightingAt + i];
                float change = Math.fma(-erase, found[foundAt + i], add);
                dWeighting[dWeightingAt + i] = Math.fma(dy, change, dWeighting[dWeightingAt + i]);
                dMemory[dMemoryAt + i] = dy * Math.fma(-w, erase, 1f);
                block[lane] = dy * w;
            }
            added.add(block, 0);
            erased.addProducts(block, 0, found, foundAt + n);
        }
    }
}
