package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.padded;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.DynamicKernels;
import io.github.ntm4j.engine.kernel.Elementary;
import java.util.Arrays;

final class PortableDynamic implements DynamicKernels {
    private final PartialSums sums = new PartialSums();

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
        for (int n = 0; n < padded(rows); n++) {
            float retention = 1;
            for (int h = 0; h < reads; h++) {
                retention *= Math.fma(-values[freeAt + h * freeStride], values[readAt + h * readStride + n], 1f);
            }
            float usage = values[usageAt + n];
            for (int h = 0; h < writes; h++) {
                usage = Math.fma(values[writeAt + h * writeStride + n], 1f - usage, usage);
            }
            values[retentionAt + n] = n < rows ? retention : 0f;
            values[yAt + n] = usage * retention;
        }
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
        reserve((Math.max(reads, writes) + 1) * end, end);
        System.arraycopy(values, usageAt, before, 0, end);
        for (int h = 0; h < writes; h++) {
            for (int n = 0; n < end; n++) {
                float usage = before[h * end + n];
                before[(h + 1) * end + n] = Math.fma(values[writeAt + h * writeStride + n], 1f - usage, usage);
            }
        }
        for (int n = 0; n < end; n++) {
            float dy = gradients[dyAt + n];
            float d = dy * values[retentionAt + n];
            derivative[n] = Math.fma(dy, before[writes * end + n], gradients[dRetentionAt + n]);
            for (int h = writes - 1; h >= 0; h--) {
                int dWrite = dWriteAt + h * writeStride + n;
                if (throughWrites) {
                    gradients[dWrite] = Math.fma(d, 1f - before[h * end + n], gradients[dWrite]);
                }
                d *= 1f - values[writeAt + h * writeStride + n];
            }
            gradients[dUsageAt + n] += d;
        }
        Arrays.fill(before, 0, end, 1f);
        for (int h = 0; h < reads; h++) {
            for (int n = 0; n < end; n++) {
                float kept = Math.fma(-values[freeAt + h * freeStride], values[readAt + h * readStride + n], 1f);
                before[(h + 1) * end + n] = before[h * end + n] * kept;
            }
        }
        for (int h = reads - 1; h >= 0; h--) {
            float free = values[freeAt + h * freeStride];
            int read = readAt + h * readStride;
            int dRead = dReadAt + h * readStride;
            for (int n = 0; n < end; n++) {
                float d = derivative[n];
                float kept = Math.fma(-free, values[read + n], 1f);
                before[h * end + n] *= d; // by what is kept
                gradients[dRead + n] = Math.fma(-free, before[h * end + n], gradients[dRead + n]);
                derivative[n] = d * kept;
            }
            gradients[dFreeAt + h * freeStride] -= sums.dot(before, h * end, values, read, end);
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

    @Override
    public void mix(float[] share, int shareAt, float[] values, int[] at, int rows, int yAt) {
        for (int n = 0; n < padded(rows); n++) {
            float sum = 0;
            for (int k = 0; k < at.length; k++) {
                sum = Math.fma(share[shareAt + k], values[at[k] + n], sum);
            }
            values[yAt + n] = sum;
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
        for (int k = 0; k < at.length; k++) {
            for (int n = 0; n < end; n++) {
                gradients[dAt[k] + n] = Math.fma(share[shareAt + k], gradients[dyAt + n], gradients[dAt[k] + n]);
            }
            dShare[dShareAt + k] += sums.dot(gradients, dyAt, values, at[k], end);
        }
    }

    @Override
    public void precedence(float[] values, int precedenceAt, int writeAt, int rows, int yAt) {
        int end = padded(rows);
        float kept = 1f - sums.sum(values, writeAt, end);
        for (int n = 0; n < end; n++) {
            values[yAt + n] = Math.fma(kept, values[precedenceAt + n], values[writeAt + n]);
        }
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
        float kept = 1f - sums.sum(values, writeAt, end);
        float lost = sums.dot(gradients, dyAt, values, precedenceAt, end);
        for (int n = 0; n < rows; n++) {
            gradients[dPrecedenceAt + n] = Math.fma(kept, gradients[dyAt + n], gradients[dPrecedenceAt + n]);
            gradients[dWriteAt + n] += gradients[dyAt + n] - lost;
        }
    }

    @Override
    public void retain(float[] values, int memoryAt, int stride, int width, int rows, int retentionAt, float[] y, int yAt) {
        for (int m = 0; m < width; m++) {
            for (int n = 0; n < padded(rows); n++) {
                y[yAt + m * stride + n] = values[memoryAt + m * stride + n] * values[retentionAt + n];
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
        for (int m = 0; m < width; m++) {
            for (int n = 0; n < padded(rows); n++) {
                int d = dMemoryAt + m * stride + n;
                float cell = values[memoryAt + m * stride + n];
                gradients[dRetentionAt + n] = Math.fma(gradients[d], cell, gradients[dRetentionAt + n]);
                gradients[d] *= values[retentionAt + n];
            }
        }
    }

    @Override
    public void shiftedLog(float[] values, int xAt, float plus, int rows, int yAt) {
        for (int n = 0; n < padded(rows); n++) {
            values[yAt + n] = Elementary.log(Math.max(values[xAt + n] + plus, AddressingKernels.SMALLEST_WEIGHT));
        }
    }

    @Override
    public void shiftedLogBackward(
            float[] values, int xAt, float plus, int rows, float[] dy, int dyAt, float[] gradients, int dxAt) {
        for (int n = 0; n < padded(rows); n++) {
            gradients[dxAt + n] += dy[dyAt + n] / (values[xAt + n] + plus);
        }
    }
}
