package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums over whole blocks in the order of {@link Summation}: each vector of the 16 partial sums runs over the row by itself, so that the code is
 * the same for vectors of any length.
 */
final class Sums {
    /** Brings lane l + 8 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);

    /** Brings lane l + 4 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);

    /** Brings lane l + 2 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);

    private Sums() {}

    /** The sum of {@code x[n] * y[n]}; {@code partials} is room for 16 floats. */
    static float dot(float[] x, int xAt, float[] y, int yAt, int end, float[] partials) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < end; n += BLOCK) {
                sum = FloatVector.fromArray(SPECIES, x, xAt + n).fma(FloatVector.fromArray(SPECIES, y, yAt + n), sum);
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    /** {@code y[i]} = {@link Summation#tree} of the i-th 16 partial sums. */
    static void trees(float[] partials, int at, int count, float[] y, int yAt) {
        for (int i = 0; i < count; i++) {
            int from = at + i * BLOCK;
            FloatVector sum = FloatVector.fromArray(SPECIES, partials, from);
            if (LENGTH == 4) {
                sum = sum.add(FloatVector.fromArray(SPECIES, partials, from + 8));
                FloatVector rest = FloatVector.fromArray(SPECIES, partials, from + 4);
                sum = sum.add(rest.add(FloatVector.fromArray(SPECIES, partials, from + 12)));
            } else {
                sum = sum.add(LENGTH == 8 ? FloatVector.fromArray(SPECIES, partials, from + 8) : sum.rearrange(BY_8));
                sum = sum.add(sum.rearrange(BY_4));
            }
            sum = sum.add(sum.rearrange(BY_2));
            y[yAt + i] = sum.lane(0) + sum.lane(1);
        }
    }
}
