package io.github.ntm4j.engine.kernel;

/**
 * The content addressing of Graves et al. 2014, eq. 5 and 6, of one sequence by some heads: cosines of their keys with the rows of a memory
 * {@code [width][rows]} with {@code memoryStride} floats between its lines. Rows of {@code rows} floats, one for each head, are padded and
 * have strides of their own, and so have the keys of {@code width} floats. Loops run over the rows; sums over the rows are {@link Summation
 * the fixed tree}, sums over width or heads are chains of fused multiply-adds in their order.
 */
public interface ContentKernels {
    /** Squared norms below this count as this: the cosine of a zero row is zero and its gradient finite. */
    float SMALLEST_SQUARED_NORM = 1e-16f;

    /** One over the smallest norm: where an inverse norm reaches it, the norm was clamped. */
    float LARGEST_INVERSE_NORM = 1f / (float) Math.sqrt(SMALLEST_SQUARED_NORM);

    /**
     * {@code inverseNorm[n] = 1 / |memory[.][n]|} and
     * {@code cosine[h][n] = ((sum over m of key[h][m] memory[m][n]) * inverseNorm[n]) * inverseKeyNorm[h]}; overwrites both, over the padded
     * rows.
     *
     * @param key holds the keys {@code [heads][width]}
     * @param keyAt offset of the first
     * @param keyStride floats from one head's to the next one's
     * @param inverseKeyNorm holds one over the norm of each key, {@code [heads]}
     * @param inverseKeyNormAt offset of the first
     * @param heads number of heads
     * @param memory holds the memory {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param inverseNorm takes one over the norm of each word, {@code [rows]}; overwritten
     * @param inverseNormAt offset of the first
     * @param cosine takes the cosines {@code [heads][rows]}; overwritten
     * @param cosineAt offset of the first
     * @param cosineStride floats from one head's to the next one's
     */
    void cosines(
            float[] key,
            int keyAt,
            int keyStride,
            float[] inverseKeyNorm,
            int inverseKeyNormAt,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] inverseNorm,
            int inverseNormAt,
            float[] cosine,
            int cosineAt,
            int cosineStride);

    /**
     * The gradient of a head's cosines by the products of key and rows, and by the norms of the rows. Overwrites
     * {@code dProduct[n] = dCosine[n] inverseNorm[n] inverseKeyNorm}; accumulates
     * {@code shrink[n] += dCosine[n] cosine[n] inverseNorm[n]^2}, or zero where the norm was clamped; returns
     * {@code sum dCosine[n] cosine[n]}. dProduct may be dCosine.
     *
     * @param inverseKeyNorm one over the norm of the head's key
     * @param inverseNorm holds one over the norm of each word, {@code [rows]}
     * @param inverseNormAt offset of the first
     * @param cosine holds the head's cosines {@code [rows]}
     * @param cosineAt offset of the first
     * @param dCosine holds the derivatives by the cosines, {@code [rows]}
     * @param dCosineAt offset of the first
     * @param rows words in the memory: floats in a line without its padding
     * @param dProduct takes the derivatives by the products of key and words, {@code [rows]}; overwritten
     * @param dProductAt offset of the first
     * @param shrink takes how much of each word its gradient loses by the norm, {@code [rows]}; added to
     * @param shrinkAt offset of the first
     * @return {@code sum dCosine[n] cosine[n]}
     */
    float cosinesBackward(
            float inverseKeyNorm,
            float[] inverseNorm,
            int inverseNormAt,
            float[] cosine,
            int cosineAt,
            float[] dCosine,
            int dCosineAt,
            int rows,
            float[] dProduct,
            int dProductAt,
            float[] shrink,
            int shrinkAt);

    /**
     * The gradient of the products of keys and rows, and of the norms of the rows, by keys and memory: accumulates
     * {@code dKey[h][m] += sum over n of dProduct[h][n] memory[m][n]} and
     * {@code dMemory[m][n] += (sum over h of key[h][m] dProduct[h][n]) - shrink[n] memory[m][n]}, in the order of h and the norms last. The
     * derivatives lie at the same strides as the values.
     *
     * @param key holds the keys {@code [heads][width]}
     * @param keyAt offset of the first
     * @param keyStride floats from one head's to the next one's
     * @param heads number of heads
     * @param dProduct holds the derivatives by the products of keys and words, {@code [heads][rows]}
     * @param dProductAt offset of the first
     * @param dProductStride floats from one head's to the next one's
     * @param shrink holds how much of each word its gradient loses by the norm, {@code [rows]}
     * @param shrinkAt offset of the first
     * @param memory holds the memory {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param dMemory takes the derivatives by the memory; added to
     * @param dMemoryAt offset of its first line
     * @param dKey takes the derivatives by the keys, {@code [heads][width]}; added to
     * @param dKeyAt offset of the first
     */
    void productsBackward(
            float[] key,
            int keyAt,
            int keyStride,
            int heads,
            float[] dProduct,
            int dProductAt,
            int dProductStride,
            float[] shrink,
            int shrinkAt,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] dMemory,
            int dMemoryAt,
            float[] dKey,
            int dKeyAt);
}
