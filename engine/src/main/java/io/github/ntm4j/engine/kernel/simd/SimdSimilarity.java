package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.ntm4j.engine.kernel.SimilarityKernels;
import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Two heads and two vectors of rows at a time, or one head and four. */
final class SimdSimilarity implements SimilarityKernels {
    /** The 16 partial sums of some sums at a time. */
    private float[] partials = new float[BLOCK];

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
        int pairs = heads - heads % 2;
        if (pairs < heads) {
            similaritiesOfOne(
                    values,
                    keyAt + pairs * keyStride,
                    values[keyNormAt + pairs],
                    memoryAt,
                    memoryStride,
                    width,
                    padded(rows),
                    s,
                    floor,
                    e,
                    normAt,
                    cosineAt + pairs * cosineStride);
        }
        for (int h = 0; h < pairs; h += 2) {
            int other = h + 1;
            similaritiesOfTwo(
                    values,
                    keyAt + h * keyStride,
                    keyAt + other * keyStride,
                    values[keyNormAt + h],
                    values[keyNormAt + other],
                    memoryAt,
                    memoryStride,
                    width,
                    padded(rows),
                    s,
                    floor,
                    e,
                    normAt,
                    cosineAt + h * cosineStride,
                    cosineAt + other * cosineStride);
        }
    }

    /** Products and squares of some rows stay in registers while the lines go by. */
    private static void similaritiesOfTwo(
            float[] values,
            int key0,
            int key1,
            float keyNorm0,
            float keyNorm1,
            int memoryAt,
            int stride,
            int width,
            int end,
            float s,
            float floor,
            float e,
            int normAt,
            int cosine0,
            int cosine1) {
        FloatVector constant = broadcast(SPECIES, e);
        FloatVector a0 = broadcast(SPECIES, keyNorm0);
        FloatVector a1 = broadcast(SPECIES, keyNorm1);
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
                FloatVector c0 = fromArray(SPECIES, values, at);
                FloatVector c1 = fromArray(SPECIES, values, nextAt);
                FloatVector k = broadcast(SPECIES, values[key0 + m]);
                p0 = k.fma(c0, p0);
                p1 = k.fma(c1, p1);
                k = broadcast(SPECIES, values[key1 + m]);
                q0 = k.fma(c0, q0);
                q1 = k.fma(c1, q1);
                s0 = c0.fma(c0, s0);
                s1 = c1.fma(c1, s1);
                at += stride;
                nextAt += stride;
            }
            s0 = s0.add(s).max(floor).sqrt();
            s1 = s1.add(s).max(floor).sqrt();
            s0.intoArray(values, normAt + n);
            s1.intoArray(values, normAt + next);
            p0.div(a0.fma(s0, constant)).intoArray(values, cosine0 + n);
            p1.div(a0.fma(s1, constant)).intoArray(values, cosine0 + next);
            q0.div(a1.fma(s0, constant)).intoArray(values, cosine1 + n);
            q1.div(a1.fma(s1, constant)).intoArray(values, cosine1 + next);
        }
    }

    /** Four vectors of rows at a time. */
    private static void similaritiesOfOne(
            float[] values,
            int key,
            float keyNorm,
            int memoryAt,
            int stride,
            int width,
            int end,
            float s,
            float floor,
            float e,
            int normAt,
            int cosineAt) {
        FloatVector constant = broadcast(SPECIES, e);
        FloatVector a = broadcast(SPECIES, keyNorm);
        for (int n = 0; n < end; n += 4 * LENGTH) {
            int n1 = Math.min(n + LENGTH, end - LENGTH); // the last vector may be taken more than once
            int n2 = Math.min(n + 2 * LENGTH, end - LENGTH);
            int n3 = Math.min(n + 3 * LENGTH, end - LENGTH);
            FloatVector p0 = FloatVector.zero(SPECIES);
            FloatVector p1 = p0;
            FloatVector p2 = p0;
            FloatVector p3 = p0;
            FloatVector s0 = p0;
            FloatVector s1 = p0;
            FloatVector s2 = p0;
            FloatVector s3 = p0;
            int at = memoryAt;
            for (int m = 0; m < width; m++) {
                FloatVector k = broadcast(SPECIES, values[key + m]);
                FloatVector c = fromArray(SPECIES, values, at + n);
                p0 = k.fma(c, p0);
                s0 = c.fma(c, s0);
                c = fromArray(SPECIES, values, at + n1);
                p1 = k.fma(c, p1);
                s1 = c.fma(c, s1);
                c = fromArray(SPECIES, values, at + n2);
                p2 = k.fma(c, p2);
                s2 = c.fma(c, s2);
                c = fromArray(SPECIES, values, at + n3);
                p3 = k.fma(c, p3);
                s3 = c.fma(c, s3);
                at += stride;
            }
            s0 = s0.add(s).max(floor).sqrt();
            s1 = s1.add(s).max(floor).sqrt();
            s2 = s2.add(s).max(floor).sqrt();
            s3 = s3.add(s).max(floor).sqrt();
            s0.intoArray(values, normAt + n);
            s1.intoArray(values, normAt + n1);
            s2.intoArray(values, normAt + n2);
            s3.intoArray(values, normAt + n3);
            p0.div(a.fma(s0, constant)).intoArray(values, cosineAt + n);
            p1.div(a.fma(s1, constant)).intoArray(values, cosineAt + n1);
            p2.div(a.fma(s2, constant)).intoArray(values, cosineAt + n2);
            p3.div(a.fma(s3, constant)).intoArray(values, cosineAt + n3);
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
        int end = padded(rows);
        FloatVector constant = broadcast(SPECIES, e);
        FloatVector a = broadcast(SPECIES, keyNorm);
        for (int n = 0; n < end; n += 2 * LENGTH) {
            int next = Math.min(n + LENGTH, end - LENGTH); // a single vector is taken twice
            FloatVector p0 = FloatVector.zero(SPECIES);
            FloatVector p1 = p0;
            FloatVector s0 = p0;
            FloatVector s1 = p0;
            int at = memoryAt + n;
            int nextAt = memoryAt + next;
            for (int m = 0; m < width; m++) {
                FloatVector mask = broadcast(SPECIES, values[maskAt + m]);
                FloatVector k = broadcast(SPECIES, values[keyAt + m]);
                FloatVector c0 = fromArray(SPECIES, values, at).mul(mask);
                FloatVector c1 = fromArray(SPECIES, values, nextAt).mul(mask);
                p0 = k.fma(c0, p0);
                p1 = k.fma(c1, p1);
                s0 = c0.fma(c0, s0);
                s1 = c1.fma(c1, s1);
                at += memoryStride;
                nextAt += memoryStride;
            }
            s0 = s0.add(s).max(floor).sqrt();
            s1 = s1.add(s).max(floor).sqrt();
            s0.intoArray(values, normAt + n);
            s1.intoArray(values, normAt + next);
            p0.div(a.fma(s0, constant)).intoArray(values, cosineAt + n);
            p1.div(a.fma(s1, constant)).intoArray(values, cosineAt + next);
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
        int end = padded(rows);
        FloatVector a = broadcast(SPECIES, keyNorm);
        FloatVector constant = broadcast(SPECIES, e);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector along = zero;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector norm = fromArray(SPECIES, values, normAt + n);
                FloatVector q = fromArray(SPECIES, derivatives, dCosineAt + n).div(a.fma(norm, constant));
                FloatVector t = q.mul(fromArray(SPECIES, values, cosineAt + n));
                along = t.fma(norm, along);
                q.intoArray(derivatives, dCosineAt + n);
                zero.blend(t.mul(a).div(norm), norm.compare(VectorOperators.GT, smallest))
                        .add(fromArray(SPECIES, derivatives, shrinkAt + n))
                        .intoArray(derivatives, shrinkAt + n);
            }
            along.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
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
        int end = padded(rows);
        if (partials.length < 2 * width * BLOCK) {
            partials = new float[2 * width * BLOCK];
        }
        for (int m = 0; m < width; m++) {
            FloatVector mask = broadcast(SPECIES, values[maskAt + m]);
            FloatVector key = broadcast(SPECIES, values[keyAt + m]);
            int line = memoryAt + m * memoryStride;
            int dLine = dMemoryAt + m * memoryStride;
            int to = m * BLOCK;
            for (int j = 0; j < BLOCK; j += LENGTH) {
                FloatVector byKey = FloatVector.zero(SPECIES);
                FloatVector byMask = byKey;
                for (int n = j; n < end; n += BLOCK) {
                    FloatVector word = fromArray(SPECIES, values, line + n);
                    FloatVector cell = mask.mul(word);
                    FloatVector product = fromArray(SPECIES, derivatives, dProductAt + n);
                    FloatVector d = fromArray(SPECIES, derivatives, shrinkAt + n).neg().fma(cell, key.mul(product));
                    mask.fma(d, fromArray(SPECIES, dMemory, dLine + n)).intoArray(dMemory, dLine + n);
                    byKey = product.fma(cell, byKey);
                    byMask = d.fma(word, byMask);
                }
                byKey.intoArray(partials, to + j);
                byMask.intoArray(partials, width * BLOCK + to + j);
            }
        }
        Sums.trees(partials, 0, width, derivatives, dKeyAt);
        Sums.trees(partials, width * BLOCK, width, derivatives, dMaskAt);
    }
}
