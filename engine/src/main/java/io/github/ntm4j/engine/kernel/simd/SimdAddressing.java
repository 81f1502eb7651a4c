package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

final class SimdAddressing implements AddressingKernels {
    /** The 16 partial sums of two sums at a time. */
    private final float[] first = new float[BLOCK];

    private final float[] second = new float[BLOCK];

    @Override
    public void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt) {
        int end = padded(rows);
        int whole = rows - rows % LENGTH;
        FloatVector top = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int n = 0; n < whole; n += LENGTH) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xAt + n).mul(scale);
            v.intoArray(w, wAt + n);
            top = top.blend(v, v.compare(VectorOperators.GT, top));
        }
        top.intoArray(first, 0);
        float largest = Sums.largest(first);
        for (int n = whole; n < rows; n++) {
            float v = x[xAt + n] * scale;
            w[wAt + n] = v;
            largest = v > largest ? v : largest;
        }
        Arrays.fill(w, wAt + rows, wAt + end, Float.NEGATIVE_INFINITY);
        float factor = 1f / LaneFunctions.exp(w, wAt, end, largest, LEAST_EXPONENT, w, wAt, first);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector.fromArray(SPECIES, w, wAt + n).mul(factor).intoArray(w, wAt + n);
        }
    }

    @Override
    public float softmaxBackward(
            float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt) {
        int end = padded(rows);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector means = FloatVector.zero(SPECIES);
            FloatVector centres = means;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector weights = FloatVector.fromArray(SPECIES, w, wAt + n);
                means = weights.fma(FloatVector.fromArray(SPECIES, dw, dwAt + n), means);
                centres = weights.fma(FloatVector.fromArray(SPECIES, x, xAt + n), centres);
            }
            means.intoArray(first, j);
            centres.intoArray(second, j);
        }
        float mean = Summation.tree(first, 0);
        float centre = Summation.tree(second, 0);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                FloatVector d = FloatVector.fromArray(SPECIES, dw, dwAt + n).sub(mean);
                FloatVector dz = FloatVector.fromArray(SPECIES, w, wAt + n).mul(d);
                sum = FloatVector.fromArray(SPECIES, x, xAt + n).sub(centre).fma(dz, sum);
                dz.mul(scale).intoArray(dx, dxAt + n);
            }
            sum.intoArray(first, j);
        }
        return Summation.tree(first, 0);
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
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector alongContent = FloatVector.zero(SPECIES);
            FloatVector alongPrevious = alongContent;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector d = FloatVector.fromArray(SPECIES, dy, dyAt + n);
                alongContent = d.fma(FloatVector.fromArray(SPECIES, content, contentAt + n), alongContent);
                alongPrevious = d.fma(FloatVector.fromArray(SPECIES, previous, previousAt + n), alongPrevious);
                g.fma(d, FloatVector.fromArray(SPECIES, dContent, dContentAt + n)).intoArray(dContent, dContentAt + n);
                rest.fma(d, FloatVector.fromArray(SPECIES, dPrevious, dPreviousAt + n))
                        .intoArray(dPrevious, dPreviousAt + n);
            }
            alongContent.intoArray(first, j);
            alongPrevious.intoArray(second, j);
        }
        return Summation.tree(first, 0) - Summation.tree(second, 0);
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
        return Sums.dot(x, xAt, y, yAt, padded(rows), first);
    }

    @Override
    public void flooredLog(float[] x, int xAt, int rows, float[] y, int yAt) {
        LaneFunctions.log(x, xAt, padded(rows), SMALLEST_WEIGHT, y, yAt);
    }

    @Override
    public float sharpenBackward(
            float sharpening,
            float[] logarithm,
            int logarithmAt,
            float[] w,
            int wAt,
            float[] dw,
            int dwAt,
            int rows,
            float[] ds,
            int dsAt) {
        int end = padded(rows);
        FloatVector topWeight = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        FloatVector topLogarithm = topWeight;
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector means = FloatVector.zero(SPECIES);
            FloatVector centres = means;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector weights = FloatVector.fromArray(SPECIES, w, wAt + n);
                FloatVector l = FloatVector.fromArray(SPECIES, logarithm, logarithmAt + n);
                means = weights.fma(FloatVector.fromArray(SPECIES, dw, dwAt + n), means);
                centres = weights.fma(l, centres);
                topWeight = topWeight.blend(weights, weights.compare(VectorOperators.GT, topWeight));
                topLogarithm = topLogarithm.blend(l, l.compare(VectorOperators.GT, topLogarithm));
                l.mul(sharpening - 1f).intoArray(ds, dsAt + n);
            }
            means.intoArray(first, j);
            centres.intoArray(second, j);
        }
        float mean = Summation.tree(first, 0);
        float centre = Summation.tree(second, 0);
        topWeight.intoArray(first, 0);
        topLogarithm.intoArray(second, 0);
        float factor = sharpening * Sums.largest(first);
        float top = sharpening * Sums.largest(second);
        LaneFunctions.exp(ds, dsAt, end, top, LEAST_EXPONENT, ds, dsAt, first);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                FloatVector d = FloatVector.fromArray(SPECIES, dw, dwAt + n).sub(mean);
                FloatVector dz = FloatVector.fromArray(SPECIES, w, wAt + n).mul(d);
                sum = FloatVector.fromArray(SPECIES, logarithm, logarithmAt + n).sub(centre).fma(dz, sum);
                FloatVector.fromArray(SPECIES, ds, dsAt + n).mul(factor).mul(d).intoArray(ds, dsAt + n);
            }
            sum.intoArray(first, j);
        }
        for (int n = rows; n < end; n++) {
            ds[dsAt + n] = 0f;
        }
        return Summation.tree(first, 0);
    }
}
