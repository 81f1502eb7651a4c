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
     */
    void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt);

    /**
     * The gradient of {@link #softmax}: with {@code dz[n] = w[n] (dw[n] - sum w dw)}, overwrites {@code dx[n] = scale * dz[n]}
     * (padding zero where that of w is) and returns the derivative by the scale, {@code sum dz[n] x[n]}. The dz add up to zero but for
     * rounding, which a large x would magnify: so the sum is taken as {@code sum dz[n] (x[n] - c)} around the centre
     * {@code c = sum w[n] x[n]}. Where {@code w[n]} is zero, x must be finite.
     */
    float softmaxBackward(float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt);

    /** {@code y[n] = gate * content[n] + (1 - gate) * previous[n]} over a padded row. */
    void interpolate(
            float gate, float[] content, int contentAt, float[] previous, int previousAt, int rows, float[] y, int yAt);

    /**
     * The gradient of {@link #interpolate}: accumulates {@code dContent += gate dy} and {@code dPrevious += (1 - gate) dy};
     * returns {@code sum dy (content - previous)}, the derivative by the gate.
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
     */
    void correlate(float[] s, int sAt, int taps, float[] x, int xAt, int first, int step, int rows, float[] y, int yAt);

    /** {@code sum over n of x[xAt + n] * y[yAt + n]} over the padded row. */
    float dot(float[] x, int xAt, float[] y, int yAt, int rows);

    /** {@code y[n] = log(max(x[n], SMALLEST_WEIGHT))} over the padded row. */
    void flooredLog(float[] x, int xAt, int rows, float[] y, int yAt);

    /**
     * The gradient of sharpening, {@code w = softmax(sharpening * l)} with {@code l = log(max(s, SMALLEST_WEIGHT))}, by s: overwrites
     * {@code ds[n] = sharpening * w[n] / s[n] * (dw[n] - sum w dw)}, zero in the padding; returns the derivative by the sharpening,
     * {@code sum w[n] (dw[n] - sum w dw) (l[n] - sum w l)}. The quotient {@code w / s = e^((sharpening - 1) l - largest of sharpening l) * largest of w}
     * is of order one where both are tiny, or counted as zero: so it is computed as that.
     *
     * @param sharpening above 0
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
