package io.github.ntm4j.engine.kernel;

/**
 * Cosines {@code K = k m / (A B + e)} with the norms {@code A = sqrt(max(k k + s, floor))} of a key and B of a word of the memory, of one sequence: with
 * constants s and e that keep them finite where a norm is zero, and with keys and words multiplied by a mask of the head. The memory is
 * {@code [width][rows]}; loops run over the rows. Sums over the rows are {@link Summation the fixed tree}, sums over the width chains of fused
 * multiply-adds.
 */
public interface SimilarityKernels {
    /**
     * Overwrites {@code norm[n] = sqrt(max(s + sum over m of memory[m][n]^2, floor))}, where s is added last, and
     * {@code cosine[h][n] = (sum over m of key[h][m] memory[m][n]) / fma(keyNorm[h], norm[n], e)}, over the padded rows.
     *
     * @param values holds everything
     * @param keyAt offset of the first head's key
     * @param keyStride floats from one head's to the next one's
     * @param keyNormAt offset of the norms of the keys, {@code [heads]}
     * @param heads number of heads
     * @param memoryAt offset of the memory
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word: lines of the memory
     * @param rows words in the memory
     * @param s added to the squares
     * @param floor the least that they count as
     * @param e added to the product of the norms
     * @param normAt offset of the norms
     * @param cosineAt offset of the first head's cosines
     * @param cosineStride floats from one head's to the next one's
     */
    void similarities(
            float[] values,
            int keyAt,
            int keyStride,
            int keyNormAt,
            int heads,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float s,
            float floor,
            float e,
            int normAt,
            int cosineAt,
            int cosineStride);

    /**
     * {@link #similarities} of one head that looks at the words through a mask: with {@code c = mask[m] memory[m][n]} in place of the memory.
     *
     * @param values holds everything
     * @param keyAt offset of the key, which is masked already
     * @param maskAt offset of the mask, {@code [width]}
     * @param keyNorm the norm of the key
     * @param memoryAt offset of the memory
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word: lines of the memory
     * @param rows words in the memory
     * @param s added to the squares
     * @param floor the least that they count as
     * @param e added to the product of the norms
     * @param normAt offset of the norms
     * @param cosineAt offset of the cosines
     */
    void maskedSimilarities(
            float[] values,
            int keyAt,
            int maskAt,
            float keyNorm,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float s,
            float floor,
            float e,
            int normAt,
            int cosineAt);

    /**
     * The gradient of a head's cosines by products and norms. With {@code q[n] = dCosine[n] / fma(keyNorm, norm[n], e)} and {@code t[n] = q[n] cosine[n]}:
     * puts q in place of dCosine; accumulates {@code shrink[n] += t[n] keyNorm / norm[n]}, nothing where the norm is not above the smallest;
     * returns {@code sum t[n] norm[n]}, what the head loses when the norm of its key grows.
     *
     * @param keyNorm the norm of the head's key
     * @param e added to the product of the norms
     * @param smallest a norm that does not exceed this is at its floor
     * @param values holds norms and cosines
     * @param normAt offset of the norms
     * @param cosineAt offset of the cosines
     * @param rows words in the memory
     * @param derivatives holds dCosine and shrink
     * @param dCosineAt offset of the derivatives by the cosines; overwritten by those by the products
     * @param shrinkAt offset of how much of each word its gradient loses by the norm; added to
     * @return the sum
     */
    float similaritiesBackward(
            float keyNorm,
            float e,
            float smallest,
            float[] values,
            int normAt,
            int cosineAt,
            int rows,
            float[] derivatives,
            int dCosineAt,
            int shrinkAt);

    /**
     * The gradient of a head's masked products and norms. With {@code c = mask[m] memory[m][n]} and
     * {@code d = key[m] dProduct[n] - shrink[n] c}: accumulates {@code dMemory[m][n] += mask[m] d}, overwrites
     * {@code dKey[m] = sum over n of dProduct[n] c} and {@code dMask[m] = sum over n of d memory[m][n]}.
     *
     * @param values holds the operands
     * @param keyAt offset of the key, which is masked already
     * @param maskAt offset of the mask, {@code [width]}
     * @param memoryAt offset of the memory
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word: lines of the memory
     * @param rows words in the memory
     * @param derivatives holds dProduct, shrink, dKey and dMask
     * @param dProductAt offset of the derivatives by the products
     * @param shrinkAt offset of how much of each word its gradient loses by the norm
     * @param dKeyAt offset of the derivatives by the masked key
     * @param dMaskAt offset of the derivatives by the mask, as far as they come from the words
     * @param dMemory takes the derivatives by the memory; added to
     * @param dMemoryAt offset of its first line
     */
    void maskedProductsBackward(
            float[] values,
            int keyAt,
            int maskAt,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] derivatives,
            int dProductAt,
            int shrinkAt,
            int dKeyAt,
            int dMaskAt,
            float[] dMemory,
            int dMemoryAt);
}
