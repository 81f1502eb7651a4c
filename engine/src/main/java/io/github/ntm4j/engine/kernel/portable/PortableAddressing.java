package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.Elementary;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;

final class PortableAddressing implements AddressingKernels {
    private final PartialSums sums = new PartialSums();

    @Override
    public void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt) {
        int end = padded(rows);
        for (int n = 0; n < rows; n++) {
            w[wAt + n] = scale * x[xAt + n];
        }
        float largest = Summation.max(w, wAt, rows);
        Arrays.fill(w, wAt + rows, wAt + end, Float.NEGATIVE_INFINITY);
        for (int n = 0; n < end; n++) {
            float exponent = w[wAt + n] - largest;
            w[wAt + n] = exponent < LEAST_EXPONENT ? 0f : Elementary.exp(exponent);
        }
        float factor = 1f / sums.sum(w, wAt, end);
        for (int n = 0; n < end; n++) {
            w[wAt + n] *= factor;
        }
    }

    @Override
    public float softmaxBackward(
            float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt) {
        int end = padded(rows);
        float mean = sums.dot(w, wAt, dw, dwAt, end);
        for (int n = 0; n < end; n++) {
            dx[dxAt + n] = w[wAt + n] * (dw[dwAt + n] - mean);
        }
        float dScale = sums.centredDot(dx, dxAt, x, xAt, sums.dot(w, wAt, x, xAt, end), end);
        for (int n = 0; n < end; n++) {
            dx[dxAt + n] *= scale;
        }
        return dScale;
    }

    @Override
    public void interpolate(
            float gate, float[] content, int contentAt, float[] previous, int previousAt, int rows, float[] y, int yAt) {
        float rest = 1f - gate;
        for (int n = 0; n < padded(rows); n++) {
            y[yAt + n] = Math.fma(gate, content[contentAt + n], rest * previous[previousAt + n]);
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
        int end = padded(rows);
        float rest = 1f - gate;
        for (int n = 0; n < end; n++) {
            dContent[dContentAt + n] = Math.fma(gate, dy[dyAt + n], dContent[dContentAt + n]);
            dPrevious[dPreviousAt + n] = Math.fma(rest, dy[dyAt + n], dPrevious[dPreviousAt + n]);
        }
        return sums.dot(dy, dyAt, content, contentAt, end) - sums.dot(dy, dyAt, previous, previousAt, end);
    }

    @Override
    public void correlate(float[] s, int sAt, int taps, float[] x, int xAt, int first, int step, int rows, float[] y, int yAt) {
        for (int n = 0; n < padded(rows); n++) {
            float sum = 0;
            for (int j = 0; j < taps; j++) {
                sum = Math.fma(s[sAt + j], x[xAt + n + first + j * step], sum);
            }
            y[yAt + n] = sum;
        }
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int rows) {
        return sums.dot(x, xAt, y, yAt, padded(rows));
    }

    @Override
    public void flooredLog(float[] x, int xAt, int rows, float[] y, int yAt) {
        for (int n = 0; n < padded(rows); n++) {
            y[yAt + n] = Elementary.log(Math.max(x[xAt + n], SMALLEST_WEIGHT));
        }
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
        float mean = sums.dot(w, wAt, dw, dwAt, end);
        float centre = sums.dot(w, wAt, logarithm, logarithmAt, end);
        float factor = sharpening * Summation.max(w, wAt, end);
        float top = sharpening * Summation.max(logarithm, logarithmAt, end);
        for (int n = 0; n < end; n++) {
            ds[dsAt + n] = w[wAt + n] * (dw[dwAt + n] - mean);
        }
        float dSharpening = sums.centredDot(ds, dsAt, logarithm, logarithmAt, centre, end);
        for (int n = 0; n < rows; n++) {
            float exponent = (sharpening - 1f) * logarithm[logarithmAt + n] - top;
            float quotient = exponent < LEAST_EXPONENT ? 0f : Elementary.exp(exponent);
            ds[dsAt + n] = quotient * factor * (dw[dwAt + n] - mean);
        }
        Arrays.fill(ds, dsAt + rows, dsAt + end, 0f);
        return dSharpening;
    }
}
