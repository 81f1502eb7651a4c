package io.github.ntm4j.engine.kernel.simd;

import io.github.ntm4j.engine.kernel.Rows;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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

    /** Floats in a vector: 16, 8 or 4. */
    public static final int LENGTH = SPECIES.length();

    /** Whether a vector is a whole block. Such machines have 32 vector registers, twice as many as the others. */
    static final boolean WIDE = LENGTH == Rows.BLOCK;

    /** For each count the lanes below it. */
    private static final List<VectorMask<Float>> FIRST =
            IntStream.rangeClosed(0, LENGTH).mapToObj(n -> SPECIES.indexInRange(0, n)).toList();

    private Lanes() {}

    /** The first lanes of a vector, 0 to all of them: for lines that end within one. */
    static VectorMask<Float> first(int count) {
        return FIRST.get(count);
    }
}
