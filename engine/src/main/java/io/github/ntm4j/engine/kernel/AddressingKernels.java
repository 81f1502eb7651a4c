package io.github.ntm4j.engine.kernel;

/**
 * The addressing of Graves et al. 2014, section 3.3, for one head and one sequence. Weightings are rows of {@code rows}
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
     * Cosine of a key with each row: {@code similarity[n] = inverseKeyNorm * inverseNorm[n] * sum over m of key[m] memory[m][n]}
     * and {@code inverseNorm[n] = 1 / |memory[.][n]|}. The padding of the results is unspecified.
     *
     * @param key the key, {@code width} floats
     * @param inverseKeyNorm one over its norm
     */
    void similarity(
            float[] key,
            int keyAt,
            float inverseKeyNorm,
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] similarity,
            int similarityAt,
            float[] inverseNorm,
            int inverseNormAt);

    /**
     * {@code w = softmax(scale * x)} over {@code rows} floats; the padding of w becomes zero.
     */
    void softmax(float scale, float[] x, int xAt, int rows, float[] w, int wAt);

    /**
     * The gradient of {@link #softmax}: with {@code dz[n] = w[n] (dw[n] - sum w dw)}, overwrites {@code dx[n] = scale * dz[n]}
     * (padding zero where that of w is) and returns the derivative by the scale, {@code sum dz[n] x[n]}. The dz add up to zero but for
     * rounding, which a large x would magnify: so the sum is taken as {@code sum dz[n] (x[n] - c)} around the centre
     * {@code c = sum w[n] x[n]}. Where {@code w[n]} is zero, x must be finite.
     */
    float softmaxBackward(float scale, float[] x, int xAt, float[] w, int wAt, float[] dw, int dwAt, int rows, float[] dx, int dxAt);

    /**
     * The gradient of {@link #similarity}. Accumulates {@code dMemory[m][n] += p[n] key[m] - q[n] memory[m][n]} and
     * {@code dKey[m] += sum p[n] memory[m][n] - key[m] c}, with {@code p = dSimilarity inverseNorm inverseKeyNorm},
     * {@code q = dSimilarity similarity inverseNorm^2} (zero for a clamped norm) and
     * {@code c = inverseKeyNorm^2 sum dSimilarity similarity} (zero if {@code keyClamped}).
     */
    void similarityBackward(
            float[] key,
            int keyAt,
            float inverseKeyNorm,
            boolean keyClamped,
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] similarity,
            int similarityAt,
            float[] inverseNorm,
            int inverseNormAt,
            float[] dSimilarity,
            int dSimilarityAt,
            float[] dKey,
            int dKeyAt,
            float[] dMemory,
            int dMemoryAt);

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

    /** {@code dx[n] = dy[n] / max(x[n], SMALLEST_WEIGHT)} over the padded row: the gradient of {@link #flooredLog}; overwrites. */
    void flooredLogBackward(float[] x, int xAt, float[] dy, int dyAt, int rows, float[] dx, int dxAt);
}
