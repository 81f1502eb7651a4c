package io.github.ntm4j.engine.kernel;

/**
 * Matrix products on panels. A panel matrix {@code [depth][columns]} is stored as
 * {@code [columns / 16][depth][16]}: the order in which the kernels read it. Outputs lie in the lanes and every output is one
 * chain of fused multiply-adds over the depth ({@link #multiplyTransposed} excepted), so a product has the same bits for any lane width and
 * any number of rows.
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
     * C = A Bᵀ: {@code c[r][k] = sum over j of a[r][j] * panels[from + k][j]} for {@code count} rows of B from {@code from} on; overwrites C.
     * The sum over the columns is {@link Summation the fixed tree}. It reads the panels of {@link #multiply} as they are: for few rows, where
     * a transposed copy of B would not pay.
     *
     * @param a rows of the left factor, {@code 16 * panelCount} columns
     * @param aAt offset of its first row
     * @param aStride floats between its rows
     * @param rows number of rows of A and C
     * @param panels the right factor as panels
     * @param panelsAt offset of the first panel
     * @param panelCount number of panels
     * @param depth rows of B
     * @param from first row of B that counts
     * @param count how many rows of B count: C has as many columns
     * @param c rows of the product
     * @param cAt offset of its first row
     * @param cStride floats between its rows
     */
    void multiplyTransposed(
            float[] a,
            int aAt,
            int aStride,
            int rows,
            float[] panels,
            int panelsAt,
            int panelCount,
            int depth,
            int from,
            int count,
            float[] c,
            int cAt,
            int cStride);

    /**
     * G = Xᵀ D, or G += Xᵀ D, the gradient of a linear map over many rows at once:
     * {@code gradient[k][j] = sum over r of x[xAt[r] + k] * d[dAt[r] + j]}, summed in the order of r from zero or from what is there.
     *
     * @param add whether the sums go on from what is there
     * @param x holds the input rows
     * @param xAt offset of every input row
     * @param d holds the output gradients
     * @param dAt offset of every row of output gradients
     * @param rows number of rows
     * @param depth number of inputs
     * @param gradient panels {@code [panelCount][depth][16]}
     * @param gradientAt offset of the first panel
     * @param panelCount number of panels
     */
    void gradient(
            boolean add,
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
