package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static io.github.ntm4j.engine.kernel.simd.Lanes.WIDE;

import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;

/** Sums over whole blocks in the order of {@link Summation}. */
final class Sums {
    private Sums() {}

    /** The sum of {@code x[n]}. */
    static float sum(float[] x, int xAt, int end) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = xAt; n < xAt + end; n += BLOCK) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, n));
            if (!WIDE) {
                s1 = s1.add(FloatVector.fromArray(SPECIES, x, n + LENGTH));
            }
            if (LENGTH == 4) {
                s2 = s2.add(FloatVector.fromArray(SPECIES, x, n + 2 * LENGTH));
                s3 = s3.add(FloatVector.fromArray(SPECIES, x, n + 3 * LENGTH));
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    /** The sum of {@code x[n] * y[n]}. */
    static float dot(float[] x, int xAt, float[] y, int yAt, int end) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = 0; n < end; n += BLOCK) {
            s0 = FloatVector.fromArray(SPECIES, x, xAt + n).fma(FloatVector.fromArray(SPECIES, y, yAt + n), s0);
            if (!WIDE) {
                s1 = FloatVector.fromArray(SPECIES, x, xAt + n + LENGTH)
                        .fma(FloatVector.fromArray(SPECIES, y, yAt + n + LENGTH), s1);
            }
            if (LENGTH == 4) {
                s2 = FloatVector.fromArray(SPECIES, x, xAt + n + 2 * LENGTH)
                        .fma(FloatVector.fromArray(SPECIES, y, yAt + n + 2 * LENGTH), s2);
                s3 = FloatVector.fromArray(SPECIES, x, xAt + n + 3 * LENGTH)
                        .fma(FloatVector.fromArray(SPECIES, y, yAt + n + 3 * LENGTH), s3);
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }

    /** The sum of {@code x[n] * (y[n] - centre)}. */
    static float centredDot(float[] x, int xAt, float[] y, int yAt, float centre, int end) {
        FloatVector c = FloatVector.broadcast(SPECIES, centre);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int n = 0; n < end; n += BLOCK) {
            s0 = FloatVector.fromArray(SPECIES, y, yAt + n).sub(c).fma(FloatVector.fromArray(SPECIES, x, xAt + n), s0);
            if (!WIDE) {
                int j = n + LENGTH;
                s1 = FloatVector.fromArray(SPECIES, y, yAt + j).sub(c).fma(FloatVector.fromArray(SPECIES, x, xAt + j), s1);
            }
            if (LENGTH == 4) {
                int j = n + 2 * LENGTH;
                s2 = FloatVector.fromArray(SPECIES, y, yAt + j).sub(c).fma(FloatVector.fromArray(SPECIES, x, xAt + j), s2);
                j = n + 3 * LENGTH;
                s3 = FloatVector.fromArray(SPECIES, y, yAt + j).sub(c).fma(FloatVector.fromArray(SPECIES, x, xAt + j), s3);
            }
        }
        return Lanes.sum(s0, s1, s2, s3);
    }
}
