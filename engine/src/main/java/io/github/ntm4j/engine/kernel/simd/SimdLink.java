package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.LinkKernels;
import java.util.Arrays;

/**
 * Eight lines of the link at a time, two tiles of {@link LinkTiles#LINES four}, which stay in the nearest cache while everything that needs them
 * is done: a loop that does it all at once would not find room in the registers.
 */
final class SimdLink implements LinkKernels {
    private static final int LINES = LinkTiles.LINES;
    private static final int EIGHT = LineProducts.EIGHT;

    private final float[] partials = new float[LineProducts.PARTIALS];

    /** What each row is owed by sums along its line of the link, for each head. */
    private float[] alongLines = new float[0];

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
        for (int h = 0; h < heads; h++) {
            Arrays.fill(values, backwardAt + h * resultStride, backwardAt + h * resultStride + end, 0f);
        }
        int blocked = rows - rows % EIGHT;
        for (int i = 0; i < blocked; i += EIGHT) {
            int from = linkAt + i * stride;
            int to = yAt + i * stride;
            LinkTiles.updateFour(values, from, stride, i, writeAt, precedenceAt, end, to);
            LinkTiles.updateFour(values, from + LINES * stride, stride, i + LINES, writeAt, precedenceAt, end, to + LINES * stride);
            if (heads > 0) {
                products(
                        values,
                        to,
                        stride,
                        i,
                        end,
                        heads,
                        values,
                        readAt,
                        readAt,
                        readStride,
                        values,
                        forwardAt,
                        resultStride,
                        values,
                        backwardAt,
                        resultStride);
            }
        }
        for (int i = blocked; i < rows; i++) {
            int to = yAt + i * stride;
            LinkTiles.updateOne(values, linkAt + i * stride, i, writeAt, precedenceAt, end, to);
            for (int h = 0; h < heads; h++) {
                int read = readAt + h * readStride;
                values[forwardAt + h * resultStride + i] = Sums.dot(values, to, values, read, end, partials);
                LinkTiles.addScaled(values[read + i], values, to, end, values, backwardAt + h * resultStride);
            }
        }
    }

    /**
     * The products of eight lines of a link, the first of them the i-th, with a row for each head: sums along the lines go to {@code lines}, those from
     * line to line are added to {@code columns}.
     */
    private void products(
            float[] link,
            int at,
            int stride,
            int i,
            int end,
            int heads,
            float[] x,
            int alongAt,
            int acrossAt,
            int xStride,
            float[] lines,
            int linesAt,
            int linesStride,
            float[] columns,
            int columnsAt,
            int columnsStride) {
        LineProducts.ofEight(link, at, stride, x, alongAt, xStride, heads, end, partials, lines, linesAt + i, linesStride);
        int next = at + LINES * stride;
        int pairs = heads - heads % 2;
        for (int h = 0; h < pairs; h += 2) {
            int across = acrossAt + h * xStride + i;
            int column = columnsAt + h * columnsStride;
            LinkTiles.acrossFourForTwo(link, at, stride, x, across, across + xStride, end, columns, column, column + columnsStride);
            across += LINES;
            LinkTiles.acrossFourForTwo(link, next, stride, x, across, across + xStride, end, columns, column, column + columnsStride);
        }
        if (pairs < heads) {
            int across = acrossAt + pairs * xStride + i;
            int column = columnsAt + pairs * columnsStride;
            LinkTiles.acrossFour(link, at, stride, x, across, end, columns, column);
            LinkTiles.acrossFour(link, next, stride, x, across + LINES, end, columns, column);
        }
    }

    @Override
    public void productsBackward(
            float[] values,
            int yAt,
            int stride,
            int rows,
            int heads,
            float[] gradients,
            int dForwardAt,
            int dBackwardAt,
            int resultStride,
            int dReadAt,
            int readStride) {
        int end = padded(rows);
        reserveLines(heads * end);
        int blocked = rows - rows % EIGHT;
        for (int i = 0; i < blocked; i += EIGHT) {
            products(
                    values,
                    yAt + i * stride,
                    stride,
                    i,
                    end,
                    heads,
                    gradients,
                    dBackwardAt,
                    dForwardAt,
                    resultStride,
                    alongLines,
                    0,
                    end,
                    gradients,
                    dReadAt,
                    readStride);
        }
        for (int h = 0; h < heads; h++) {
            int dRead = dReadAt + h * readStride;
            int result = h * resultStride;
            for (int i = blocked; i < rows; i++) {
                int line = yAt + i * stride;
                alongLines[h * end + i] = Sums.dot(values, line, gradients, dBackwardAt + result, end, partials);
                LinkTiles.addScaled(gradients[dForwardAt + result + i], values, line, end, gradients, dRead);
            }
            LinkTiles.add(alongLines, h * end, rows, gradients, dRead);
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
            int dPrecedenceAt) {
        int end = padded(rows);
        reserveLines(end);
        int pairs = heads - heads % 2;
        int blocked = rows - rows % EIGHT;
        for (int i = 0; i < blocked; i += LINES) {
            int line = linkAt + i * stride;
            int d = dLinkAt + i * stride;
            for (int h = 0; h < pairs; h += 2) {
                int read = readAt + h * readStride;
                int result = h * resultStride;
                LinkTiles.outerFourForTwo(
                        values, read, readStride, gradients, dForwardAt + result, dBackwardAt + result, resultStride, i, end, d, stride);
            }
            if (pairs < heads) {
                int result = pairs * resultStride;
                LinkTiles.outerFour(
                        values, readAt + pairs * readStride, gradients, dForwardAt + result, dBackwardAt + result, i, end, d, stride);
            }
            for (int n = 0; n < LINES; n++) {
                gradients[d + n * stride + i + n] = 0f;
            }
            int to = i % EIGHT * BLOCK;
            LinkTiles.turnFour(values, line, stride, writeAt, i, precedenceAt, end, gradients, d, dWriteAt, dPrecedenceAt, partials, to);
            if (to > 0) {
                Sums.trees(partials, 0, EIGHT, alongLines, i - LINES);
            }
        }
        for (int i = blocked; i < rows; i++) {
            int d = dLinkAt + i * stride;
            for (int h = 0; h < heads; h++) {
                int read = readAt + h * readStride;
                int result = h * resultStride;
                LinkTiles.addScaled(gradients[dForwardAt + result + i], values, read, end, gradients, d);
                LinkTiles.addScaled(values[read + i], gradients, dBackwardAt + result, end, gradients, d);
            }
            gradients[d + i] = 0f;
            LinkTiles.turnOne(values, linkAt + i * stride, writeAt, i, precedenceAt, end, gradients, d, dWriteAt, dPrecedenceAt, partials);
            Sums.trees(partials, 0, 1, alongLines, i);
        }
        LinkTiles.add(alongLines, 0, rows, gradients, dWriteAt);
    }

    private void reserveLines(int floats) {
        if (alongLines.length < floats) {
            alongLines = new float[floats];
        }
    }
}
