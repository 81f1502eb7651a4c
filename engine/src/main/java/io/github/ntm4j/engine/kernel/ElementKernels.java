package io.github.ntm4j.engine.kernel;

/** Element by element functions over {@code count} floats, any count; x and y may be the same place. */
public interface ElementKernels {
    /**
     * {@code y = f(x)}; overwrites.
     *
     * @param f the function
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many
     * @param y takes the values; overwritten
     * @param yAt offset of the first
     */
    void activate(Activation f, float[] x, int xAt, int count, float[] y, int yAt);

    /**
     * {@code dx += f'(x) dy}, given x and {@code y = f(x)}.
     *
     * @param f the function
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param y holds the values
     * @param yAt offset of the first
     * @param dy holds the derivatives by y
     * @param dyAt offset of the first
     * @param count how many
     * @param dx takes the derivatives by x; added to
     * @param dxAt offset of the first
     */
    void activateBackward(Activation f, float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, int count, float[] dx, int dxAt);

    /**
     * The element by element part of the LSTM cell over {@code units} floats, a multiple of 8. The gates
     * {@code i, f, g, o} lie {@code units} floats apart and are activated already.
     * {@code cell = f previous + i g}, {@code squashed = tanh(cell)}, {@code hidden = o squashed}.
     *
     * @param gates holds the activated gates {@code [i, f, g, o][units]}
     * @param gatesAt offset of the first
     * @param units floats in each gate and state, a multiple of 8
     * @param previous holds the cell state of the step before
     * @param previousAt offset of its first float
     * @param cell takes the cell state; overwritten
     * @param cellAt offset of its first float
     * @param squashed takes tanh of the cell state; overwritten
     * @param squashedAt offset of its first float
     * @param hidden takes the output of the cell; overwritten
     * @param hiddenAt offset of its first float
     */
    void lstmCell(
            float[] gates,
            int gatesAt,
            int units,
            float[] previous,
            int previousAt,
            float[] cell,
            int cellAt,
            float[] squashed,
            int squashedAt,
            float[] hidden,
            int hiddenAt);

    /**
     * The gradient of the LSTM cell through its activations: accumulates {@code dPrevious}, and {@code dGates} by the values
     * before their activation.
     *
     * @param gates holds the activated gates {@code [i, f, g, o][units]}
     * @param gatesAt offset of the first
     * @param units floats in each gate and state, a multiple of 8
     * @param previous holds the cell state of the step before
     * @param previousAt offset of its first float
     * @param squashed holds tanh of the cell state
     * @param squashedAt offset of its first float
     * @param dHidden holds the derivatives by the output
     * @param dHiddenAt offset of the first
     * @param dCell holds the derivatives by the cell state that come from the next step
     * @param dCellAt offset of the first
     * @param dPrevious takes the derivatives by the cell state before; added to
     * @param dPreviousAt offset of the first
     * @param dGates takes the derivatives by the gates before their activation; added to
     * @param dGatesAt offset of the first
     */
    void lstmCellBackward(
            float[] gates,
            int gatesAt,
            int units,
            float[] previous,
            int previousAt,
            float[] squashed,
            int squashedAt,
            float[] dHidden,
            int dHiddenAt,
            float[] dCell,
            int dCellAt,
            float[] dPrevious,
            int dPreviousAt,
            float[] dGates,
            int dGatesAt);

    /**
     * {@code y += x}.
     *
     * @param x holds what is added
     * @param xAt offset of the first
     * @param count how many
     * @param y takes the sums; added to
     * @param yAt offset of the first
     */
    void add(float[] x, int xAt, int count, float[] y, int yAt);

    /**
     * {@code y = min(max(x, -limit), limit)}; overwrites. NaN stays NaN.
     *
     * @param limit the largest magnitude, above 0
     * @param x holds what is clipped
     * @param xAt offset of the first
     * @param count how many
     * @param y takes the results; overwritten
     * @param yAt offset of the first
     */
    void clip(float limit, float[] x, int xAt, int count, float[] y, int yAt);

    /**
     * The gradient of {@link #clip}: {@code dx += dy} where x lies within the limit.
     *
     * @param limit the largest magnitude, above 0
     * @param x holds what was clipped
     * @param xAt offset of the first
     * @param dy holds the derivatives by y
     * @param dyAt offset of the first
     * @param count how many
     * @param dx takes the derivatives by x; added to
     * @param dxAt offset of the first
     */
    void clipBackward(float limit, float[] x, int xAt, float[] dy, int dyAt, int count, float[] dx, int dxAt);
}
