package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.Rows.padded;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.DynamicKernels;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** A head at a time on the way back; vectors that went from method to method would lie on the heap. */
final class SimdDynamic implements DynamicKernels {
    /** The 16 partial sums of some sums at a time. */
    private float[] partials = new float[BLOCK];

    /** For each head what there was before it, and the derivative that is on its way back; one row each. */
    private float[] before = new float[0];

    private float[] derivative = new float[0];

    @Override
    public void usage(
            float[] values,
            int usageAt,
            int writes,
            int writeAt,
            int writeStride,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            int rows,
            int retentionAt,
            int yAt) {
        int end = padded(rows);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector retention = one;
            for (int h = 0; h < reads; h++) {
                FloatVector read = fromArray(SPECIES, values, readAt + h * readStride + n);
                retention = retention.mul(read.fma(broadcast(SPECIES, -values[freeAt + h * freeStride]), one));
            }
            FloatVector usage = fromArray(SPECIES, values, usageAt + n);
            for (int h = 0; h < writes; h++) {
                usage = fromArray(SPECIES, values, writeAt + h * writeStride + n).fma(one.sub(usage), usage);
            }
            retention.intoArray(values, retentionAt + n);
            usage.mul(retention).intoArray(values, yAt + n);
        }
        Arrays.fill(values, retentionAt + rows, retentionAt + end, 0f);
    }

    @Override
    public void usageBackward(
            float[] values,
            int usageAt,
            int writes,
            int writeAt,
            int writeStride,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            int rows,
            int retentionAt,
            float[] gradients,
            int dRetentionAt,
            int dyAt,
            int dUsageAt,
            boolean throughWrites,
            int dWriteAt,
            int dFreeAt,
            int dReadAt) {
        int end = padded(rows);
        if (reads == 1 && writes == 1) {
            float byFree = usageBackwardOfOne(
                    values,
                    usageAt,
                    writeAt,
                    values[freeAt],
                    readAt,
                    end,
                    retentionAt,
                    gradients,
                    dRetentionAt,
                    dyAt,
                    dUsageAt,
                    throughWrites,
                    dWriteAt,
                    dReadAt);
            gradients[dFreeAt] -= byFree;
            return;
        }
        reserve(Math.max(reads, writes + 1) * end, end);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector usage = fromArray(SPECIES, values, usageAt + n);
            for (int h = 0; h < writes; h++) {
                usage.intoArray(before, h * end + n);
                usage = fromArray(SPECIES, values, writeAt + h * writeStride + n).fma(one.sub(usage), usage);
            }
            FloatVector dy = fromArray(SPECIES, gradients, dyAt + n);
            dy.fma(usage, fromArray(SPECIES, gradients, dRetentionAt + n)).intoArray(derivative, n);
            dy.mul(fromArray(SPECIES, values, retentionAt + n)).intoArray(before, writes * end + n);
        }
        int d = writes * end; // where the derivative on its way back is
        for (int h = writes - 1; h >= 0; h--) {
            int write = writeAt + h * writeStride;
            int dWrite = dWriteAt + h * writeStride;
            if (throughWrites) {
                for (int n = 0; n < end; n += LENGTH) {
                    FloatVector room = one.sub(fromArray(SPECIES, before, h * end + n));
                    fromArray(SPECIES, before, d + n).fma(room, fromArray(SPECIES, gradients, dWrite + n)).intoArray(gradients, dWrite + n);
                }
            }
            for (int n = 0; n < end; n += LENGTH) {
                FloatVector kept = one.sub(fromArray(SPECIES, values, write + n));
                fromArray(SPECIES, before, d + n).mul(kept).intoArray(before, d + n);
            }
        }
        LinkTiles.add(before, d, end, gradients, dUsageAt);
        retentionBackward(values, reads, freeAt, freeStride, readAt, readStride, end, gradients, dFreeAt, dReadAt);
    }

    /** One write head and one read head, in one loop; returns what the free gate loses. */
    private float usageBackwardOfOne(
            float[] values,
            int usageAt,
            int writeAt,
            float free,
            int readAt,
            int end,
            int retentionAt,
            float[] gradients,
            int dRetentionAt,
            int dyAt,
            int dUsageAt,
            boolean throughWrites,
            int dWriteAt,
            int dReadAt) {
        FloatVector one = broadcast(SPECIES, 1f);
        FloatVector minusFree = broadcast(SPECIES, -free);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                FloatVector room = one.sub(fromArray(SPECIES, values, usageAt + n));
                FloatVector write = fromArray(SPECIES, values, writeAt + n);
                FloatVector usage = write.fma(room, fromArray(SPECIES, values, usageAt + n));
                FloatVector dy = fromArray(SPECIES, gradients, dyAt + n);
                FloatVector byKept = dy.fma(usage, fromArray(SPECIES, gradients, dRetentionAt + n));
                minusFree.fma(byKept, fromArray(SPECIES, gradients, dReadAt + n)).intoArray(gradients, dReadAt + n);
                sum = byKept.fma(fromArray(SPECIES, values, readAt + n), sum);
                FloatVector d = dy.mul(fromArray(SPECIES, values, retentionAt + n));
                if (throughWrites) {
                    d.fma(room, fromArray(SPECIES, gradients, dWriteAt + n)).intoArray(gradients, dWriteAt + n);
                }
                fromArray(SPECIES, gradients, dUsageAt + n).add(d.mul(one.sub(write))).intoArray(gradients, dUsageAt + n);
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    /** Takes the derivative by the retention back through the heads. */
    private void retentionBackward(
            float[] values,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            int end,
            float[] gradients,
            int dFreeAt,
            int dReadAt) {
        FloatVector one = broadcast(SPECIES, 1f);
        Arrays.fill(before, 0, end, 1f);
        for (int h = 0; h < reads - 1; h++) {
            FloatVector minusFree = broadcast(SPECIES, -values[freeAt + h * freeStride]);
            int read = readAt + h * readStride;
            for (int n = 0; n < end; n += LENGTH) {
                FloatVector kept = fromArray(SPECIES, values, read + n).fma(minusFree, one);
                fromArray(SPECIES, before, h * end + n).mul(kept).intoArray(before, (h + 1) * end + n);
            }
        }
        for (int h = reads - 1; h >= 0; h--) {
            FloatVector minusFree = broadcast(SPECIES, -values[freeAt + h * freeStride]);
            int read = readAt + h * readStride;
            int dRead = dReadAt + h * readStride;
            for (int j = 0; j < BLOCK; j += LENGTH) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int n = j; n < end; n += BLOCK) {
                    FloatVector r = fromArray(SPECIES, values, read + n);
                    FloatVector d = fromArray(SPECIES, derivative, n);
                    FloatVector byKept = fromArray(SPECIES, before, h * end + n).mul(d);
                    minusFree.fma(byKept, fromArray(SPECIES, gradients, dRead + n)).intoArray(gradients, dRead + n);
                    sum = byKept.fma(r, sum);
                    d.mul(r.fma(minusFree, one)).intoArray(derivative, n);
                }
                sum.intoArray(partials, j);
            }
            gradients[dFreeAt + h * freeStride] -= Summation.tree(partials, 0);
        }
    }

    private void reserve(int heads, int row) {
        if (before.length < heads) {
            before = new float[heads];
        }
        if (derivative.length < row) {
            derivative = new float[row];
        }
    }

    private void reservePartials(int sums) {
        if (partials.length < sums * BLOCK) {
            partials = new float[sums * BLOCK];
        }
    }

    @Override
    public void mix(float[] share, int shareAt, float[] values, int[] at, int rows, int yAt) {
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int k = 0; k < at.length; k++) {
                sum = broadcast(SPECIES, share[shareAt + k]).fma(fromArray(SPECIES, values, at[k] + n), sum);
            }
            sum.intoArray(values, yAt + n);
        }
    }

    @Override
    public void mixBackward(
            float[] share,
            int shareAt,
            float[] values,
            int[] at,
            int rows,
            float[] gradients,
            int dyAt,
            int[] dAt,
            float[] dShare,
            int dShareAt) {
        int end = padded(rows);
        reservePartials(at.length);
        for (int k = 0; k < at.length; k++) {
            FloatVector s = broadcast(SPECIES, share[shareAt + k]);
            int x = at[k];
            int dx = dAt[k];
            for (int j = 0; j < BLOCK; j += LENGTH) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int n = j; n < end; n += BLOCK) {
                    FloatVector dy = fromArray(SPECIES, gradients, dyAt + n);
                    s.fma(dy, fromArray(SPECIES, gradients, dx + n)).intoArray(gradients, dx + n);
                    sum = dy.fma(fromArray(SPECIES, values, x + n), sum);
                }
                sum.intoArray(partials, k * BLOCK + j);
            }
        }
        for (int k = 0; k < at.length; k++) {
            dShare[dShareAt + k] += Summation.tree(partials, k * BLOCK);
        }
    }

    @Override
    public void precedence(float[] values, int precedenceAt, int writeAt, int rows, int yAt) {
        int end = padded(rows);
        FloatVector kept = broadcast(SPECIES, 1f - sum(values, writeAt, end));
        for (int n = 0; n < end; n += LENGTH) {
            kept.fma(fromArray(SPECIES, values, precedenceAt + n), fromArray(SPECIES, values, writeAt + n)).intoArray(values, yAt + n);
        }
    }

    private float sum(float[] x, int at, int end) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                sum = sum.add(fromArray(SPECIES, x, at + n));
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    @Override
    public void precedenceBackward(
            float[] values,
            int precedenceAt,
            int writeAt,
            int rows,
            float[] gradients,
            int dyAt,
            int dPrecedenceAt,
            int dWriteAt) {
        int end = padded(rows);
        FloatVector kept = broadcast(SPECIES, 1f - sum(values, writeAt, end));
        float lost = Sums.dot(gradients, dyAt, values, precedenceAt, end, partials);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector dy = fromArray(SPECIES, gradients, dyAt + n);
            kept.fma(dy, fromArray(SPECIES, gradients, dPrecedenceAt + n)).intoArray(gradients, dPrecedenceAt + n);
            fromArray(SPECIES, gradients, dWriteAt + n).add(dy.sub(lost)).intoArray(gradients, dWriteAt + n);
        }
        Arrays.fill(gradients, dWriteAt + rows, dWriteAt + end, 0f);
    }

    @Override
    public void retain(float[] values, int memoryAt, int stride, int width, int rows, int retentionAt, float[] y, int yAt) {
        int end = padded(rows);
        for (int m = 0; m < width; m++) {
            int line = memoryAt + m * stride;
            int to = yAt + m * stride;
            for (int n = 0; n < end; n += LENGTH) {
                fromArray(SPECIES, values, line + n).mul(fromArray(SPECIES, values, retentionAt + n)).intoArray(y, to + n);
            }
        }
    }

    @Override
    public void retainBackward(
            float[] values,
            int memoryAt,
            int stride,
            int width,
            int rows,
            int retentionAt,
            float[] gradients,
            int dMemoryAt,
            int dRetentionAt) {
        int end = padded(rows);
        for (int m = 0; m < width; m++) {
            int line = memoryAt + m * stride;
            int dLine = dMemoryAt + m * stride;
            for (int n = 0; n < end; n += LENGTH) {
                FloatVector d = fromArray(SPECIES, gradients, dLine + n);
                FloatVector sum = fromArray(SPECIES, gradients, dRetentionAt + n);
                d.fma(fromArray(SPECIES, values, line + n), sum).intoArray(gradients, dRetentionAt + n);
                d.mul(fromArray(SPECIES, values, retentionAt + n)).intoArray(gradients, dLine + n);
            }
        }
    }

    @Override
    public void shiftedLog(float[] values, int xAt, float plus, int rows, int yAt) {
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            fromArray(SPECIES, values, xAt + n).add(plus).intoArray(values, yAt + n);
        }
        LaneFunctions.log(values, yAt, end, AddressingKernels.SMALLEST_WEIGHT, values, yAt);
    }

    @Override
    public void shiftedLogBackward(
            float[] values, int xAt, float plus, int rows, float[] dy, int dyAt, float[] gradients, int dxAt) {
        int end = padded(rows);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector quotient = fromArray(SPECIES, dy, dyAt + n).div(fromArray(SPECIES, values, xAt + n).add(plus));
            fromArray(SPECIES, gradients, dxAt + n).add(quotient).intoArray(gradients, dxAt + n);
        }
    }
}
