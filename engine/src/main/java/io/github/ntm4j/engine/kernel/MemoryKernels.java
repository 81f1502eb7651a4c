package io.github.ntm4j.engine.kernel;

/**
 * Reading and writing a memory {@code [width][rows]} of one sequence (Graves et al. 2014, sections 3.1 and 3.2) by all its heads.
 * {@code memoryStride} floats lie between the lines of a memory and of its gradient. Weightings are rows of {@code rows} floats, padded, with
 * {@code weightingStride} floats between the heads; vectors of {@code width} floats have strides of their own. Loops run over the rows; sums
 * over the rows are {@link Summation the fixed tree}, sums over width or heads are chains of fused multiply-adds in their order.
 */
public interface MemoryKernels {
    /** {@code read[h][m] = sum over n of weighting[h][n] memory[m][n]}; overwrites. */
    void read(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] read,
            int readAt,
            int readStride);

    /**
     * The gradient of {@link #read}: accumulates {@code dWeighting[h][n] += sum over m of dRead[h][m] memory[m][n]}, in the order of m, and
     * {@code dMemory[m][n] += sum over h of dRead[h][m] weighting[h][n]}, in the order of h. The derivatives lie at the same strides as the
     * values.
     */
    void readBackward(
            float[] dRead,
            int dReadAt,
            int dReadStride,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            int heads,
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt);

    /**
     * One head after the other writes: {@code y[m][n] = memory[m][n] (1 - weighting[h][n] erase[h][m]) + weighting[h][n] add[h][m]}, the
     * next head on what this one wrote; overwrites y, which must not be the memory.
     */
    void eraseAdd(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] y,
            int yAt);

    /**
     * The gradient of {@link #eraseAdd}, in place: {@code dMemory} holds the derivative by y and becomes the derivative by the memory; for
     * each head, the last one first, {@code dMemory[m][n] *= 1 - weighting[n] erase[m]}. Accumulates, with dy the content before and c what
     * the head found in the memory, {@code dWeighting[n] += sum over m of dy[m][n] (add[m] - erase[m] c[m][n])},
     * {@code dErase[m] -= sum over n of weighting[n] dy[m][n] c[m][n]} and {@code dAdd[m] += sum over n of weighting[n] dy[m][n]}. The
     * derivatives lie at the same strides as the values.
     */
    void eraseAddBackward(
            float[] memory,
            int memoryAt,
            int memoryStride,
            int width,
            int rows,
            int heads,
            float[] weighting,
            int weightingAt,
            int weightingStride,
            float[] erase,
            int eraseAt,
            int eraseStride,
            float[] add,
            int addAt,
            int addStride,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt);
}
