package io.github.ntm4j.engine.kernel.simd;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that the SIMD kernels use: 16 floats (512 bits, one {@link Rows#BLOCK block}) where the machine has them, else 8 or 4. */
public final class Lanes {
    /** The shape of all vectors of floats. */
    public static final VectorSpecies<Float> SPECIES =
            switch (FloatVector.SPECIES_PREFERRED.length()) {
                case 16 -> FloatVector.SPECIES_512;
                case 8 -> FloatVector.SPECIES_256;
                default -> FloatVector.SPECIES_128;
            };

    /** The shape of the vectors of ints that have as many lanes. */
    public static final VectorSpecies<Integer> INT_SPECIES = SPECIES.withLanes(int.class);

    /** Floats in a vector: 16, 8 or 4. */
    public static final int LENGTH = SPECIES.length();

    /** Whether a vector is a whole block. Such machines have 32 vector registers, twice as many as the others. */
    static final boolean WIDE = LENGTH == Rows.BLOCK;

    /** Brings lane l + 8 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);

    /** Brings lane l + 4 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);

    /** Brings lane l + 2 to lane l, cyclically. */
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);

    private Lanes() {}

    /**
     * {@link Summation#tree} of the 16 partial sums in vectors of any length, to the bit. With 16 lanes they are in the first vector, with 8
     * in the first two, and the others are ignored.
     *
     * @param p0 partial sums 0 to {@link #LENGTH} - 1
     * @param p1 the next
     * @param p2 the next, with 4 lanes
     * @param p3 the last, with 4 lanes
     * @return their sum
     */
    public static float sum(FloatVector p0, FloatVector p1, FloatVector p2, FloatVector p3) {
        // All in one method: a vector that is handed to a method which the compiler does not inline lives on the heap.
        FloatVector p;
        if (LENGTH == 4) {
            p = p0.add(p2).add(p1.add(p3));
        } else {
            p = WIDE ? p0.add(p0.rearrange(BY_8)) : p0.add(p1);
            p = p.add(p.rearrange(BY_4));
        }
        p = p.add(p.rearrange(BY_2));
        return p.lane(0) + p.lane(1);
    }
}
