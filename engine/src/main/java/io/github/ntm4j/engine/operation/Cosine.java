package io.github.ntm4j.engine.operation;

/**
 * What keeps the cosine of a key k and a word m finite where one of them is zero: {@code k m / (A B + e)} with
 * {@code A = sqrt(max(k k + s, floor))}, and B alike.
 */
public enum Cosine {
    /** {@code k m / (|k| |m| + 1e-6)}: Csordas and Schmidhuber 2019. Steep where a word is zero, up to |k| 10^6. */
    DENOMINATOR(0f, 0f, 1e-6f),
    /** {@code k m / (sqrt(k k + 1e-6) sqrt(m m + 1e-6) + 1e-6)}: google-deepmind/dnc. */
    NORMS(1e-6f, 0f, 1e-6f),
    /** {@code k m / (|k| |m|)} of Graves et al. 2014 and 2016; squared norms below 1e-16 count as that, since at 0 it is not defined. */
    NONE(0f, 1e-16f, 0f);

    private final float inSquares;
    private final float floor;
    private final float inProduct;

    Cosine(float inSquares, float floor, float inProduct) {
        this.inSquares = inSquares;
        this.floor = floor;
        this.inProduct = inProduct;
    }

    /** Added to the sum of squares. */
    float inSquares() {
        return inSquares;
    }

    /** The least that the sum of squares counts as. */
    float floor() {
        return floor;
    }

    /** Added to the product of the norms. */
    float inProduct() {
        return inProduct;
    }

    float norm(float squares) {
        return (float) Math.sqrt(Math.max(squares + inSquares, floor));
    }

    /** A norm that does not exceed this is at its floor, and has no derivative. */
    float smallestNorm() {
        return (float) Math.sqrt(floor);
    }
}
