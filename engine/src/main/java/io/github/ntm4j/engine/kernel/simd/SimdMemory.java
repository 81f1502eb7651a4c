package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.MemoryKernels;
import jdk.incubator.vector.FloatVector;

final class SimdMemory implements MemoryKernels {
    @Override
    public void read(
            float[] memory, int memoryAt, int stride, int width, int rows, float[] weighting, int weightingAt, float[] read, int readAt) {
        for (int m = 0; m < width; m++) {
            read[readAt + m] = SimdAddressing.dotProduct(weighting, weightingAt, memory, memoryAt + m * stride, padded(rows));
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
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
            FloatVector dw = FloatVector.fromArray(SPECIES, dWeighting, dWeightingAt + n);
            int at = memoryAt + n;
            int dAt = dMemoryAt + n;
            for (int m = 0; m < width; m++) {
                FloatVector d = FloatVector.broadcast(SPECIES, dRead[dReadAt + m]);
                d.fma(w, FloatVector.fromArray(SPECIES, dMemory, dAt)).intoArray(dMemory, dAt);
                dw = d.fma(FloatVector.fromArray(SPECIES, memory, at), dw);
                at += stride;
                dAt += stride;
            }
            dw.intoArray(dWeighting, dWeightingAt + n);
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
        int end = padded(rows);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
            FloatVector minus = w.neg();
            int at = n;
            for (int m = 0; m < width; m++) {
                FloatVector keep = minus.fma(FloatVector.broadcast(SPECIES, erase[eraseAt + m]), one);
                FloatVector written = w.mul(add[addAt + m]);
                FloatVector.fromArray(SPECIES, memory, memoryAt + at).fma(keep, written).intoArray(y, yAt + at);
                at += stride;
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
        int end = padded(rows);
        for (int m = 0; m < width; m++) {
            eraseAddLineBackward(
                    memory,
                    memoryAt + m * stride,
                    end,
                    weighting,
                    weightingAt,
                    erase[eraseAt + m],
                    add[addAt + m],
                    dMemory,
                    dMemoryAt + m * stride,
                    dWeighting,
                    dWeightingAt,
                    dErase,
                    dEraseAt + m,
                    dAdd,
                    dAddAt + m);
        }
    }

    private static void eraseAddLineBackward(
            float[] memory,
            int memoryAt,
            int end,
            float[] weighting,
            int weightingAt,
            float erase,
            float add,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt) {
        FloatVector e = FloatVector.broadcast(SPECIES, erase);
        FloatVector a = FloatVector.broadcast(SPECIES, add);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        for (int n = 0; n < end; n += BLOCK) {
            int c = memoryAt + n;
            int w = weightingAt + n;
            int d = dMemoryAt + n;
            int dw = dWeightingAt + n;
            FloatVector v = writeBackward(memory, c, weighting, w, e, a, dMemory, d, dWeighting, dw);
            a0 = a0.add(v);
            e0 = v.fma(FloatVector.fromArray(SPECIES, memory, c), e0);
            v = writeBackward(memory, c + LENGTH, weighting, w + LENGTH, e, a, dMemory, d + LENGTH, dWeighting, dw + LENGTH);
            a1 = a1.add(v);
            e1 = v.fma(FloatVector.fromArray(SPECIES, memory, c + LENGTH), e1);
            if (LENGTH < 8) {
                int j = 2 * LENGTH;
                v = writeBackward(memory, c + j, weighting, w + j, e, a, dMemory, d + j, dWeighting, dw + j);
                a2 = a2.add(v);
                e2 = v.fma(FloatVector.fromArray(SPECIES, memory, c + j), e2);
                j = 3 * LENGTH;
                v = writeBackward(memory, c + j, weighting, w + j, e, a, dMemory, d + j, dWeighting, dw + j);
                a3 = a3.add(v);
                e3 = v.fma(FloatVector.fromArray(SPECIES, memory, c + j), e3);
            }
        }
        dErase[dEraseAt] -= Lanes.sum(e0, e1, e2, e3);
        dAdd[dAddAt] += Lanes.sum(a0, a1, a2, a3);
    }

    /** One vector of a line: updates dWeighting and dMemory, returns dy times the weighting. */
    private static FloatVector writeBackward(
            float[] memory,
            int memoryAt,
            float[] weighting,
            int weightingAt,
            FloatVector erase,
            FloatVector add,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt) {
        FloatVector dy = FloatVector.fromArray(SPECIES, dMemory, dMemoryAt);
        FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt);
        FloatVector change = erase.neg().fma(FloatVector.fromArray(SPECIES, memory, memoryAt), add);
        dy.fma(change, FloatVector.fromArray(SPECIES, dWeighting, dWeightingAt)).intoArray(dWeighting, dWeightingAt);
        FloatVector keep = w.neg().fma(erase, FloatVector.broadcast(SPECIES, 1f));
        dy.mul(keep).intoArray(dMemory, dMemoryAt);
        return dy.mul(w);
    }
}
