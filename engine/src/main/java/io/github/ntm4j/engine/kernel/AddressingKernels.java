package io.github.ntm4j.engine.kernel;

/**
 * The addressing of Graves et al. 2014, section 3.3, of one sequence. Weightings are rows of {@code rows}
 * floats, padded; the memory is {@code [width][rows]} with {@code stride} floats between its lines, so that all loops run
 * over the rows. Sums over the rows are {@link Summation the fixed tree}.
 */
public interface AddressingKernels {
    /** Squared norms below this count as this: the cosine of a zero row is zero and its gradient finite. */
    float SMALLEST_SQUARED_NORM = 1e-16f;

    /** One over the smallest norm: where an inverse norm reaches it, the norm was clamped. */
    float LARGEST_INVERSE_NORM = 1f / (float) Math.sqrt(SMALLEST_SQUARED_NORM);

    /** Weights below this count as this under the logarithm of sharpening. */
    float SMALLEST_WEIGHT = 0x1p-120f;

    /**
     * In a softmax, what is below e to this of the largest, 2^-64, counts as zero. Such a weight changes nothing, but its products with
     * derivatives are subnormal numbers, for which many processors take a hundred times as long: a machine that had learned to point at rows
     * took nearly twice as long for a step as at the start of its training.
     */
    float LEAST_EXPONENT = -44.36142f;

    /** {@code inverseNorm[n] = 1 / |memory[.][n]|}, over the padded row. */
    void inverseNorms(float[] memory, int memoryAt, int stride, int width, int rows, float[] inverseNorm, int inverseNormAt);

    /**
     * Cosines of a key with the rows from their products, in place: {@code similarity[n] = (similarity[n] * inverseNorm[n]) * inverseKeyNorm};
     * then {@code w = softmax(strength * similarity)}. The padding of w becomes zero.
     */
    void contentWeighting(
            float strength,
            float inverseKeyNorm,
            float[] inverseNorm,
            int inverseNormAt,
            int rows,
            float[] similarity,
            int similarityAt,
            float[] w,
            int wAt);

    /**
     * The gradient of a cosine by the product of key and row, and by the norm of the row. Overwrites
     * {@code dProduct[n] = dSimilarity[n] inverseNorm[n] inverseKeyNorm}; accumulates
     * {@code shrink[n] += dSimilarity[n] similarity[n] inverseNorm[n]^2}, or zero where the norm was clamped; returns
     * {@code sum dSimilarity[n] similarity[n]}. dProduct may be dSimilarity.
     */
    float cosineBackward(
            float inverseKeyNorm,
            float[] inverseNorm,
            int inverseNormAt,
            float[] similarity,
            int similarityAt,
            float[] dSimilarity,
            int dSimilarityAt,
            int rows,
            float[] dProduct,
            int dProductAt,
            float[] shrink,
            int shrinkAt);

    /** {@code dMemory[m][n] -= shrink[n] memory[m][n]}: the gradient by the memory through the norms of its rows. */
    void shrink(
            float[] shrink, int shrinkAt, float[] memory, int memoryAt, int stride, int width, int rows, float[] dMemory, int dMemoryAt);

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
