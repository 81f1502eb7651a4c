package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

final class SimdAddressing implements AddressingKernels {
    private float[] p = new float[0];
    private float[] q = new float[0];

    @Override
    public void similarity(
            float[] key,
            int keyAt,
            float inverseKeyNorm,
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] similarity,
            int similarityAt,
            float[] inverseNorm,
            int inverseNormAt) {
        FloatVector smallest = FloatVector.broadcast(SPECIES, SMALLEST_SQUARED_NORM);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        int end = padded(rows);
        for (int n = 0; n < end; n += 2 * LENGTH) {
            FloatVector dot0 = FloatVector.zero(SPECIES);
            FloatVector dot1 = dot0;
            FloatVector squares0 = dot0;
            FloatVector squares1 = dot0;
            int at = memoryAt + n;
            for (int m = 0; m < width; m++) {
                FloatVector cell0 = FloatVector.fromArray(SPECIES, memory, at);
                FloatVector cell1 = FloatVector.fromArray(SPECIES, memory, at + LENGTH);
                FloatVector k = FloatVector.broadcast(SPECIES, key[keyAt + m]);
                dot0 = k.fma(cell0, dot0);
                dot1 = k.fma(cell1, dot1);
                squares0 = cell0.fma(cell0, squares0);
                squares1 = cell1.fma(cell1, squares1);
                at += stride;
            }
            FloatVector inverse0 = one.div(squares0.max(smallest).sqrt());
            FloatVector inverse1 = one.div(squares1.max(smallest).sqrt());
            inverse0.intoArray(inverseNorm, inverseNormAt + n);
            inverse1.intoArray(inverseNorm, inverseNormAt + n + LENGTH);
            dot0.mul(inverse0).mul(inverseKeyNorm).intoArray(similarity, similarityAt + n);
            dot1.mul(inverse1).mul(inverseKeyNorm).intoArray(similarity, similarityAt + n + LENGTH);
        }
    }

    @Override
    public void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt) {
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector.fromArray(SPECIES, x, xAt + n).mul(scale).intoArray(w, wAt + n);
        }
        Arrays.fill(w, wAt + rows, wAt + end, Float.NEGATIVE_INFINITY);
        FloatVector top = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int n = 0; n < end; n += LENGTH) {
            top = top.max(FloatVector.fromArray(SPECIES, w, wAt + n));
        }
        float largest = Lanes.max(top);
        float factor = 1f / exponentials(w, wAt, end, largest);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector.fromArray(SPECIES, w, wAt + n).mul(factor).intoArray(w, wAt + n);
        }
    }

    /** {@code w = exp(w - largest)}; returns the sum. */
    private static float exponentials(float[] w, int wAt, int end, float largest) {
        for (int n = 0; n < end; n += LENGTH) {
            LaneFunctions.exp(FloatVector.fromArray(SPECIES, w, wAt + n).sub(largest)).intoArray(w, wAt + n);
        }
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = wAt; n < wAt + end; n += BLOCK) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, w, n));
            s1 = s1.add(FloatVector.fromArray(SPECIES, w, n + LENGTH));
            if (LENGTH < 8) {
                s2 = s2.add(FloatVector.fromArray(SPECIES, w, n + 2 * LENGTH));
                s3 = s3.add(FloatVector.fromArray(SPECIES, w, n + 3 * LENGTH));
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    @Override
    public float softmaxBackward(
            float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt) {
        int end = padded(rows);
        float mean = dotProduct(w, wAt, dw, dwAt, end);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector d = FloatVector.fromArray(SPECIES, dw, dwAt + n).sub(mean);
            FloatVector.fromArray(SPECIES, w, wAt + n).mul(d).intoArray(dx, dxAt + n);
        }
        float dScale = centredDot(dx, dxAt, x, xAt, dotProduct(w, wAt, x, xAt, end), end);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector.fromArray(SPECIES, dx, dxAt + n).mul(scale).intoArray(dx, dxAt + n);
        }
        return dScale;
    }

    @Override
    public void similarityBackward(
            float[] key,
            int keyAt,
            float inverseKeyNorm,
            boolean keyClamped,
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] similarity,
            int similarityAt,
            float[] inverseNorm,
            int inverseNormAt,
            float[] dSimilarity,
            int dSimilarityAt,
            float[] dKey,
            int dKeyAt,
            float[] dMemory,
            int dMemoryAt) {
        int end = padded(rows);
        if (p.length < end) {
            p = new float[end];
            q = new float[end];
        }
        prepare(inverseKeyNorm, similarity, similarityAt, inverseNorm, inverseNormAt, dSimilarity, dSimilarityAt, end);
        float alongKey = keyClamped
                ? 0f
                : dotProduct(dSimilarity, dSimilarityAt, similarity, similarityAt, end) * inverseKeyNorm * inverseKeyNorm;
        for (int m = 0; m < width; m++) {
            float k = key[keyAt + m];
            float sum = lineBackward(k, memory, memoryAt + m * stride, dMemory, dMemoryAt + m * stride, p, q, end);
            dKey[dKeyAt + m] += Math.fma(-k, alongKey, sum);
        }
    }

    private void prepare(
            float inverseKeyNorm,
            float[] similarity,
            int similarityAt,
            float[] inverseNorm,
            int inverseNormAt,
            float[] dSimilarity,
            int dSimilarityAt,
            int end) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector inverse = FloatVector.fromArray(SPECIES, inverseNorm, inverseNormAt + n);
            FloatVector d = FloatVector.fromArray(SPECIES, dSimilarity, dSimilarityAt + n);
            FloatVector s = FloatVector.fromArray(SPECIES, similarity, similarityAt + n);
            d.mul(inverse).mul(inverseKeyNorm).intoArray(p, n);
            FloatVector along = d.mul(s).mul(inverse).mul(inverse);
            zero.blend(along, inverse.compare(VectorOperators.LT, LARGEST_INVERSE_NORM)).intoArray(q, n);
        }
    }

    /** {@code dMemory += p key - q memory} of one line; returns {@code sum p memory}. */
    private static float lineBackward(
            float key, float[] memory, int at, float[] dMemory, int dAt, float[] p, float[] q, int end) {
        FloatVector k = FloatVector.broadcast(SPECIES, key);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = 0; n < end; n += BLOCK) {
            int d = dAt + n;
            s0 = cellsBackward(k, memory, at + n, dMemory, d, p, q, n, s0);
            s1 = cellsBackward(k, memory, at + n + LENGTH, dMemory, d + LENGTH, p, q, n + LENGTH, s1);
            if (LENGTH < 8) {
                int j = 2 * LENGTH;
                s2 = cellsBackward(k, memory, at + n + j, dMemory, d + j, p, q, n + j, s2);
                j = 3 * LENGTH;
                s3 = cellsBackward(k, memory, at + n + j, dMemory, d + j, p, q, n + j, s3);
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    /** One vector of a line; returns {@code sum + p memory}. */
    private static FloatVector cellsBackward(
            FloatVector key, float[] memory, int at, float[] dMemory, int dAt, float[] p, float[] q, int n, FloatVector sum) {
        FloatVector cell = FloatVector.fromArray(SPECIES, memory, at);
        FloatVector pn = FloatVector.fromArray(SPECIES, p, n);
        FloatVector direct = pn.fma(key, FloatVector.fromArray(SPECIES, dMemory, dAt));
        FloatVector.fromArray(SPECIES, q, n).neg().fma(cell, direct).intoArray(dMemory, dAt);
        return pn.fma(cell, sum);
    }

    @Override
    public void interpolate(
            float gate, float[] content, int contentAt, float[] previous, int previousAt, int rows, float[] y, int yAt) {
        FloatVector g = FloatVector.broadcast(SPECIES, gate);
        float rest = 1f - gate;
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector kept = FloatVector.fromArray(SPECIES, previous, previousAt + n).mul(rest);
            g.fma(FloatVector.fromArray(SPECIES, content, contentAt + n), kept).intoArray(y, yAt + n);
        }
    }

    @Override
    public float interpolateBackward(
            float gate,
            float[] content,
            int contentAt,
            float[] previous,
            int previousAt,
            int rows,
            float[] dy,
            int dyAt,
            float[] dContent,
            int dContentAt,
            float[] dPrevious,
            int dPreviousAt) {
        FloatVector g = FloatVector.broadcast(SPECIES, gate);
        FloatVector rest = FloatVector.broadcast(SPECIES, 1f - gate);
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + n);
            g.fma(d, FloatVector.fromArray(SPECIES, dContent, dContentAt + n)).intoArray(dContent, dContentAt + n);
            rest.fma(d, FloatVector.fromArray(SPECIES, dPrevious, dPreviousAt + n)).intoArray(dPrevious, dPreviousAt + n);
        }
        return dotProduct(dy, dyAt, content, contentAt, end) - dotProduct(dy, dyAt, previous, previousAt, end);
    }

    @Override
    public void correlate(float[] s, int sAt, int taps, float[] x, int xAt, int first, int step, int rows, float[] y, int yAt) {
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            int at = xAt + n + first;
            for (int j = 0; j < taps; j++) {
                sum = FloatVector.broadcast(SPECIES, s[sAt + j]).fma(FloatVector.fromArray(SPECIES, x, at), sum);
                at += step;
            }
            sum.intoArray(y, yAt + n);
        }
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int rows) {
        return dotProduct(x, xAt, y, yAt, padded(rows));
    }

    /** The sum of products over whole blocks. */
    static float dotProduct(float[] x, int xAt, float[] y, int yAt, int end) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = 0; n < end; n += BLOCK) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + n).fma(FloatVector.fromArray(SPECIES, y, yAt + n), s0);
            s1 = FloatVector.fromArray(SPECIES, x, xAt + n + LENGTH)
                    .fma(FloatVector.fromArray(SPECIES, y, yAt + n + LENGTH), s1);
            if (LENGTH < 8) {
                s2 = FloatVector.fromArray(SPECIES, x, xAt + n + 2 * LENGTH)
                        .fma(FloatVector.fromArray(SPECIES, y, yAt + n + 2 * LENGTH), s2);
                s3 = FloatVector.fromArray(SPECIES, x, xAt + n + 3 * LENGTH)
                        .fma(FloatVector.fromArray(SPECIES, y, yAt + n + 3 * LENGTH), s3);
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    /** The sum of {@code x[n] * (y[n] - centre)} over whole blocks. */
    private static float centredDot(float[] x, int xAt, float[] y, int yAt, float centre, int end) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = 0; n < end; n += BLOCK) {
            s0 = centred(y, yAt + n, centre).fma(FloatVector.fromArray(SPECIES, x, xAt + n), s0);
            s1 = centred(y, yAt + n + LENGTH, centre).fma(FloatVector.fromArray(SPECIES, x, xAt + n + LENGTH), s1);
            if (LENGTH < 8) {
                int j = 2 * LENGTH;
                s2 = centred(y, yAt + n + j, centre).fma(FloatVector.fromArray(SPECIES, x, xAt + n + j), s2);
                j = 3 * LENGTH;
                s3 = centred(y, yAt + n + j, centre).fma(FloatVector.fromArray(SPECIES, x, xAt + n + j), s3);
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    private static FloatVector centred(float[] y, int at, float centre) {
        return FloatVector.fromArray(SPECIES, y, at).sub(centre);
    }

    @Override
    public void flooredLog(float[] x, int xAt, int rows, float[] y, int yAt) {
        FloatVector smallest = FloatVector.broadcast(SPECIES, SMALLEST_WEIGHT);
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            LaneFunctions.log(FloatVector.fromArray(SPECIES, x, xAt + n).max(smallest)).intoArray(y, yAt + n);
        }
    }

    @Override
    public void flooredLogBackward(float[] x, int xAt, float[] dy, int dyAt, int rows, float[] dx, int dxAt) {
        FloatVector smallest = FloatVector.broadcast(SPECIES, SMALLEST_WEIGHT);
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + n);
            d.div(FloatVector.fromArray(SPECIES, x, xAt + n).max(smallest)).intoArray(dx, dxAt + n);
        }
    }
}
