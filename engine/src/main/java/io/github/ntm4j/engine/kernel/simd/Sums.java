package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static io.github.ntm4j.engine.kernel.simd.Lanes.WIDE;

import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums over whole blocks in the order of {@link Summation}: each vector of the 16 partial sums runs over the row by itself, so that the code is
 * the same for vectors of any length.
 */
final class Sums {
    private static final VectorShuffle<Float> BY_8 = by(8);
    private static final VectorShuffle<Float> BY_4 = by(4);
    private static final VectorShuffle<Float> BY_2 = by(2);
    private static final VectorShuffle<Float> BY_1 = by(1);
    private static final VectorShuffle<Float> BACK_4 = by(LENGTH - 4);
    private static final VectorShuffle<Float> BACK_2 = by(LENGTH - 2);
    private static final VectorShuffle<Float> IN_ORDER =
            WIDE ? VectorShuffle.fromValues(SPECIES, 0, 8, 4, 12, 2, 10, 6, 14, 1, 3, 5, 7, 9, 11, 13, 15) : by(0);
    private static final VectorMask<Float> UPPER_8 = upper(8);
    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_2 = upper(2);

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

    /** {@code y[i]} = {@link Summation#tree} of the i-th 16 partial sums. The partials may be overwritten. */
    static void trees(float[] partials, int at, int count, float[] y, int yAt) {
        int eights = WIDE ? count - count % 8 : 0;
        // Each level folds two vectors into one: the sums of the one go to the lower half of each group of lanes, those of the other to the
        // upper. So they end up in the order a e c g b f d h, two lanes each, and are put in order at the end.
        for (int i = 0; i < eights; i += 8) {
            int from = at + i * BLOCK;
            int to = yAt + i;
            FloatVector a = FloatVector.fromArray(SPECIES, partials, from);
            FloatVector b = FloatVector.fromArray(SPECIES, partials, from + BLOCK);
            FloatVector c = FloatVector.fromArray(SPECIES, partials, from + 2 * BLOCK);
            FloatVector d = FloatVector.fromArray(SPECIES, partials, from + 3 * BLOCK);
            FloatVector e = FloatVector.fromArray(SPECIES, partials, from + 4 * BLOCK);
            FloatVector f = FloatVector.fromArray(SPECIES, partials, from + 5 * BLOCK);
            FloatVector g = FloatVector.fromArray(SPECIES, partials, from + 6 * BLOCK);
            FloatVector h = FloatVector.fromArray(SPECIES, partials, from + 7 * BLOCK);
            FloatVector ab = a.blend(b.rearrange(BY_8), UPPER_8).add(a.rearrange(BY_8).blend(b, UPPER_8));
            FloatVector cd = c.blend(d.rearrange(BY_8), UPPER_8).add(c.rearrange(BY_8).blend(d, UPPER_8));
            FloatVector ef = e.blend(f.rearrange(BY_8), UPPER_8).add(e.rearrange(BY_8).blend(f, UPPER_8));
            FloatVector gh = g.blend(h.rearrange(BY_8), UPPER_8).add(g.rearrange(BY_8).blend(h, UPPER_8));
            FloatVector acbd = ab.blend(cd.rearrange(BACK_4), UPPER_4).add(ab.rearrange(BY_4).blend(cd, UPPER_4));
            FloatVector egfh = ef.blend(gh.rearrange(BACK_4), UPPER_4).add(ef.rearrange(BY_4).blend(gh, UPPER_4));
            FloatVector all = acbd.blend(egfh.rearrange(BACK_2), UPPER_2).add(acbd.rearrange(BY_2).blend(egfh, UPPER_2));
            all = all.add(all.rearrange(BY_1)).rearrange(IN_ORDER);
            ((FloatVector) all.reinterpretShape(FloatVector.SPECIES_256, 0)).intoArray(y, to);
        }
        for (int i = eights; i < count; i++) {
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

    /**
     * The largest of a vector of floats that are numbers. By comparisons, which take half as long as a maximum that cares
     * for NaN.
     */
    static float largest(float[] x) {
        FloatVector top = FloatVector.fromArray(SPECIES, x, 0);
        FloatVector other;
        if (WIDE) {
            other = top.rearrange(BY_8);
            top = top.blend(other, other.compare(VectorOperators.GT, top));
        }
        if (LENGTH >= 8) {
            other = top.rearrange(BY_4);
            top = top.blend(other, other.compare(VectorOperators.GT, top));
        }
        other = top.rearrange(BY_2);
        top = top.blend(other, other.compare(VectorOperators.GT, top));
        other = top.rearrange(BY_1);
        top = top.blend(other, other.compare(VectorOperators.GT, top));
        return top.lane(0);
    }

    /** Brings lane l + n to lane l, cyclically. */
    private static VectorShuffle<Float> by(int n) {
        return VectorShuffle.iota(SPECIES, n, 1, true);
    }

    /** The upper half of each group of lanes. */
    private static VectorMask<Float> upper(int half) {
        boolean[] lanes = new boolean[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            lanes[lane] = lane % (2 * half) >= half;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }
}
