package io.github.ntm4j.engine.kernel;

/**
 * Reading and writing a memory {@code [width][rows]} of one sequence (Graves et al. 2014, sections 3.1 and 3.2).
 * {@code stride} floats lie between the lines of a memory and of its gradient.
 */
public interface MemoryKernels {
    /** {@code read[m] = sum over n of weighting[n] memory[m][n]}; overwrites {@code width} floats. */
    void read(float[] memory, int memoryAt, int stride, int width, int rows, float[] weighting, int weightingAt, float[] read, int readAt);

    /**
     * Accumulates {@code dMemory[m][n] += dRead[m] weighting[n]} and
     * {@code dWeighting[n] += sum over m of dRead[m] memory[m][n]}.
     */
    void readBackward(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] dRead,
            int dReadAt,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt);

    /**
     * {@code y[m][n] = memory[m][n] (1 - weighting[n] erase[m]) + weighting[n] add[m]}; overwrites y, which must not be the memory.
     */
    void eraseAdd(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            float[] y,
            int yAt);

    /**
     * The gradient of {@link #eraseAdd}, in place: {@code dMemory} holds the derivative by y and becomes the derivative by
     * the memory, {@code dMemory[m][n] *= 1 - weighting[n] erase[m]}. Accumulates, with dy the former content,
     * {@code dWeighting[n] += sum over m of dy[m][n] (add[m] - erase[m] memory[m][n])},
     * {@code dErase[m] -= sum over n of dy[m][n] weighting[n] memory[m][n]} and
     * {@code dAdd[m] += sum over n of dy[m][n] weighting[n]}.
     */
    void eraseAddBackward(
            float[] memory,
            int memoryAt,
            int stride,
            int width,
            int rows,
            float[] weighting,
            int weightingAt,
            float[] erase,
            int eraseAt,
            float[] add,
            int addAt,
            float[] dMemory,
            int dMemoryAt,
            float[] dWeighting,
            int dWeightingAt,
            float[] dErase,
            int dEraseAt,
            float[] dAdd,
            int dAddAt);
}
