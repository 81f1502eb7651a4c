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

    /** The 16 partial sums of some sums at a time. */
    private final float[] partials = new float[LINES * BLOCK];

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
        int end = padded(rows);
        int blocked = width - width % LINES;
        for (int h = 0; h < heads; h++) {
            int w = weightingAt + h * weightingStride;
            int to = readAt + h * readStride;
            for (int m = 0; m < blocked; m += LINES) {
                readFourLines(memory, memoryAt + m * memoryStride, memoryStride, weighting, w, end, read, to + m);
            }
            for (int m = blocked; m < width; m++) {
                read[to + m] = Sums.dot(weighting, w, memory, memoryAt + m * memoryStride, end, partials);
            }
        }
    }

    private void readFourLines(
            float[] memory, int at, int stride, float[] weighting, int weightingAt, int end, float[] read, int readAt) {
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            for (int n = j; n < end; n += BLOCK) {
                FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
                s0 = w.fma(FloatVector.fromArray(SPECIES, memory, at + n), s0);
                s1 = w.fma(FloatVector.fromArray(SPECIES, memory, at1 + n), s1);
                s2 = w.fma(FloatVector.fromArray(SPECIES, memory, at2 + n), s2);
                s3 = w.fma(FloatVector.fromArray(SPECIES, memory, at3 + n), s3);
            }
            s0.intoArray(partials, j);
            s1.intoArray(partials, BLOCK + j);
            s2.intoArray(partials, 2 * BLOCK + j);
            s3.intoArray(partials, 3 * BLOCK + j);
        }
        Sums.trees(partials, 0, LINES, read, readAt);
    }

    @Override
    public void accumulateProducts(
            float[] vector,
            int vectorAt,
            int vectorStride,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] product,
            int productAt,
            int productStride) {
        int end = padded(rows);
        int blocked = width - width % LINES;
        int pairs = heads - heads % 2;
        for (int m = 0; m < blocked; m += LINES) {
            int line = memoryAt + m * memoryStride;
            for (int h = 0; h < pairs; h += 2) {
                int v = vectorAt + h * vectorStride + m;
                int p = productAt + h * productStride;
                multiplyTwoHeads(vector, v, v + vectorStride, memory, line, memoryStride, end, product, p, p + productStride);
            }
            if (pairs < heads) {
                int v = vectorAt + pairs * vectorStride + m;
                multiplyHead(vector, v, memory, line, memoryStride, end, product, productAt + pairs * productStride);
            }
        }
        for (int m = blocked; m < width; m++) {
            int line = memoryAt + m * memoryStride;
            for (int h = 0; h < heads; h++) {
                addScaled(vector[vectorAt + h * vectorStride + m], memory, line, end, product, productAt + h * productStride);
            }
        }
    }

    private static void multiplyTwoHeads(
            float[] vector, int v0, int v1, float[] memory, int at, int stride, int end, float[] product, int p0, int p1) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, vector[v0]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, vector[v0 + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, vector[v0 + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, vector[v0 + 3]);
        FloatVector y0 = FloatVector.broadcast(SPECIES, vector[v1]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, vector[v1 + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, vector[v1 + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, vector[v1 + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector c = FloatVector.fromArray(SPECIES, memory, at + n);
            FloatVector s = x0.fma(c, FloatVector.fromArray(SPECIES, product, p0 + n));
            FloatVector t = y0.fma(c, FloatVector.fromArray(SPECIES, product, p1 + n));
            c = FloatVector.fromArray(SPECIES, memory, at1 + n);
            s = x1.fma(c, s);
            t = y1.fma(c, t);
            c = FloatVector.fromArray(SPECIES, memory, at2 + n);
            s = x2.fma(c, s);
            t = y2.fma(c, t);
            c = FloatVector.fromArray(SPECIES, memory, at3 + n);
            x3.fma(c, s).intoArray(product, p0 + n);
            y3.fma(c, t).intoArray(product, p1 + n);
        }
    }

    private static void multiplyHead(
            float[] vector, int v, float[] memory, int at, int stride, int end, float[] product, int p) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, vector[v]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, vector[v + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, vector[v + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, vector[v + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector s = x0.fma(
                    FloatVector.fromArray(SPECIES, memory, at + n), FloatVector.fromArray(SPECIES, product, p + n));
            s = x1.fma(FloatVector.fromArray(SPECIES, memory, at1 + n), s);
            s = x2.fma(FloatVector.fromArray(SPECIES, memory, at2 + n), s);
            x3.fma(FloatVector.fromArray(SPECIES, memory, at3 + n), s).intoArray(product, p + n);
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
    public void accumulateOuter(
            float[] vector,
            int vectorAt,
            int vectorStride,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            int heads,
            float[] dMemory,
            int dMemoryAt,
            int memoryStride,
            int width,
            int rows) {
        int end = padded(rows);
        int blocked = width - width % LINES;
        int pairs = heads - heads % 2;
        for (int m = 0; m < blocked; m += LINES) {
            int line = dMemoryAt + m * memoryStride;
            for (int h = 0; h < pairs; h += 2) {
                int v = vectorAt + h * vectorStride + m;
                int w = weightingAt + h * weightingStride;
                addTwoHeads(vector, v, v + vectorStride, weighting, w, w + weightingStride, end, dMemory, line, memoryStride);
            }
            if (pairs < heads) {
                int v = vectorAt + pairs * vectorStride + m;
                addHead(vector, v, weighting, weightingAt + pairs * weightingStride, end, dMemory, line, memoryStride);
            }
        }
        for (int m = blocked; m < width; m++) {
            int line = dMemoryAt + m * memoryStride;
            for (int h = 0; h < heads; h++) {
                addScaled(vector[vectorAt + h * vectorStride + m], weighting, weightingAt + h * weightingStride, end, dMemory, line);
            }
        }
    }

    private static void addTwoHeads(
            float[] vector, int v0, int v1, float[] weighting, int w0, int w1, int end, float[] dMemory, int at, int stride) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, vector[v0]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, vector[v0 + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, vector[v0 + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, vector[v0 + 3]);
        FloatVector y0 = FloatVector.broadcast(SPECIES, vector[v1]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, vector[v1 + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, vector[v1 + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, vector[v1 + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector s = FloatVector.fromArray(SPECIES, weighting, w0 + n);
            FloatVector t = FloatVector.fromArray(SPECIES, weighting, w1 + n);
            y0.fma(t, x0.fma(s, FloatVector.fromArray(SPECIES, dMemory, at + n))).intoArray(dMemory, at + n);
            y1.fma(t, x1.fma(s, FloatVector.fromArray(SPECIES, dMemory, at1 + n))).intoArray(dMemory, at1 + n);
            y2.fma(t, x2.fma(s, FloatVector.fromArray(SPECIES, dMemory, at2 + n))).intoArray(dMemory, at2 + n);
            y3.fma(t, x3.fma(s, FloatVector.fromArray(SPECIES, dMemory, at3 + n))).intoArray(dMemory, at3 + n);
        }
    }

    private static void addHead(
            float[] vector, int v, float[] weighting, int weightingAt, int end, float[] dMemory, int at, int stride) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, vector[v]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, vector[v + 1]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, vector[v + 2]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, vector[v + 3]);
        int at1 = at + stride;
        int at2 = at1 + stride;
        int at3 = at2 + stride;
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector w = FloatVector.fromArray(SPECIES, weighting, weightingAt + n);
            x0.fma(w, FloatVector.fromArray(SPECIES, dMemory, at + n)).intoArray(dMemory, at + n);
            x1.fma(w, FloatVector.fromArray(SPECIES, dMemory, at1 + n)).intoArray(dMemory, at1 + n);
            x2.fma(w, FloatVector.fromArray(SPECIES, dMemory, at2 + n)).intoArray(dMemory, at2 + n);
            x3.fma(w, FloatVector.fromArray(SPECIES, dMemory, at3 + n)).intoArray(dMemory, at3 + n);
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
        for (int m = 0; m < width; m++) {
            int to = yAt + m * memoryStride;
            float e = erase[eraseAt + m];
            float a = add[addAt + m];
            writeLine(memory, memoryAt + m * memoryStride, weighting, weightingAt, e, a, end, y, to);
            for (int h = 1; h < heads; h++) {
                e = erase[eraseAt + h * eraseStride + m];
                a = add[addAt + h * addStride + m];
                writeLine(y, to, weighting, weightingAt + h * weightingStride, e, a, end, y, to);
            }
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
        int later = (heads - 1) * end;
        if (found.length < FIRST + later) {
            found = new float[FIRST + later];
        }
        for (int m = 0; m < width; m++) {
            int line = memoryAt + m * memoryStride;
            for (int h = 0; h < heads - 1; h++) {
                float e = erase[eraseAt + h * eraseStride + m];
                float a = add[addAt + h * addStride + m];
                int to = FIRST + h * end;
                if (h == 0) {
                    writeLine(memory, line, weighting, weightingAt, e, a, end, found, to);
                } else {
                    writeLine(found, to - end, weighting, weightingAt + h * weightingStride, e, a, end, found, to);
                }
            }
            for (int h = heads - 1; h >= 0; h--) {
                writeLineBackward(
                        h == 0 ? memory : found,
                        h == 0 ? line : FIRST + (h - 1) * end,
                        end,
                        weighting,
                        weightingAt + h * weightingStride,
                        erase[eraseAt + h * eraseStride + m],
                        add[addAt + h * addStride + m],
                        dMemory,
                        dMemoryAt + m * memoryStride,
                        dWeighting,
                        dWeightingAt + h * weightingStride,
                        dErase,
                        dEraseAt + h * eraseStride + m,
                        dAdd,
                        dAddAt + h * addStride + m);
            }
        }
    }

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
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt) {
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
            erasing.intoArray(partials, j);
            adding.intoArray(partials, BLOCK + j);
        }
        Sums.trees(partials, 0, 2, partials, 0);
        dErase[dEraseAt] -= partials[0];
        dAdd[dAddAt] += partials[1];
    }
}
