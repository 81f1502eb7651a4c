package io.github.ntm4j.engine.kernel;

/**
 * Matrix products on panels. A panel matrix {@code [depth][columns]} is stored as
 * {@code [columns / 16][depth][16]}: the order in which the kernels read it. Outputs lie in the lanes and every output is one
 * chain of fused multiply-adds over the depth, so a product has the same bits for any lane width and any number of rows.
 */
public interface MatrixKernels {
    /**
     * C = A B: {@code c[r][j] = sum over k of a[r][k] * panels[k][j]}, summed in the order of k from zero; overwrites C.
     *
     * @param a rows of the left factor
     * @param aAt offset of its first row
     * @param aStride floats between its rows
     * @param rows number of rows of A and C
     * @param depth number of columns of A and rows of B
     * @param panels the right factor as panels
     * @param panelsAt offset of the first panel
     * @param panelCount number of panels: C has {@code 16 * panelCount} columns
     * @param c rows of the product
     * @param cAt offset of its first row
     * @param cStride floats between its rows
     */
    void multiply(
            float[] a,
            int aAt,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panelsAt,
            int panelCount,
            float[] c,
            int cAt,
            int cStride);

    /**
     * G += Xᵀ D, the gradient of a linear map over many rows at once:
     * {@code gradient[k][j] += sum over r of x[xAt[r] + k] * d[dAt[r] + j]}, summed in the order of r.
     *
     * @param x holds the input rows
     * @param xAt offset of every input row
     * @param d holds the output gradients
     * @param dAt offset of every row of output gradients
     * @param rows number of rows
     * @param depth number of inputs
     * @param gradient panels {@code [panelCount][depth][16]}, accumulated
     * @param gradientAt offset of the first panel
     * @param panelCount number of panels
     */
    void accumulateGradient(
            float[] x,
            int[] xAt,
            float[] d,
            int[] dAt,
            int rows,
            int depth,
            float[] gradient,
            int gradientAt,
            int panelCount);
}
