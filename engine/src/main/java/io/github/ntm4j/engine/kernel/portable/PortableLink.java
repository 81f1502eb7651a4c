package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.LinkKernels;
import java.util.Arrays;

final class PortableLink implements LinkKernels {
    private final PartialSums sums = new PartialSums();

    /** {@code precedence[j] - link[i][j]} of one block. */
    private final float[] difference = new float[BLOCK];

    /** What each row is owed by a sum along its line of the link. */
    private float[] alongLines = new float[0];

    /** A line of the new link, computed again on the way back. */
    private float[] made = new float[0];

    @Override
    public void update(
            float[] values,
            int linkAt,
            int stride,
            int rows,
            int writeAt,
            int precedenceAt,
            int yAt,
            int heads,
            int readAt,
            int readStride,
            int forwardAt,
            int backwardAt,
            int resultStride) {
        int end = padded(rows);
        for (int i = 0; i < rows; i++) {
            updateLine(values, linkAt + i * stride, i, writeAt, precedenceAt, end, values, yAt + i * stride);
        }
        for (int h = 0; h < heads; h++) {
            int read = readAt + h * readStride;
            int backward = backwardAt + h * resultStride;
            Arrays.fill(values, backward, backward + end, 0f);
            for (int i = 0; i < rows; i++) {
                int line = yAt + i * stride;
                values[forwardAt + h * resultStride + i] = sums.dot(values, line, values, read, end);
                addScaled(values[read + i], values, line, end, values, backward);
            }
        }
    }

    private static void updateLine(float[] values, int line, int i, int writeAt, int precedenceAt, int end, float[] y, int to) {
        float write = values[writeAt + i];
        for (int j = 0; j < end; j++) {
            float keep = (1f - write) - values[writeAt + j];
            y[to + j] = Math.fma(values[line + j], keep, write * values[precedenceAt + j]);
        }
        y[to + i] = 0f;
    }

    /** {@code y += factor x}. */
    private static void addScaled(float factor, float[] x, int xAt, int end, float[] y, int yAt) {
        for (int n = 0; n < end; n++) {
            y[yAt + n] = Math.fma(factor, x[xAt + n], y[yAt + n]);
        }
    }

    @Override
    public void updateBackward(
            float[] values,
            int linkAt,
            int stride,
            int rows,
            int writeAt,
            int precedenceAt,
            int heads,
            int readAt,
            int readStride,
            float[] gradients,
            int dForwardAt,
            int dBackwardAt,
            int resultStride,
            int dLinkAt,
            int dWriteAt,
            int dPrecedenceAt,
            int dReadAt) {
        int end = padded(rows);
        reserve(rows, end);
        for (int h = 0; h < heads; h++) {
            int dRead = dReadAt + h * readStride;
            for (int i = 0; i < rows; i++) {
                updateLine(values, linkAt + i * stride, i, writeAt, precedenceAt, end, made, 0);
                alongLines[i] = sums.dot(made, 0, gradients, dBackwardAt + h * resultStride, end);
                addScaled(gradients[dForwardAt + h * resultStride + i], made, 0, end, gradients, dRead);
            }
            for (int i = 0; i < rows; i++) {
                gradients[dRead + i] += alongLines[i];
            }
        }
        for (int i = 0; i < rows; i++) {
            int d = dLinkAt + i * stride;
            for (int h = 0; h < heads; h++) {
                int read = readAt + h * readStride;
                addScaled(gradients[dForwardAt + h * resultStride + i], values, read, end, gradients, d);
                addScaled(values[read + i], gradients, dBackwardAt + h * resultStride, end, gradients, d);
            }
            gradients[d + i] = 0f;
            alongLines[i] = turn(values, linkAt + i * stride, writeAt, i, precedenceAt, end, gradients, d, dWriteAt, dPrecedenceAt);
        }
        for (int i = 0; i < rows; i++) {
            gradients[dWriteAt + i] += alongLines[i];
        }
    }

    /** Turns a line of the derivatives by the link; returns what the line's row is owed by the write weighting. */
    private float turn(
            float[] values,
            int line,
            int writeAt,
            int i,
            int precedenceAt,
            int end,
            float[] gradients,
            int d,
            int dWriteAt,
            int dPrecedenceAt) {
        float write = values[writeAt + i];
        sums.clear();
        for (int from = 0; from < end; from += BLOCK) {
            for (int lane = 0; lane < BLOCK; lane++) {
                difference[lane] = values[precedenceAt + from + lane] - values[line + from + lane];
            }
            sums.addProducts(gradients, d + from, difference, 0);
        }
        for (int j = 0; j < end; j++) {
            float g = gradients[d + j];
            gradients[dWriteAt + j] = Math.fma(-g, values[line + j], gradients[dWriteAt + j]);
            gradients[dPrecedenceAt + j] = Math.fma(g, write, gradients[dPrecedenceAt + j]);
            gradients[d + j] = g * ((1f - write) - values[writeAt + j]);
        }
        return sums.total();
    }

    private void reserve(int rows, int end) {
        if (alongLines.length < rows) {
            alongLines = new float[rows];
            made = new float[end];
        }
    }
}
