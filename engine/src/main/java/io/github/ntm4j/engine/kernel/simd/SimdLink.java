package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
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

    /** What each row is owed by sums along its line of the link: by the read weighting of each head, and behind them by the write weighting. */
    private float[] alongLines = new float[0];

    /** Eight lines of the new link, computed again on the way back. */
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
        for (int h = 0; h < heads; h++) {
            Arrays.fill(values, backwardAt + h * resultStride, backwardAt + h * resultStride + end, 0f);
        }
        int blocked = rows - rows % EIGHT;
        for (int i = 0; i < blocked; i += EIGHT) {
            int from = linkAt + i * stride;
            int to = yAt + i * stride;
            updateEight(values, from, stride, i, writeAt, precedenceAt, end, values, to);
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
            LinkTiles.updateOne(values, linkAt + i * stride, i, writeAt, precedenceAt, end, values, to);
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

    private static void updateEight(
            float[] values, int at, int stride, int i, int writeAt, int precedenceAt, int end, float[] y, int to) {
        int next = LINES * stride;
        LinkTiles.updateFour(values, at, stride, i, writeAt, precedenceAt, end, y, to);
        LinkTiles.updateFour(values, at + next, stride, i + LINES, writeAt, precedenceAt, end, y, to + next);
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
        reserve(heads, end, stride);
        int own = FIRST + heads * end;
        int blocked = rows - rows % EIGHT;
        for (int i = 0; i < blocked; i += EIGHT) {
            int line = linkAt + i * stride;
            int d = dLinkAt + i * stride;
            if (heads == 1) {
                for (int n = 0; n < EIGHT; n += 2) {
                    OneHeadTiles.turnTwo(
                            values,
                            line + n * stride,
                            stride,
                            writeAt,
                            i + n,
                            precedenceAt,
                            readAt,
                            end,
                            gradients,
                            dForwardAt,
                            dBackwardAt,
                            d + n * stride,
                            dWriteAt,
                            dPrecedenceAt,
                            dReadAt,
                            partials,
                            FIRST + n * BLOCK,
                            EIGHT * BLOCK);
                }
                Sums.trees(partials, FIRST + EIGHT * BLOCK, EIGHT, alongLines, FIRST + i);
            } else {
                updateEight(values, line, stride, i, writeAt, precedenceAt, end, made, FIRST);
                products(
                        made,
                        FIRST,
                        stride,
                        i,
                        end,
                        heads,
                        gradients,
                        dBackwardAt,
                        dForwardAt,
                        resultStride,
                        alongLines,
                        FIRST,
                        end,
                        gradients,
                        dReadAt,
                        readStride);
                for (int n = 0; n < EIGHT; n += LINES) {
                    int to = d + n * stride;
                    receive(values, readAt, readStride, gradients, dForwardAt, dBackwardAt, resultStride, heads, i + n, end, to, stride);
                    LinkTiles.turnFour(
                            values,
                            line + n * stride,
                            stride,
                            writeAt,
                            i + n,
                            precedenceAt,
                            end,
                            gradients,
                            to,
                            dWriteAt,
                            dPrecedenceAt,
                            partials,
                            FIRST + n * BLOCK);
                }
            }
            Sums.trees(partials, FIRST, EIGHT, alongLines, own + i);
        }
        for (int i = blocked; i < rows; i++) {
            int line = linkAt + i * stride;
            int d = dLinkAt + i * stride;
            LinkTiles.updateOne(values, line, i, writeAt, precedenceAt, end, made, FIRST);
            for (int h = 0; h < heads; h++) {
                int read = readAt + h * readStride;
                int result = h * resultStride;
                alongLines[FIRST + h * end + i] = Sums.dot(made, FIRST, gradients, dBackwardAt + result, end, partials);
                LinkTiles.addScaled(gradients[dForwardAt + result + i], made, FIRST, end, gradients, dReadAt + h * readStride);
                LinkTiles.addScaled(gradients[dForwardAt + result + i], values, read, end, gradients, d);
                LinkTiles.addScaled(values[read + i], gradients, dBackwardAt + result, end, gradients, d);
            }
            gradients[d + i] = 0f;
            LinkTiles.turnOne(values, line, writeAt, i, precedenceAt, end, gradients, d, dWriteAt, dPrecedenceAt, partials);
            Sums.trees(partials, 0, 1, alongLines, own + i);
        }
        for (int h = 0; h < heads; h++) {
            LinkTiles.add(alongLines, FIRST + h * end, rows, gradients, dReadAt + h * readStride);
        }
        LinkTiles.add(alongLines, own, rows, gradients, dWriteAt);
    }

    /** Adds to the derivatives by four lines of the link, from the i-th, what they receive from all heads; 0 on the diagonal. */
    private static void receive(
            float[] values,
            int readAt,
            int readStride,
            float[] gradients,
            int dForwardAt,
            int dBackwardAt,
            int resultStride,
            int heads,
            int i,
            int end,
            int d,
            int stride) {
        int pairs = heads - heads % 2;
        for (int h = 0; h < pairs; h += 2) {
            int result = h * resultStride;
            LinkTiles.outerFourForTwo(
                    values,
                    readAt + h * readStride,
                    readStride,
                    gradients,
                    dForwardAt + result,
                    dBackwardAt + result,
                    resultStride,
                    i,
                    end,
                    d,
                    stride);
        }
        if (pairs < heads) {
            int result = pairs * resultStride;
            LinkTiles.outerFour(
                    values, readAt + pairs * readStride, gradients, dForwardAt + result, dBackwardAt + result, i, end, d, stride);
        }
        for (int n = 0; n < LINES; n++) {
            gradients[d + n * stride + i + n] = 0f;
        }
    }

    private void reserve(int heads, int end, int stride) {
        if (alongLines.length < FIRST + (heads + 1) * end) {
            alongLines = new float[FIRST + (heads + 1) * end];
        }
        if (made.length < FIRST + EIGHT * stride) {
            made = new float[FIRST + EIGHT * stride];
        }
    }
}
