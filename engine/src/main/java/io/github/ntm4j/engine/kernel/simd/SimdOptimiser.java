package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.OptimiserKernels;
import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

final class SimdOptimiser implements OptimiserKernels {
    private final float[] partials = new float[BLOCK];

    @Override
    public float sumOfSquares(float[] x, int from, int to) {
        int whole = to - (to - from) % (4 * BLOCK);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector s0 = FloatVector.zero(SPECIES);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int n = from + j;
            for (; n < whole; n += 4 * BLOCK) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, n);
                s0 = v.fma(v, s0);
                v = FloatVector.fromArray(SPECIES, x, n + BLOCK);
                s1 = v.fma(v, s1);
                v = FloatVector.fromArray(SPECIES, x, n + 2 * BLOCK);
                s2 = v.fma(v, s2);
                v = FloatVector.fromArray(SPECIES, x, n + 3 * BLOCK);
                s3 = v.fma(v, s3);
            }
            if (n < to) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, n);
                s0 = v.fma(v, s0);
            }
            if (n + BLOCK < to) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, n + BLOCK);
                s1 = v.fma(v, s1);
            }
            if (n + 2 * BLOCK < to) {
                FloatVector v = FloatVector.fromArray(SPECIES, x, n + 2 * BLOCK);
                s2 = v.fma(v, s2);
            }
            s0.add(s1).add(s2.add(s3)).intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    @Override
    public void scale(float factor, float[] x, int from, int to) {
        for (int j = from; j < to; j += LENGTH) {
            FloatVector.fromArray(SPECIES, x, j).mul(factor).intoArray(x, j);
        }
    }

    @Override
    public boolean clip(float limit, float[] x, int from, int to) {
        FloatVector largest = FloatVector.zero(SPECIES);
        for (int j = from; j < to; j += LENGTH) {
            largest = largest.max(FloatVector.fromArray(SPECIES, x, j).abs());
        }
        if (largest.compare(VectorOperators.LE, limit).allTrue()) {
            return false;
        }
        for (int j = from; j < to; j += LENGTH) {
            FloatVector.fromArray(SPECIES, x, j).max(-limit).min(limit).intoArray(x, j);
        }
        return true;
    }

    @Override
    public void decay(float[] share, float[] weights, float[] gradient, int from, int to) {
        for (int j = from; j < to; j += LENGTH) {
            FloatVector.fromArray(SPECIES, share, j)
                    .fma(FloatVector.fromArray(SPECIES, weights, j), FloatVector.fromArray(SPECIES, gradient, j))
                    .intoArray(gradient, j);
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
        FloatVector old = FloatVector.broadcast(SPECIES, decay);
        FloatVector inertia = FloatVector.broadcast(SPECIES, momentum);
        float fresh = 1f - decay;
        for (int j = from; j < to; j += LENGTH) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, j);
            FloatVector part = g.mul(fresh);
            FloatVector n = old.fma(FloatVector.fromArray(SPECIES, squares, j), part.mul(g));
            FloatVector m = old.fma(FloatVector.fromArray(SPECIES, means, j), part);
            FloatVector root = m.neg().fma(m, n).max(0f).add(epsilon).sqrt();
            FloatVector d = inertia.fma(FloatVector.fromArray(SPECIES, steps, j), g.mul(rate).div(root).neg());
            n.intoArray(squares, j);
            m.intoArray(means, j);
            d.intoArray(steps, j);
            FloatVector.fromArray(SPECIES, weights, j).add(d).intoArray(weights, j);
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
        FloatVector old1 = FloatVector.broadcast(SPECIES, beta1);
        FloatVector old2 = FloatVector.broadcast(SPECIES, beta2);
        FloatVector corrected = FloatVector.broadcast(SPECIES, correction);
        FloatVector smallest = FloatVector.broadcast(SPECIES, epsilon);
        float fresh1 = 1f - beta1;
        float fresh2 = 1f - beta2;
        for (int j = from; j < to; j += LENGTH) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, j);
            FloatVector m = old1.fma(FloatVector.fromArray(SPECIES, means, j), g.mul(fresh1));
            FloatVector v = old2.fma(FloatVector.fromArray(SPECIES, squares, j), g.mul(fresh2).mul(g));
            m.intoArray(means, j);
            v.intoArray(squares, j);
            FloatVector step = m.mul(rate).div(v.sqrt().fma(corrected, smallest));
            FloatVector.fromArray(SPECIES, weights, j).sub(step).intoArray(weights, j);
        }
    }
}
