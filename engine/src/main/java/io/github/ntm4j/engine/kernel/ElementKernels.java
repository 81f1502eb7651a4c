package io.github.ntm4j.engine.kernel;

/** Element by element functions over {@code count} floats, any count; x and y may be the same place. */
public interface ElementKernels {
    /** {@code y = f(x)}; overwrites. */
    void activate(Activation f, float[] x, int xAt, int count, float[] y, int yAt);

    /** {@code dx += f'(x) dy}, given x and {@code y = f(x)}. */
    void activateBackward(Activation f, float[] x, int xAt, float[] y, int yAt, float[] dy, int dyAt, int count, float[] dx, int dxAt);

    /**
     * The element by element part of the LSTM cell over {@code units} floats, a multiple of 8. The gates
     * {@code i, f, g, o} lie {@code units} floats apart and are activated already.
     * {@code cell = f previous + i g}, {@code squashed = tanh(cell)}, {@code hidden = o squashed}.
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

    /** {@code y += x}. */
    void add(float[] x, int xAt, int count, float[] y, int yAt);
}
