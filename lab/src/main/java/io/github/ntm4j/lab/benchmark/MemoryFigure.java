package io.github.ntm4j.lab.benchmark;

/**
 * What a step of one sequence takes with a memory of some size, and what it has to move.
 *
 * <p>The bytes are those of the memory {@code M} and its derivative {@code dM}, {@code rows * width * 4} for one <em>pass</em> over one of
 * them, in the least number of passes that the equations allow when nothing stays in a cache between passes. Forwards 3: addressing reads
 * {@code M}, because a softmax needs all similarities before the first weight; reading and writing share a pass that reads {@code M} and
 * writes the new one. Backwards 5: the derivatives of reading and writing read {@code M} and {@code dM}; those of addressing, which need all
 * of the derivatives by the weightings first, read {@code M} and {@code dM} again and write {@code dM}. Operations that run one after the
 * other make {@value #SEPARATE_PASSES} instead: forwards 4 (reading and writing each read {@code M}), backwards 9 (writing, reading and
 * addressing each read {@code M} and {@code dM} and write {@code dM}). Weightings and all else are not counted.
 *
 * @param rows rows of the memory
 * @param width floats in a row
 * @param steps steps of a sequence
 * @param forwardUs microseconds of a step forwards, the median
 * @param backwardUs microseconds of a step backwards, with the weight derivatives
 * @param spread largest over smallest of the repeats
 * @param recordedBytes bytes of values and derivatives that the tape keeps for a step
 * @param bandwidthGbs the bandwidth of the level that the recording lives in
 */
public record MemoryFigure(
        int rows,
        int width,
        int steps,
        double forwardUs,
        double backwardUs,
        double spread,
        double recordedBytes,
        double bandwidthGbs) {
    /** The least passes over the memory and its derivative forwards. */
    public static final int FORWARD_PASSES = 3;

    /** The least passes backwards. */
    public static final int BACKWARD_PASSES = 5;

    /** The passes of operations that run one after the other, forwards and backwards. */
    public static final int SEPARATE_PASSES = 13;

    /**
     * What has to move in a step.
     *
     * @return bytes of the least passes, forwards and backwards
     */
    public double leastBytes() {
        return passBytes() * (FORWARD_PASSES + BACKWARD_PASSES);
    }

    /**
     * What moves in a step whose operations run one after the other.
     *
     * @return bytes of their passes, forwards and backwards
     */
    public double separateBytes() {
        return passBytes() * SEPARATE_PASSES;
    }

    private double passBytes() {
        return (double) rows * width * Float.BYTES;
    }

    /**
     * The speed at which the least bytes move.
     *
     * @return billions of bytes in a second
     */
    public double gigabytesPerSecond() {
        return leastBytes() / (forwardUs + backwardUs) / 1e3;
    }

    /**
     * The part of the bandwidth that the least bytes take up.
     *
     * @return from 0 to 1
     */
    public double shareOfBandwidth() {
        return gigabytesPerSecond() / bandwidthGbs;
    }

    /**
     * The same for the bytes of operations that run one after the other.
     *
     * @return from 0 to 1, above it when operations share passes
     */
    public double shareOfBandwidthSeparate() {
        return separateBytes() / (forwardUs + backwardUs) / 1e3 / bandwidthGbs;
    }
}
