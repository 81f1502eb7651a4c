package io.github.ntm4j.engine.kernel;

/**
 * Reading and writing a memory {@code [width][rows]} of one sequence (Graves et al. 2014, sections 3.1 and 3.2) by all its heads.
 * {@code memoryStride} floats lie between the lines of a memory and of its gradient. Weightings are rows of {@code rows} floats, padded, with
 * {@code weightingStride} floats between the heads; vectors of {@code width} floats have strides of their own. Loops run over the rows; sums
 * over the rows are {@link Summation the fixed tree}, sums over width or heads are chains of fused multiply-adds in their order.
 */
public interface MemoryKernels {
    /**
     * {@code read[h][m] = sum over n of weighting[h][n] memory[m][n]}; overwrites.
     *
     * @param memory holds the memory {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param heads number of heads
     * @param weighting holds the weightings {@code [heads][rows]}
     * @param weightingAt offset of the first
     * @param weightingStride floats from one head's to the next one's
     * @param read takes the vectors that are read, {@code [heads][width]}
     * @param readAt offset of the first
     * @param readStride floats from one head's to the next one's
     */
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
     *
     * @param dRead holds the derivatives by the vectors that were read, {@code [heads][width]}
     * @param dReadAt offset of the first
     * @param dReadStride floats from one head's to the next one's
     * @param weighting holds the weightings {@code [heads][rows]}
     * @param weightingAt offset of the first
     * @param weightingStride floats from one head's to the next one's
     * @param heads number of heads
     * @param memory holds the memory {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param dMemory takes the derivatives by the memory; added to
     * @param dMemoryAt offset of its first line
     * @param dWeighting takes the derivatives by the weightings; added to
     * @param dWeightingAt offset of the first
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
     *
     * @param memory holds the memory before, {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param heads number of heads
     * @param weighting holds the weightings {@code [heads][rows]}
     * @param weightingAt offset of the first
     * @param weightingStride floats from one head's to the next one's
     * @param erase holds what the heads erase, {@code [heads][width]}, 0 to 1
     * @param eraseAt offset of the first
     * @param eraseStride floats from one head's to the next one's
     * @param add holds what the heads add, {@code [heads][width]}
     * @param addAt offset of the first
     * @param addStride floats from one head's to the next one's
     * @param y takes the memory after the last head; overwritten
     * @param yAt offset of its first line
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
     *
     * @param memory holds the memory before, {@code [width][rows]}
     * @param memoryAt offset of its first line
     * @param memoryStride floats from one line of it to the next
     * @param width floats in a word of the memory: its lines
     * @param rows words in the memory: floats in a line without its padding
     * @param heads number of heads
     * @param weighting holds the weightings {@code [heads][rows]}
     * @param weightingAt offset of the first
     * @param weightingStride floats from one head's to the next one's
     * @param erase holds what the heads erase, {@code [heads][width]}, 0 to 1
     * @param eraseAt offset of the first
     * @param eraseStride floats from one head's to the next one's
     * @param add holds what the heads add, {@code [heads][width]}
     * @param addAt offset of the first
     * @param addStride floats from one head's to the next one's
     * @param dMemory holds the derivatives by y, takes those by the memory
     * @param dMemoryAt offset of its first line
     * @param dWeighting takes the derivatives by the weightings; added to
     * @param dWeightingAt offset of the first
     * @param dErase takes the derivatives by what is erased; added to
     * @param dEraseAt offset of the first
     * @param dAdd takes the derivatives by what is added; added to
     * @param dAddAt offset of the first
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
