package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;

import io.github.ntm4j.engine.kernel.OptimiserKernels;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;

final class PortableOptimiser implements OptimiserKernels {
    private final float[] sums = new float[4 * BLOCK];

    @Override
    public float sumOfSquares(float[] x, int from, int to) {
        Arrays.fill(sums, 0f);
        for (int j = from; j < to; j++) {
            int place = (j - from) % sums.length;
            sums[place] = Math.fma(x[j], x[j], sums[place]);
        }
        for (int lane = 0; lane < BLOCK; lane++) {
            sums[lane] = (sums[lane] + sums[lane + BLOCK]) + (sums[lane + 2 * BLOCK] + sums[lane + 3 * BLOCK]);
        }
        return Summation.tree(sums, 0);
    }

    @Override
    public void scale(float factor, float[] x, int from, int to) {
        for (int j = from; j < to; j++) {
            x[j] *= factor;
        }
    }

    @Override
    public boolean clip(float limit, float[] x, int from, int to) {
        boolean outside = false;
        for (int j = from; j < to; j++) {
            if (Math.abs(x[j]) > limit) {
                outside = true;
            }
            x[j] = Math.min(Math.max(x[j], -limit), limit);
        }
        return outside;
    }

    @Override
    public void decay(float[] share, float[] weights, float[] gradient, int from, int to) {
        for (int j = from; j < to; j++) {
            gradient[j] = Math.fma(share[j], weights[j], gradient[j]);
        }
    }

    @Override
    public void rmsProp(
            float rate,
            float decay,
            float momentum,
            float epsilon,
            float[] gradient,
            float[] squares,
            float[] means,
            float[] steps,
            float[] weights,
            int from,
            int to) {
        float fresh = 1f - decay;
        for (int j = from; j < to; j++) {
            float g = gradient[j];
            float n = Math.fma(decay, squares[j], fresh * g * g);
            float m = Math.fma(decay, means[j], fresh * g);
            float root = (float) Math.sqrt(Math.max(Math.fma(-m, m, n), 0f) + epsilon);
            float d = Math.fma(momentum, steps[j], -(rate * g / root));
            squares[j] = n;
            means[j] = m;
            steps[j] = d;
            weights[j] += d;
        }
    }

    @Override
    public void adam(
            float rate,
            float beta1,
            float beta2,
            float correction,
            float epsilon,
            float[] gradient,
            float[] means,
            float[] squares,
            float[] weights,
            int from,
            int to) {
        float fresh1 = 1f - beta1;
        float fresh2 = 1f - beta2;
        for (int j = from; j < to; j++) {
            float g = gradient[j];
            float m = Math.fma(beta1, means[j], fresh1 * g);
            float v = Math.fma(beta2, squares[j], fresh2 * g * g);
            means[j] = m;
            squares[j] = v;
            weights[j] -= rate * m / Math.fma((float) Math.sqrt(v), correction, epsilon);
        }
    }
}
