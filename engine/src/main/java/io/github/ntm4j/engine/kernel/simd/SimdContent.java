package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.ContentKernels;
import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Two heads at a time, so that the memory is loaded once for two. */
final class SimdContent implements ContentKernels {
    /** The 16 partial sums of some sums at a time. */
    private float[] partials = new float[BLOCK];

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
        for (int h = 0; h < heads; h += 2) {
            int other = Math.min(h + 1, heads - 1); // a single head is its own partner
            cosinesOfTwo(
                    key,
                    keyAt + h * keyStride,
                    keyAt + other * keyStride,
                    inverseKeyNorm[inverseKeyNormAt + h],
                    inverseKeyNorm[inverseKeyNormAt + other],
                    memory,
                    memoryAt,
                    memoryStride,
                    width,
                    padded(rows),
                    inverseNorm,
                    inverseNormAt,
                    cosine,
                    cosineAt + h * cosineStride,
                    cosineAt + other * cosineStride);
        }
    }

    /** Products and squares of some rows stay in registers while the lines go by. */
    private static void cosinesOfTwo(
            float[] key,
            int key0,
            int key1,
            float inverseKeyNorm0,
            float inverseKeyNorm1,
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int end,
            float[] inverseNorm,
            int inverseNormAt,
            float[] cosine,
            int cosine0,
            int cosine1) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector smallest = FloatVector.broadcast(SPECIES, SMALLEST_SQUARED_NORM);
        for (int n = 0; n < end; n += 2 * LENGTH) {
            int next = Math.min(n + LENGTH, end - LENGTH); // a single vector is taken twice
            FloatVector p0 = FloatVector.zero(SPECIES);
            FloatVector p1 = p0;
            FloatVector q0 = p0;
            FloatVector q1 = p0;
            FloatVector s0 = p0;
            FloatVector s1 = p0;
            int at = memoryAt + n;
            int nextAt = memoryAt + next;
            for (int m = 0; m < width; m++) {
                FloatVector c0 = FloatVector.fromArray(SPECIES, memory, at);
                FloatVector c1 = FloatVector.fromArray(SPECIES, memory, nextAt);
                FloatVector k = FloatVector.broadcast(SPECIES, key[key0 + m]);
                p0 = k.fma(c0, p0);
                p1 = k.fma(c1, p1);
                k = FloatVector.broadcast(SPECIES, key[key1 + m]);
                q0 = k.fma(c0, q0);
                q1 = k.fma(c1, q1);
                s0 = c0.fma(c0, s0);
                s1 = c1.fma(c1, s1);
                at += stride;
                nextAt += stride;
            }
            s0 = one.div(s0.max(smallest).sqrt());
            s1 = one.div(s1.max(smallest).sqrt());
            s0.intoArray(inverseNorm, inverseNormAt + n);
            s1.intoArray(inverseNorm, inverseNormAt + next);
            p0.mul(s0).mul(inverseKeyNorm0).intoArray(cosine, cosine0 + n);
            p1.mul(s1).mul(inverseKeyNorm0).intoArray(cosine, cosine0 + next);
            q0.mul(s0).mul(inverseKeyNorm1).intoArray(cosine, cosine1 + n);
            q1.mul(s1).mul(inverseKeyNorm1).intoArray(cosine, cosine1 + next);
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
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector along = zero;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector inverse = FloatVector.fromArray(SPECIES, inverseNorm, inverseNormAt + n);
                FloatVector c = FloatVector.fromArray(SPECIES, cosine, cosineAt + n);
                FloatVector d = FloatVector.fromArray(SPECIES, dCosine, dCosineAt + n);
                along = d.fma(c, along);
                d = d.mul(inverse);
                d.mul(inverseKeyNorm).intoArray(dProduct, dProductAt + n);
                zero.blend(d.mul(c).mul(inverse), inverse.compare(VectorOperators.LT, LARGEST_INVERSE_NORM))
                        .add(FloatVector.fromArray(SPECIES, shrink, shrinkAt + n))
                        .intoArray(shrink, shrinkAt + n);
            }
            along.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
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
        int sums = heads * width;
        if (partials.length < sums * BLOCK) {
            partials = new float[sums * BLOCK];
        }
        int pairs = heads - heads % 2;
        int first = 0;
        for (; heads == 1 && first + 4 <= width; first += 4) {
            int line = first * memoryStride;
            backOnFourLines(
                    key, keyAt + first, dProduct, dProductAt, shrink, shrinkAt, memory, memoryAt + line, memoryStride, end, dMemory,
                    dMemoryAt + line, first * BLOCK);
        }
        for (int m = first; m < width; m += 2) {
            int lines = Math.min(2, width - m);
            int line = memoryAt + m * memoryStride;
            int dLine = dMemoryAt + m * memoryStride;
            int alone = lines == 2 ? pairs : 0;
            for (int h = 0; h < alone; h += 2) {
                int k = keyAt + h * keyStride + m;
                int d = dProductAt + h * dProductStride;
                int to = (h * width + m) * BLOCK;
                boolean last = h + 2 == heads;
                backOnTwoLines(
                        key, k, k + keyStride, dProduct, d, d + dProductStride, last, shrink, shrinkAt, memory, line, memoryStride, end,
                        dMemory, dLine, to, to + width * BLOCK);
            }
            for (int h = alone; h < heads; h++) {
                for (int i = 0; i < lines; i++) {
                    float k = key[keyAt + h * keyStride + m + i];
                    int d = dProductAt + h * dProductStride;
                    int at = i * memoryStride;
                    int to = (h * width + m + i) * BLOCK;
                    boolean last = h + 1 == heads;
                    backOnLine(k, dProduct, d, last, shrink, shrinkAt, memory, line + at, end, dMemory, dLine + at, to);
                }
            }
        }
        Sums.trees(partials, 0, sums, partials, 0);
        for (int h = 0; h < heads; h++) {
            for (int m = 0; m < width; m++) {
                dKey[dKeyAt + h * keyStride + m] += partials[h * width + m];
            }
        }
    }

    /** Two heads on two lines; through the norms, too, if these are the last heads. Leaves the partial sums of the derivatives by the keys. */
    private void backOnTwoLines(
            float[] key,
            int key0,
            int key1,
            float[] dProduct,
            int d0,
            int d1,
            boolean last,
            float[] shrink,
            int shrinkAt,
            float[] memory,
            int at,
            int stride,
            int end,
            float[] dMemory,
            int dAt,
            int partials0,
            int partials1) {
        FloatVector k00 = FloatVector.broadcast(SPECIES, key[key0]);
        FloatVector k01 = FloatVector.broadcast(SPECIES, key[key0 + 1]);
        FloatVector k10 = FloatVector.broadcast(SPECIES, key[key1]);
        FloatVector k11 = FloatVector.broadcast(SPECIES, key[key1 + 1]);
        int next = at + stride;
        int dNext = dAt + stride;
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s00 = FloatVector.zero(SPECIES);
            FloatVector s01 = s00;
            FloatVector s10 = s00;
            FloatVector s11 = s00;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector p0 = FloatVector.fromArray(SPECIES, dProduct, d0 + n);
                FloatVector p1 = FloatVector.fromArray(SPECIES, dProduct, d1 + n);
                FloatVector c0 = FloatVector.fromArray(SPECIES, memory, at + n);
                FloatVector c1 = FloatVector.fromArray(SPECIES, memory, next + n);
                s00 = p0.fma(c0, s00);
                s01 = p0.fma(c1, s01);
                s10 = p1.fma(c0, s10);
                s11 = p1.fma(c1, s11);
                FloatVector dc0 = k10.fma(p1, k00.fma(p0, FloatVector.fromArray(SPECIES, dMemory, dAt + n)));
                FloatVector dc1 = k11.fma(p1, k01.fma(p0, FloatVector.fromArray(SPECIES, dMemory, dNext + n)));
                if (last) {
                    FloatVector minus = FloatVector.fromArray(SPECIES, shrink, shrinkAt + n).neg();
                    dc0 = minus.fma(c0, dc0);
                    dc1 = minus.fma(c1, dc1);
                }
                dc0.intoArray(dMemory, dAt + n);
                dc1.intoArray(dMemory, dNext + n);
            }
            s00.intoArray(partials, partials0 + j);
            s01.intoArray(partials, partials0 + BLOCK + j);
            s10.intoArray(partials, partials1 + j);
            s11.intoArray(partials, partials1 + BLOCK + j);
        }
    }

    /** A head that is alone on four lines, and through the norms. Leaves the partial sums of the derivatives by the key. */
    private void backOnFourLines(
            float[] key,
            int keyAt,
            float[] dProduct,
            int dProductAt,
            float[] shrink,
            int shrinkAt,
            float[] memory,
            int at,
            int stride,
            int end,
            float[] dMemory,
            int dAt,
            int to) {
        FloatVector k0 = FloatVector.broadcast(SPECIES, key[keyAt]);
        FloatVector k1 = FloatVector.broadcast(SPECIES, key[keyAt + 1]);
        FloatVector k2 = FloatVector.broadcast(SPECIES, key[keyAt + 2]);
        FloatVector k3 = FloatVector.broadcast(SPECIES, key[keyAt + 3]);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector p = FloatVector.fromArray(SPECIES, dProduct, dProductAt + n);
                FloatVector minus = FloatVector.fromArray(SPECIES, shrink, shrinkAt + n).neg();
                int x = at + n;
                int dx = dAt + n;
                FloatVector c = FloatVector.fromArray(SPECIES, memory, x);
                s0 = p.fma(c, s0);
                minus.fma(c, k0.fma(p, FloatVector.fromArray(SPECIES, dMemory, dx))).intoArray(dMemory, dx);
                x += stride;
                dx += stride;
                c = FloatVector.fromArray(SPECIES, memory, x);
                s1 = p.fma(c, s1);
                minus.fma(c, k1.fma(p, FloatVector.fromArray(SPECIES, dMemory, dx))).intoArray(dMemory, dx);
                x += stride;
                dx += stride;
                c = FloatVector.fromArray(SPECIES, memory, x);
                s2 = p.fma(c, s2);
                minus.fma(c, k2.fma(p, FloatVector.fromArray(SPECIES, dMemory, dx))).intoArray(dMemory, dx);
                x += stride;
                dx += stride;
                c = FloatVector.fromArray(SPECIES, memory, x);
                s3 = p.fma(c, s3);
                minus.fma(c, k3.fma(p, FloatVector.fromArray(SPECIES, dMemory, dx))).intoArray(dMemory, dx);
            }
            s0.intoArray(partials, to + j);
            s1.intoArray(partials, to + BLOCK + j);
            s2.intoArray(partials, to + 2 * BLOCK + j);
            s3.intoArray(partials, to + 3 * BLOCK + j);
        }
    }

    /** One head on one line; through the norms, too, if it is the last head. Leaves the partial sums of the derivative by the key. */
    private void backOnLine(
            float key,
            float[] dProduct,
            int dProductAt,
            boolean last,
            float[] shrink,
            int shrinkAt,
            float[] memory,
            int at,
            int end,
            float[] dMemory,
            int dAt,
            int partialsAt) {
        FloatVector k = FloatVector.broadcast(SPECIES, key);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                FloatVector p = FloatVector.fromArray(SPECIES, dProduct, dProductAt + n);
                FloatVector c = FloatVector.fromArray(SPECIES, memory, at + n);
                sum = p.fma(c, sum);
                FloatVector dc = k.fma(p, FloatVector.fromArray(SPECIES, dMemory, dAt + n));
                if (last) {
                    dc = FloatVector.fromArray(SPECIES, shrink, shrinkAt + n).neg().fma(c, dc);
                }
                dc.intoArray(dMemory, dAt + n);
            }
            sum.intoArray(partials, partialsAt + j);
        }
    }
}
