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

/** A vector of rows at a time through all heads. */
final class SimdDynamic implements DynamicKernels {
    /** The 16 partial sums of some sums at a time. */
    private float[] partials = new float[BLOCK];

    /** What there was before each head, of one vector of rows. */
    private float[] before = new float[BLOCK];

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
        if (before.length < (Math.max(reads, writes) + 1) * LENGTH) {
            before = new float[(Math.max(reads, writes) + 1) * LENGTH];
        }
        reservePartials(reads);
        Arrays.fill(partials, 0, reads * BLOCK, 0f);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < end; n += LENGTH) {
            FloatVector usage = fromArray(SPECIES, values, usageAt + n);
            for (int h = 0; h < writes; h++) {
                usage.intoArray(before, h * LENGTH);
                usage = fromArray(SPECIES, values, writeAt + h * writeStride + n).fma(one.sub(usage), usage);
            }
            FloatVector dy = fromArray(SPECIES, gradients, dyAt + n);
            FloatVector dRetention = dy.fma(usage, fromArray(SPECIES, gradients, dRetentionAt + n));
            FloatVector d = dy.mul(fromArray(SPECIES, values, retentionAt + n));
            for (int h = writes - 1; h >= 0; h--) {
                if (throughWrites) {
                    int dWrite = dWriteAt + h * writeStride + n;
                    FloatVector room = one.sub(fromArray(SPECIES, before, h * LENGTH));
                    d.fma(room, fromArray(SPECIES, gradients, dWrite)).intoArray(gradients, dWrite);
                }
                d = d.mul(one.sub(fromArray(SPECIES, values, writeAt + h * writeStride + n)));
            }
            fromArray(SPECIES, gradients, dUsageAt + n).add(d).intoArray(gradients, dUsageAt + n);
            retentionBackward(values, reads, freeAt, freeStride, readAt + n, readStride, gradients, dRetention, dReadAt + n, n % BLOCK);
        }
        for (int h = 0; h < reads; h++) {
            gradients[dFreeAt + h * freeStride] -= Summation.tree(partials, h * BLOCK);
        }
    }

    /** Takes the derivative by a vector of the retention back through the heads; adds to the partial sums of the free gates. */
    private void retentionBackward(
            float[] values,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            float[] gradients,
            FloatVector dRetention,
            int dReadAt,
            int lane) {
        FloatVector one = broadcast(SPECIES, 1f);
        FloatVector kept = one;
        for (int h = 0; h < reads; h++) {
            kept.intoArray(before, h * LENGTH);
            FloatVector read = fromArray(SPECIES, values, readAt + h * readStride);
            kept = kept.mul(read.fma(broadcast(SPECIES, -values[freeAt + h * freeStride]), one));
        }
        FloatVector d = dRetention;
        for (int h = reads - 1; h >= 0; h--) {
            FloatVector read = fromArray(SPECIES, values, readAt + h * readStride);
            FloatVector minusFree = broadcast(SPECIES, -values[freeAt + h * freeStride]);
            FloatVector byKept = fromArray(SPECIES, before, h * LENGTH).mul(d);
            int dRead = dReadAt + h * readStride;
            minusFree.fma(byKept, fromArray(SPECIES, gradients, dRead)).intoArray(gradients, dRead);
            int sum = h * BLOCK + lane;
            byKept.fma(read, fromArray(SPECIES, partials, sum)).intoArray(partials, sum);
            d = d.mul(read.fma(minusFree, one));
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
