package io.github.ntm4j.engine.kernel;

/**
 * The project's fixed order of summation, which makes sums independent of the width of vectors. A sum over a row uses
 * 16 partial sums, all from +0: element n is added (or multiplied and added, by fma) to partial n mod 16, in the order
 * of n; at the end {@link #tree} adds the partials up.
 */
public final class Summation {
    private Summation() {}

    /**
     * The sum of 16 partial sums p: {@code p[l] += p[l+8]} for l below 8, {@code p[l] += p[l+4]} for l below 4,
     * {@code p[l] += p[l+2]} for l below 2, and {@code p[0] + p[1]}.
     *
     * @param partials holds the 16 partial sums; it is not changed
     * @param offset index of the first partial sum
     * @return their sum
     */
    public static float tree(float[] partials, int offset) {
        float sum04 = quarter(partials, offset);
        float sum15 = quarter(partials, offset + 1);
        float sum26 = quarter(partials, offset + 2);
        float sum37 = quarter(partials, offset + 3);
        return (sum04 + sum26) + (sum15 + sum37);
    }

    /** Every fourth of the partial sums, from the one at the offset. */
    private static float quarter(float[] partials, int at) {
        return (partials[at] + partials[at + 8]) + (partials[at + 4] + partials[at + 12]);
    }

    /**
     * The largest of some floats, by {@link Math#max}: NaN if one is NaN, and +0 is larger than -0. It is exact, so the
     * order does not matter.
     *
     * @param x holds the floats
     * @param offset index of the first
     * @param length how many
     * @return the largest, minus infinity if there is none
     */
    public static float max(float[] x, int offset, int length) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int n = offset; n < offset + length; n++) {
            largest = Math.max(largest, x[n]);
        }
        return largest;
    }
}
