package io.github.ntm4j.engine.kernel;

/**
 * Plain arithmetic on {@code [batch][lines][size]} arrays that lie at {@link Place places} of two arenas. No place need have padding; nothing is
 * read or written beside a place in a way that matters.
 */
public interface ArrayKernels {
    /**
     * Evaluates an expression at every element of {@code [batch][lines][size]}. An input of one line counts for all lines, one of one column for
     * all columns.
     *
     * <p>The outputs are taken sequence by sequence, in it line by line, in it one after the other. An output whose place has all lines and
     * columns is stored, or added to what is there. Where it has one line, the lines are added to it, in their order. Where it has one column, the
     * sum of the line is added to it, which is {@link Summation the fixed tree}. So it does not matter for the bits if places overlap.
     *
     * @param expression what to compute
     * @param batch sequences
     * @param lines lines
     * @param size floats in a line
     * @param values an arena
     * @param derivatives another arena
     * @param inputs places of the inputs, lines and size each as given or 1
     * @param outputs places of the outputs, lines and size each as given or, if they are added to, 1
     * @param add whether to add to the outputs, not to overwrite them
     */
    void pointwise(
            Expression expression,
            int batch,
            int lines,
            int size,
            float[] values,
            float[] derivatives,
            Place[] inputs,
            Place[] outputs,
            boolean add);

    /**
     * {@code C = A B} of every sequence: {@code c[i][j] = sum over k of a[i][k] b[k][j]}, a chain of fused multiply-adds in the order of k, from
     * zero or from what is there.
     *
     * @param a {@code [rows][depth]}
     * @param b {@code [depth][columns]}
     * @param c {@code [rows][columns]}
     * @param batch sequences
     * @param values an arena
     * @param derivatives another arena
     * @param add whether to add to C, not to overwrite it
     */
    void multiply(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add);

    /**
     * {@code C = A' B} of every sequence, A' being A transposed: {@code c[i][j] = sum over k of a[k][i] b[k][j]}, summed as in {@link #multiply}.
     *
     * @param a {@code [depth][rows]}
     * @param b {@code [depth][columns]}
     * @param c {@code [rows][columns]}
     * @param batch sequences
     * @param values an arena
     * @param derivatives another arena
     * @param add whether to add to C, not to overwrite it
     */
    void multiplyTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add);

    /**
     * {@code C = A B'} of every sequence, B' being B transposed: {@code c[i][j] = sum over k of a[i][k] b[j][k]}, by {@link Summation the fixed tree}.
     *
     * @param a {@code [rows][depth]}
     * @param b {@code [columns][depth]}
     * @param c {@code [rows][columns]}
     * @param batch sequences
     * @param values an arena
     * @param derivatives another arena
     * @param add whether to add to C, not to overwrite it
     */
    void multiplyByTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add);
}
