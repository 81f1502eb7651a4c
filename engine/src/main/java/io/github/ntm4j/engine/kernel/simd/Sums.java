package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over whole blocks in the order of {@link Summation}: each vector of the 16 partial sums runs over the row by itself, so that the code is
 * the same for vectors of any length.
 */
final class Sums {
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
}
