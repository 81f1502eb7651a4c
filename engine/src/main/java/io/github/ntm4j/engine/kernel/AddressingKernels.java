package io.github.ntm4j.engine.kernel;

/**
 * Softmax over the rows, and the addressing by location of Graves et al. 2014, eq. 7 to 9, of one head of one sequence. Weightings are rows
 * of {@code rows} floats, padded. Sums over the rows are {@link Summation the fixed tree}. {@link ContentKernels} address by content.
 */
public interface AddressingKernels {
    /** Weights below this count as this under the logarithm of sharpening. */
    float SMALLEST_WEIGHT = 0x1p-120f;

    /**
     * In a softmax, what is below e to this of the largest, 2^-64, counts as zero. Such a weight changes nothing, but its products with
     * derivatives are subnormal numbers, for which many processors take a hundred times as long: a machine that had learned to point at rows
     * took nearly twice as long for a step as at the start of its training.
     */
    float LEAST_EXPONENT = -44.36142f;

    /**
     * {@code w = softmax(scale * x)} over {@code rows} floats, cut at {@link #LEAST_EXPONENT}; the padding of w becomes zero.
     *
     * @param scale the factor of every x
     * @param x holds the row
     * @param xAt offset of its first float
     * @param rows floats in a row without its padding
     * @param w takes the weighting
     * @param wAt offset of its first float
     */
    void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt);

    /**
     * The gradient of {@link #softmax}: with {@code dz[n] = w[n] (dw[n] - sum w dw)}, overwrites {@code dx[n] = scale * dz[n]}
     * (padding zero where that of w is) and returns the derivative by the scale, {@code sum dz[n] x[n]}. The dz add up to zero but for
     * rounding, which a large x would magnify: so the sum is taken as {@code sum dz[n] (x[n] - c)} around the centre
     * {@code c = sum w[n] x[n]}. Where {@code w[n]} is zero, x must be finite.
     *
     * @param scale the factor of every x
     * @param x holds the row
     * @param xAt offset of its first float
     * @param w holds the weighting
     * @param wAt offset of its first float
     * @param dw holds the derivatives by w
     * @param dwAt offset of the first
     * @param rows floats in a row without its padding
     * @param dx takes the derivatives by x
     * @param dxAt offset of the first
     * @return the derivative by the scale
     */
    float softmaxBackward(float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt);

    /**
     * {@code y[n] = gate * content[n] + (1 - gate) * previous[n]} over a padded row.
     *
     * @param gate the share of the content weighting, 0 to 1
     * @param content holds the weighting by content
     * @param contentAt offset of its first float
     * @param previous holds the weighting of the step before
     * @param previousAt offset of its first float
     * @param rows floats in a row without its padding
     * @param y takes the result; overwritten
     * @param yAt offset of its first float
     */
    void interpolate(
            float gate, float[] content, int contentAt, float[] previous, int previousAt, int rows, float[] y, int yAt);

    /**
     * The gradient of {@link #interpolate}: accumulates {@code dContent += gate dy} and {@code dPrevious += (1 - gate) dy};
     * returns {@code sum dy (content - previous)}, the derivative by the gate.
     *
     * @param gate the share of the content weighting, 0 to 1
     * @param content holds the weighting by content
     * @param contentAt offset of its first float
     * @param previous holds the weighting of the step before
     * @param previousAt offset of its first float
     * @param rows floats in a row without its padding
     * @param dy holds the derivatives by y
     * @param dyAt offset of the first
     * @param dContent takes the derivatives by the content weighting; added to
     * @param dContentAt offset of the first
     * @param dPrevious takes the derivatives by the previous weighting; added to
     * @param dPreviousAt offset of the first
     * @return the derivative by the gate
     */
    float interpolateBackward(
            float gate,
            float[] content,
            int contentAt,
            float[] previous,
            int previousAt,
            int rows,
            float[] dy,
            int dyAt,
            float[] dContent,
            int dContentAt,
            float[] dPrevious,
            int dPreviousAt);

    /**
     * Weighted sum of displaced rows: {@code y[n] = sum over j of s[j] * x[n + first + j * step]}, for
     * {@code n} over the padded row, {@code step} being +1 or -1. The caller provides a halo around x.
     *
     * @param s holds the weights of the sum
     * @param sAt offset of the first
     * @param taps how many weights there are: rows in the sum
     * @param x holds the row and its halo on both sides
     * @param xAt offset of its first float
     * @param first displacement of the first row
     * @param step +1 or -1: from one displacement to the next
     * @param rows floats in a row without its padding
     * @param y takes the result; overwritten
     * @param yAt offset of its first float
     */
    void correlate(float[] s, int sAt, int taps, float[] x, int xAt, int first, int step, int rows, float[] y, int yAt);

    /**
     * {@code sum over n of x[xAt + n] * y[yAt + n]} over the padded row.
     *
     * @param x holds one row
     * @param xAt offset of its first float
     * @param y holds the other row
     * @param yAt offset of its first float
     * @param rows floats in a row without its padding
     * @return the sum
     */
    float dot(float[] x, int xAt, float[] y, int yAt, int rows);

    /**
     * {@code y[n] = log(max(x[n], SMALLEST_WEIGHT))} over the padded row.
     *
     * @param x holds the row
     * @param xAt offset of its first float
     * @param rows floats in a row without its padding
     * @param y takes the result; overwritten
     * @param yAt offset of its first float
     */
    void flooredLog(float[] x, int xAt, int rows, float[] y, int yAt);

    /**
     * The gradient of sharpening, {@code w = softmax(sharpening * l)} with {@code l = log(max(s, SMALLEST_WEIGHT))}, by s: overwrites
     * {@code ds[n] = sharpening * w[n] / s[n] * (dw[n] - sum w dw)}, zero in the padding; returns the derivative by the sharpening,
     * {@code sum w[n] (dw[n] - sum w dw) (l[n] - sum w l)}. The quotient {@code w / s = e^((sharpening - 1) l - largest of sharpening l) * largest of w}
     * is of order one where both are tiny, or counted as zero: so it is computed as that.
     *
     * @param sharpening above 0
     * @param logarithm holds l
     * @param logarithmAt offset of its first float
     * @param w holds the weighting
     * @param wAt offset of its first float
     * @param dw holds the derivatives by w
     * @param dwAt offset of the first
     * @param rows floats in a row without its padding
     * @param ds takes the derivatives by s; overwritten
     * @param dsAt offset of the first
     * @return the derivative by the sharpening
     */
    float sharpenBackward(
            float sharpening,
            float[] logarithm,
            int logarithmAt,
            float[] w,
            int wAt,
            float[] dw,
            int dwAt,
            int rows,
            float[] ds,
            int dsAt);
}
