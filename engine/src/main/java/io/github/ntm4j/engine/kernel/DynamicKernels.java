package io.github.ntm4j.engine.kernel;

/**
 * What a Differentiable Neural Computer does row by row (Graves et al. 2016), for one sequence. Weightings are padded rows. Sums over the rows are
 * {@link Summation the fixed tree}.
 */
public interface DynamicKernels {
    /**
     * Overwrites {@code retention[n] = product over h of (1 - free[h] read[h][n])}, in the order of the heads, and
     * {@code y[n] = t retention[n]}, where t begins as {@code usage[n]} and becomes {@code fma(write[h][n], 1 - t, t)} for each write head.
     *
     * @param values holds everything
     * @param usageAt offset of the usage before
     * @param writes number of write heads
     * @param writeAt offset of the first one's weighting of the step before
     * @param writeStride floats from one to the next
     * @param reads number of read heads
     * @param freeAt offset of the first one's free gate
     * @param freeStride floats from one to the next
     * @param readAt offset of the first one's weighting of the step before
     * @param readStride floats from one to the next
     * @param rows rows of the memory
     * @param retentionAt offset of the retention
     * @param yAt offset of the usage
     */
    void usage(
            float[] values,
            int usageAt,
            int writes,
            int writeAt,
            int writeStride,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            int rows,
            int retentionAt,
            int yAt);

    /**
     * The gradient of {@link #usage}, from the last head to the first: adds to the derivatives by its operands, which lie in the same way.
     *
     * @param values holds operands and results
     * @param usageAt offset of the usage before
     * @param writes number of write heads
     * @param writeAt offset of the first one's weighting
     * @param writeStride floats from one to the next
     * @param reads number of read heads
     * @param freeAt offset of the first one's free gate
     * @param freeStride floats from one to the next
     * @param readAt offset of the first one's weighting
     * @param readStride floats from one to the next
     * @param rows rows of the memory
     * @param retentionAt offset of the retention
     * @param gradients holds all derivatives
     * @param dRetentionAt offset of those by the retention
     * @param dyAt offset of those by the new usage
     * @param dUsageAt offset of those by the usage before; added to
     * @param throughWrites whether derivatives go to the write weightings
     * @param dWriteAt offset of those by the first write weighting; added to
     * @param dFreeAt offset of those by the first free gate; added to
     * @param dReadAt offset of those by the first read weighting; added to
     */
    void usageBackward(
            float[] values,
            int usageAt,
            int writes,
            int writeAt,
            int writeStride,
            int reads,
            int freeAt,
            int freeStride,
            int readAt,
            int readStride,
            int rows,
            int retentionAt,
            float[] gradients,
            int dRetentionAt,
            int dyAt,
            int dUsageAt,
            boolean throughWrites,
            int dWriteAt,
            int dFreeAt,
            int dReadAt);

    /**
     * {@code y[n] = sum over k of share[k] x(k)[n]}, a chain of fused multiply-adds from +0.
     *
     * @param share holds the shares
     * @param shareAt offset of the first
     * @param values holds the rows and takes the result
     * @param at offset of each row
     * @param rows floats in a row
     * @param yAt offset of the result
     */
    void mix(float[] share, int shareAt, float[] values, int[] at, int rows, int yAt);

    /**
     * The gradient of {@link #mix}: accumulates {@code dx(k)[n] += share[k] dy[n]} and {@code dShare[k] += sum over n of dy[n] x(k)[n]}.
     *
     * @param share holds the shares
     * @param shareAt offset of the first
     * @param values holds the rows
     * @param at offset of each row
     * @param rows floats in a row
     * @param gradients holds all derivatives by rows
     * @param dyAt offset of those by the result
     * @param dAt offset of those by each row; added to
     * @param dShare takes the derivatives by the shares; added to
     * @param dShareAt offset of the first
     */
    void mixBackward(
            float[] share,
            int shareAt,
            float[] values,
            int[] at,
            int rows,
            float[] gradients,
            int dyAt,
            int[] dAt,
            float[] dShare,
            int dShareAt);

    /**
     * {@code y[n] = (1 - sum of write) precedence[n] + write[n]}.
     *
     * @param values holds everything
     * @param precedenceAt offset of the precedence before
     * @param writeAt offset of the write weighting
     * @param rows rows of the memory
     * @param yAt offset of the result
     */
    void precedence(float[] values, int precedenceAt, int writeAt, int rows, int yAt);

    /**
     * The gradient of {@link #precedence}: accumulates {@code dPrecedence[n] += (1 - sum of write) dy[n]} and
     * {@code dWrite[n] += dy[n] - sum over i of dy[i] precedence[i]}.
     *
     * @param values holds the operands
     * @param precedenceAt offset of the precedence before
     * @param writeAt offset of the write weighting
     * @param rows rows of the memory
     * @param gradients holds all derivatives
     * @param dyAt offset of those by the result
     * @param dPrecedenceAt offset of those by the precedence before; added to
     * @param dWriteAt offset of those by the write weighting; added to
     */
    void precedenceBackward(
            float[] values,
            int precedenceAt,
            int writeAt,
            int rows,
            float[] gradients,
            int dyAt,
            int dPrecedenceAt,
            int dWriteAt);

    /**
     * {@code y[m][n] = memory[m][n] retention[n]} for a memory {@code [width][rows]}.
     *
     * @param values holds memory and retention
     * @param memoryAt offset of the memory
     * @param stride floats from one line to the next, also of the result
     * @param width lines of the memory
     * @param rows floats in a line
     * @param retentionAt offset of the retention
     * @param y takes the result; may be values, and the memory itself
     * @param yAt offset of its first line
     */
    void retain(float[] values, int memoryAt, int stride, int width, int rows, int retentionAt, float[] y, int yAt);

    /**
     * The gradient of {@link #retain}: accumulates {@code dRetention[n] += sum over m of d[m][n] memory[m][n]}, a chain, and turns
     * {@code d[m][n] *= retention[n]} in place.
     *
     * @param values holds memory and retention
     * @param memoryAt offset of the memory
     * @param stride floats from one line to the next
     * @param width lines of the memory
     * @param rows floats in a line
     * @param retentionAt offset of the retention
     * @param gradients holds all derivatives
     * @param dMemoryAt offset of those by the result, which become those by the memory
     * @param dRetentionAt offset of those by the retention; added to
     */
    void retainBackward(
            float[] values,
            int memoryAt,
            int stride,
            int width,
            int rows,
            int retentionAt,
            float[] gradients,
            int dMemoryAt,
            int dRetentionAt);

    /**
     * {@code y[n] = log(max(x[n] + plus, AddressingKernels.SMALLEST_WEIGHT))}.
     *
     * @param values holds everything
     * @param xAt offset of the row
     * @param plus added to every element
     * @param rows floats in the row
     * @param yAt offset of the result
     */
    void shiftedLog(float[] values, int xAt, float plus, int rows, int yAt);

    /**
     * The gradient of {@link #shiftedLog} where nothing is below the smallest weight: accumulates {@code dx[n] += dy[n] / (x[n] + plus)}.
     *
     * @param values holds the row
     * @param xAt offset of the row
     * @param plus added to every element, above 0
     * @param rows floats in the row
     * @param dy holds the derivatives by the result
     * @param dyAt offset of the first
     * @param gradients takes the derivatives by the row; added to
     * @param dxAt offset of the first
     */
    void shiftedLogBackward(float[] values, int xAt, float plus, int rows, float[] dy, int dyAt, float[] gradients, int dxAt);
}
