package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.FIRST;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.MemoryKernels;
import jdk.incubator.vector.FloatVector;

/** Four lines of a memory at a time, so that a weighting is loaded once for four lines. */
final class SimdMemory implements MemoryKernels {
    private static final int LINES = 4;

    /** Floats of a memory that stays in the nearest cache, where heads may as well read it one after the other. */
    private static final int NEAR = 8192;

    /** The 16 partial sums of some sums at a time. */
    private float[] partials = new float[0];

    /** What the heads of {@link #eraseAddBackward} but the first found in some lines. */
    private float[] found = new float[0];

    @Override
    public void read(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] read,
            int readAt,
            int readStride) {
        if (heads > 1 && width * padded(rows) > NEAR) {
            readByMany(
                    memory,
                    memoryAt,
                    memoryStride,
                    width,
                    padded(rows),
                    heads,
                    weighting,
                    weightingAt,
                    weightingStride,
                    read,
                    readAt,
                    readStride);
            return;
        }
        for (int h = 0; h < heads; h++) {
            int w = weightingAt + h * weightingStride;
            read(memory, memoryAt, memoryStride, 0, width, padded(rows), weighting, w, read, readAt + h * readStride);
        }
    }

    /** One head reads lines of the memory. */
    private void read(
            float[] memory, int memoryAt, int memoryStride, int from, int width, int end, float[] weighting, int w, float[] read, int to) {
        int blocked = width - (width - from) % LINES;
        reservePartials(width);
        for (int m = from; m < blocked; m += LINES) {
            LineProducts.ofFour(memory, memoryAt + m * memoryStride, memoryStride, weighting, w, end, partials, m * BLOCK);
        }
        for (int m = blocked; m < width; m++) {
            readLine(memory, memoryAt + m * memoryStride, weighting, w, end, m * BLOCK);
        }
        Sums.trees(partials, from * BLOCK, width - from, read, to + from);
    }

    /** Several heads read eight lines at a time while these are in the nearest cache, and then the rest. */
    private void readByMany(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int end,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] read,
            int readAt,
            int readStride) {
        int blocked = width - width % LineProducts.EIGHT;
        reservePartials((LineProducts.PARTIALS + BLOCK - 1) / BLOCK);
        for (int m = 0; m < blocked; m += LineProducts.EIGHT) {
            LineProducts.ofEight(
                    memory,
                    memoryAt + m * memoryStride,
                    memoryStride,
                    weighting,
                    weightingAt,
                    weightingStride,
                    heads,
                    end,
                    partials,
                    read,
                    readAt + m,
                    readStride);
        }
        if (blocked < width) {
            for (int h = 0; h < heads; h++) {
                int w = weightingAt + h * weightingStride;
                read(memory, memoryAt, memoryStride, blocked, width, end, weighting, w, read, readAt + h * readStride);
            }
        }
    }

    private void reservePartials(int sums) {
        if (partials.length < sums * BLOCK) {
            partials = new float[sums * BLOCK];
        }
    }

    /** Leaves the partial sums of a line. */
    private void readLine(float[] memory, int at, float[] weighting, int weightingAt, int end, int partialsAt) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
                sum = w.fma(FloatVector.fromArray(SPECIES, memory, at + n), sum);
            }
            sum.intoArray(partials, partialsAt + j);
        }
    }

    @Override
    public void readBackward(
            float[] dRead,
            int dReadAt,
            int dReadStride,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt) {
        int end = padded(rows);
        int blocked = width - width % LINES;
        int pairs = heads - heads % 2;
        for (int m = 0; m < blocked; m += LINES) {
            int line = memoryAt + m * memoryStride;
            int dLine = dMemoryAt + m * memoryStride;
            for (int h = 0; h < pairs; h += 2) {
                int r = dReadAt + h * dReadStride + m;
                int w = weightingAt + h * weightingStride;
                int dw = dWeightingAt + h * weightingStride;
                readTwoHeadsBackward(
                        dRead, r, r + dReadStride, weighting, w, weightingStride, end, memory, line, memoryStride, dMemory, dLine, dWeighting,
                        dw);
            }
            if (pairs < heads) {
                int r = dReadAt + pairs * dReadStride + m;
                int w = weightingAt + pairs * weightingStride;
                int dw = dWeightingAt + pairs * weightingStride;
                readHeadBackward(dRead, r, weighting, w, end, memory, line, memoryStride, dMemory, dLine, dWeighting, dw);
            }
        }
        for (int m = blocked; m < width; m++) {
            int at = m * memoryStride;
            for (int h = 0; h < heads; h++) {
                float factor = dRead[dReadAt + h * dReadStride + m];
                addScaled(factor, memory, memoryAt + at, end, dWeighting, dWeightingAt + h * weightingStride);
                addScaled(factor, weighting, weightingAt + h * weightingStride, end, dMemory, dMemoryAt + at);
            }
        }
    }

    /** Two heads on four lines. */
    private static void readTwoHeadsBackward(
            float[] dRead,
            int r0,
            int r1,
            float[] weighting,
            int w0,
            int weightingStride,
            int end,
            float[] memory,
            int at,
            int stride,
            float[] dMemory,
            int dAt,
            float[] dWeighting,
            int dw0) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, dRead[r0]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, dRead[r0 + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, dRead[r0 + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, dRead[r0 + 3]);
        FloatVector y0 = FloatVector.broadcast(SPECIES, dRead[r1]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, dRead[r1 + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, dRead[r1 + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, dRead[r1 + 3]);
        int w1 = w0 + weightingStride;
        int dw1 = dw0 + weightingStride;
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int d1 = dAt + stride;
        int d2 = d1 + stride;
        int d3 = d2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector c = FloatVector.fromArray(SPECIES, memory, at + n);
            FloatVector s = x0.fma(c, FloatVector.fromArray(SPECIES, dWeighting, dw0 + n));
            FloatVector t = y0.fma(c, FloatVector.fromArray(SPECIES, dWeighting, dw1 + n));
            c = FloatVector.fromArray(SPECIES, memory, at1 + n);
            s = x1.fma(c, s);
            t = y1.fma(c, t);
            c = FloatVector.fromArray(SPECIES, memory, at2 + n);
            s = x2.fma(c, s);
            t = y2.fma(c, t);
            c = FloatVector.fromArray(SPECIES, memory, at3 + n);
            x3.fma(c, s).intoArray(dWeighting, dw0 + n);
            y3.fma(c, t).intoArray(dWeighting, dw1 + n);
            s = FloatVector.fromArray(SPECIES, weighting, w0 + n);
            t = FloatVector.fromArray(SPECIES, weighting, w1 + n);
            y0.fma(t, x0.fma(s, FloatVector.fromArray(SPECIES, dMemory, dAt + n))).intoArray(dMemory, dAt + n);
            y1.fma(t, x1.fma(s, FloatVector.fromArray(SPECIES, dMemory, d1 + n))).intoArray(dMemory, d1 + n);
            y2.fma(t, x2.fma(s, FloatVector.fromArray(SPECIES, dMemory, d2 + n))).intoArray(dMemory, d2 + n);
            y3.fma(t, x3.fma(s, FloatVector.fromArray(SPECIES, dMemory, d3 + n))).intoArray(dMemory, d3 + n);
        }
    }

    /** One head on four lines. */
    private static void readHeadBackward(
            float[] dRead,
            int r,
            float[] weighting,
            int w,
            int end,
            float[] memory,
            int at,
            int stride,
            float[] dMemory,
            int dAt,
            float[] dWeighting,
            int dw) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, dRead[r]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, dRead[r + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, dRead[r + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, dRead[r + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int d1 = dAt + stride;
        int d2 = d1 + stride;
        int d3 = d2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector s = x0.fma(
                    FloatVector.fromArray(SPECIES, memory, at + n), FloatVector.fromArray(SPECIES, dWeighting, dw + n));
            s = x1.fma(FloatVector.fromArray(SPECIES, memory, at1 + n), s);
            s = x2.fma(FloatVector.fromArray(SPECIES, memory, at2 + n), s);
            x3.fma(FloatVector.fromArray(SPECIES, memory, at3 + n), s).intoArray(dWeighting, dw + n);
            FloatVector v = FloatVector.fromArray(SPECIES, weighting, w + n);
            x0.fma(v, FloatVector.fromArray(SPECIES, dMemory, dAt + n)).intoArray(dMemory, dAt + n);
            x1.fma(v, FloatVector.fromArray(SPECIES, dMemory, d1 + n)).intoArray(dMemory, d1 + n);
            x2.fma(v, FloatVector.fromArray(SPECIES, dMemory, d2 + n)).intoArray(dMemory, d2 + n);
            x3.fma(v, FloatVector.fromArray(SPECIES, dMemory, d3 + n)).intoArray(dMemory, d3 + n);
        }
    }

    /** {@code y += factor x}. */
    private static void addScaled(float factor, float[] x, int xAt, int end, float[] y, int yAt) {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        for (int n = 0; n < end; n += LENGTH) {
            f.fma(FloatVector.fromArray(SPECIES, x, xAt + n), FloatVector.fromArray(SPECIES, y, yAt + n))
                    .intoArray(y, yAt + n);
        }
    }

    @Override
    public void eraseAdd(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] y,
            int yAt) {
        int end = padded(rows);
        int blocked = width - width % LINES;
        for (int m = 0; m < width; m += m < blocked ? LINES : 1) {
            int to = yAt + m * memoryStride;
            for (int h = 0; h < heads; h++) {
                float[] from = h == 0 ? memory : y;
                int at = h == 0 ? memoryAt + m * memoryStride : to;
                int w = weightingAt + h * weightingStride;
                int e = eraseAt + h * eraseStride + m;
                int a = addAt + h * addStride + m;
                if (m < blocked) {
                    writeFourLines(from, at, memoryStride, weighting, w, erase, e, add, a, end, y, to, memoryStride);
                } else {
                    writeLine(from, at, weighting, w, erase[e], add[a], end, y, to);
                }
            }
        }
    }

    private static void writeFourLines(
            float[] memory,
            int at,
            int stride,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            int end,
            float[] y,
            int yAt,
            int yStride) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector e0 = FloatVector.broadcast(SPECIES, -erase[eraseAt]);
        FloatVector e1 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 1]);
        FloatVector e2 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 2]);
        FloatVector e3 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 3]);
        FloatVector a0 = FloatVector.broadcast(SPECIES, add[addAt]);
        FloatVector a1 = FloatVector.broadcast(SPECIES, add[addAt + 1]);
        FloatVector a2 = FloatVector.broadcast(SPECIES, add[addAt + 2]);
        FloatVector a3 = FloatVector.broadcast(SPECIES, add[addAt + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int y1 = yAt + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
            FloatVector.fromArray(SPECIES, memory, at + n).fma(w.fma(e0, one), w.mul(a0)).intoArray(y, yAt + n);
            FloatVector.fromArray(SPECIES, memory, at1 + n).fma(w.fma(e1, one), w.mul(a1)).intoArray(y, y1 + n);
            FloatVector.fromArray(SPECIES, memory, at2 + n).fma(w.fma(e2, one), w.mul(a2)).intoArray(y, y2 + n);
            FloatVector.fromArray(SPECIES, memory, at3 + n).fma(w.fma(e3, one), w.mul(a3)).intoArray(y, y3 + n);
        }
    }

    /** {@code y = memory (1 - weighting erase) + weighting add}. */
    private static void writeLine(
            float[] memory, int at, float[] weighting, int weightingAt, float erase, float add, int end, float[] y, int yAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector minus = FloatVector.broadcast(SPECIES, -erase);
        FloatVector a = FloatVector.broadcast(SPECIES, add);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
            FloatVector keep = w.fma(minus, one);
            FloatVector.fromArray(SPECIES, memory, at + n).fma(keep, w.mul(a)).intoArray(y, yAt + n);
        }
    }

    @Override
    public void eraseAddBackward(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt) {
        int end = padded(rows);
        reservePartials(2 * heads * width);
        int needed = FIRST + (heads - 1) * LINES * end;
        if (heads > 1 && found.length < needed) {
            found = new float[needed];
        }
        int blocked = width - width % LINES;
        for (int m = 0; m < width; m += m < blocked ? LINES : 1) {
            int line = memoryAt + m * memoryStride;
            for (int h = 0; h < heads - 1; h++) {
                float[] from = h == 0 ? memory : found;
                int at = h == 0 ? line : FIRST + (h - 1) * LINES * end;
                int stride = h == 0 ? memoryStride : end;
                int w = weightingAt + h * weightingStride;
                int e = eraseAt + h * eraseStride + m;
                int a = addAt + h * addStride + m;
                int to = FIRST + h * LINES * end;
                if (m < blocked) {
                    writeFourLines(from, at, stride, weighting, w, erase, e, add, a, end, found, to, end);
                } else {
                    writeLine(from, at, weighting, w, erase[e], add[a], end, found, to);
                }
            }
            for (int h = heads - 1; h >= 0; h--) {
                float[] from = h == 0 ? memory : found;
                int at = h == 0 ? line : FIRST + (h - 1) * LINES * end;
                int stride = h == 0 ? memoryStride : end;
                int w = weightingAt + h * weightingStride;
                int e = eraseAt + h * eraseStride + m;
                int a = addAt + h * addStride + m;
                int d = dMemoryAt + m * memoryStride;
                int dw = dWeightingAt + h * weightingStride;
                int to = 2 * (h * width + m) * BLOCK;
                if (m < blocked) {
                    writeFourLinesBackward(
                            from, at, stride, end, weighting, w, erase, e, add, a, dMemory, d, memoryStride, dWeighting, dw, to);
                } else {
                    writeLineBackward(from, at, end, weighting, w, erase[e], add[a], dMemory, d, dWeighting, dw, to);
                }
            }
        }
        Sums.trees(partials, 0, 2 * heads * width, partials, 0);
        for (int h = 0; h < heads; h++) {
            for (int m = 0; m < width; m++) {
                dErase[dEraseAt + h * eraseStride + m] -= partials[2 * (h * width + m)];
                dAdd[dAddAt + h * addStride + m] += partials[2 * (h * width + m) + 1];
            }
        }
    }

    /** Leaves the partial sums of the lines, each for erase and for add. */
    private void writeFourLinesBackward(
            float[] memory,
            int at,
            int stride,
            int end,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            float[] dMemory,
            int dAt,
            int dStride,
            float[] dWeighting,
            int dWeightingAt,
            int partialsAt) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        FloatVector e0 = FloatVector.broadcast(SPECIES, -erase[eraseAt]);
        FloatVector e1 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 1]);
        FloatVector e2 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 2]);
        FloatVector e3 = FloatVector.broadcast(SPECIES, -erase[eraseAt + 3]);
        FloatVector a0 = FloatVector.broadcast(SPECIES, add[addAt]);
        FloatVector a1 = FloatVector.broadcast(SPECIES, add[addAt + 1]);
        FloatVector a2 = FloatVector.broadcast(SPECIES, add[addAt + 2]);
        FloatVector a3 = FloatVector.broadcast(SPECIES, add[addAt + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        int d1 = dAt + dStride;
        int d2 = d1 + dStride;
        int d3 = d2 + dStride;
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector erasing0 = FloatVector.zero(SPECIES);
            FloatVector erasing1 = erasing0;
            FloatVector erasing2 = erasing0;
            FloatVector erasing3 = erasing0;
            FloatVector adding0 = erasing0;
            FloatVector adding1 = erasing0;
            FloatVector adding2 = erasing0;
            FloatVector adding3 = erasing0;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
                FloatVector dw = FloatVector.fromArray(SPECIES, dWeighting, dWeightingAt + n);
                FloatVector cell = FloatVector.fromArray(SPECIES, memory, at + n);
                FloatVector dy = FloatVector.fromArray(SPECIES, dMemory, dAt + n);
                FloatVector written = dy.mul(w);
                adding0 = adding0.add(written);
                erasing0 = written.fma(cell, erasing0);
                dw = dy.fma(e0.fma(cell, a0), dw);
                dy.mul(w.fma(e0, one)).intoArray(dMemory, dAt + n);
                cell = FloatVector.fromArray(SPECIES, memory, at1 + n);
                dy = FloatVector.fromArray(SPECIES, dMemory, d1 + n);
                written = dy.mul(w);
                adding1 = adding1.add(written);
                erasing1 = written.fma(cell, erasing1);
                dw = dy.fma(e1.fma(cell, a1), dw);
                dy.mul(w.fma(e1, one)).intoArray(dMemory, d1 + n);
                cell = FloatVector.fromArray(SPECIES, memory, at2 + n);
                dy = FloatVector.fromArray(SPECIES, dMemory, d2 + n);
                written = dy.mul(w);
                adding2 = adding2.add(written);
                erasing2 = written.fma(cell, erasing2);
                dw = dy.fma(e2.fma(cell, a2), dw);
                dy.mul(w.fma(e2, one)).intoArray(dMemory, d2 + n);
                cell = FloatVector.fromArray(SPECIES, memory, at3 + n);
                dy = FloatVector.fromArray(SPECIES, dMemory, d3 + n);
                written = dy.mul(w);
                adding3 = adding3.add(written);
                erasing3 = written.fma(cell, erasing3);
                dw = dy.fma(e3.fma(cell, a3), dw);
                dy.mul(w.fma(e3, one)).intoArray(dMemory, d3 + n);
                dw.intoArray(dWeighting, dWeightingAt + n);
            }
            int to = partialsAt + j;
            erasing0.intoArray(partials, to);
            adding0.intoArray(partials, to + BLOCK);
            erasing1.intoArray(partials, to + 2 * BLOCK);
            adding1.intoArray(partials, to + 3 * BLOCK);
            erasing2.intoArray(partials, to + 4 * BLOCK);
            adding2.intoArray(partials, to + 5 * BLOCK);
            erasing3.intoArray(partials, to + 6 * BLOCK);
            adding3.intoArray(partials, to + 7 * BLOCK);
        }
    }

    /** Leaves the partial sums of the line, for erase and for add. */
    private void writeLineBackward(
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
            int partialsAt) {
        FloatVector minus = FloatVector.broadcast(SPECIES, -erase);
        FloatVector a = FloatVector.broadcast(SPECIES, add);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector erasing = FloatVector.zero(SPECIES);
            FloatVector adding = erasing;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector dy = FloatVector.fromArray(SPECIES, dMemory, dMemoryAt + n);
                FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
                FloatVector cell = FloatVector.fromArray(SPECIES, memory, memoryAt + n);
                FloatVector written = dy.mul(w);
                adding = adding.add(written);
                erasing = written.fma(cell, erasing);
                dy.fma(minus.fma(cell, a), FloatVector.fromArray(SPECIES, dWeighting, dWeightingAt + n))
                        .intoArray(dWeighting, dWeightingAt + n);
                dy.mul(w.fma(minus, one)).intoArray(dMemory, dMemoryAt + n);
            }
            erasing.intoArray(partials, partialsAt + j);
            adding.intoArray(partials, partialsAt + BLOCK + j);
        }
    }
}
