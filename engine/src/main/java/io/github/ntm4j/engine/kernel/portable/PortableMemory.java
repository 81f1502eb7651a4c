package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.MemoryKernels;

final class PortableMemory implements MemoryKernels {
    private final PartialSums erased = new PartialSums();
    private final PartialSums added = new PartialSums();
    private final float[] block = new float[BLOCK];

    @Override
    public void read(
            float[] memory, int memoryAt, int stride, int width, int rows, float[] weighting, int weightingAt, float[] read, int readAt) {
        for (int m = 0; m < width; m++) {
            read[readAt + m] = added.dot(weighting, weightingAt, memory, memoryAt + m * stride, padded(rows));
        }
    }

    @Override
    public void readBackward(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] dRead,
            int dReadAt,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt) {
        for (int m = 0; m < width; m++) {
            float d = dRead[dReadAt + m];
            int line = memoryAt + m * stride;
            int dLine = dMemoryAt + m * stride;
            for (int n = 0; n < padded(rows); n++) {
                dMemory[dLine + n] = Math.fma(d, weighting[weightingAt + n], dMemory[dLine + n]);
                dWeighting[dWeightingAt + n] = Math.fma(d, memory[line + n], dWeighting[dWeightingAt + n]);
            }
        }
    }

    @Override
    public void eraseAdd(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            float[] y,
            int yAt) {
        for (int m = 0; m < width; m++) {
            float e = erase[eraseAt + m];
            float a = add[addAt + m];
            int line = m * stride;
            for (int n = 0; n < padded(rows); n++) {
                float w = weighting[weightingAt + n];
                y[yAt + line + n] = Math.fma(memory[memoryAt + line + n], Math.fma(-w, e, 1f), w * a);
            }
        }
    }

    @Override
    public void eraseAddBackward(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt) {
        for (int m = 0; m < width; m++) {
            float e = erase[eraseAt + m];
            float a = add[addAt + m];
            int line = memoryAt + m * stride;
            int dLine = dMemoryAt + m * stride;
            erased.clear();
            added.clear();
            for (int n = 0; n < padded(rows); n += BLOCK) {
                for (int lane = 0; lane < BLOCK; lane++) {
                    float dy = dMemory[dLine + n + lane];
                    float cell = memory[line + n + lane];
                    float w = weighting[weightingAt + n + lane];
                    int dw = dWeightingAt + n + lane;
                    dWeighting[dw] = Math.fma(dy, Math.fma(-e, cell, a), dWeighting[dw]);
                    dMemory[dLine + n + lane] = dy * Math.fma(-w, e, 1f);
                    block[lane] = dy * w;
                }
                added.add(block, 0);
                erased.addProducts(block, 0, memory, line + n);
            }
            dErase[dEraseAt + m] -= erased.total();
            dAdd[dAddAt + m] += added.total();
        }
    }
}
