package io.github.ntm4j.engine.kernel;

/** One float at a time: the definition of the {@link Activation}s and of the LSTM cell, for tails and for the portable kernels. */
public final class Scalars {
    private Scalars() {}

    /**
     * f(x).
     *
     * @param f the function
     * @param x its argument
     * @return its value
     */
    public static float apply(Activation f, float x) {
        return switch (f) {
            case IDENTITY -> x;
            case SIGMOID -> Elementary.sigmoid(x);
            case TANH -> Elementary.tanh(x);
            case SOFTPLUS -> Elementary.softplus(x);
            case ONE_PLUS_SOFTPLUS -> 1f + Elementary.softplus(x);
            case RELU -> Math.max(x, 0f);
            case ONE_PLUS_RELU -> 1f + Math.max(x, 0f);
        };
    }

    /**
     * {@code dx + f'(x) dy}.
     *
     * @param f the function
     * @param x its argument
     * @param y its value
     * @param dy the derivative by y
     * @param dx the derivative by x so far
     * @return the derivative by x
     */
    public static float accumulateDerivative(Activation f, float x, float y, float dy, float dx) {
        return switch (f) {
            case IDENTITY -> dx + dy;
            case SIGMOID -> Math.fma(dy, y * (1f - y), dx);
            case TANH -> Math.fma(dy, Math.fma(-y, y, 1f), dx);
            case SOFTPLUS, ONE_PLUS_SOFTPLUS -> Math.fma(dy, Elementary.sigmoid(x), dx);
            case RELU, ONE_PLUS_RELU -> x > 0f ? dx + dy : dx;
        };
    }

    /**
     * One unit of {@link ElementKernels#lstmCell}.
     *
     * @param gates holds the activated gates of all units
     * @param gateAt offset of the unit's input gate
     * @param stride floats between the gates of a unit
     * @param previous its cell before
     * @param cell overwritten
     * @param cellAt offset of its cell
     * @param squashed overwritten
     * @param squashedAt offset of its squashed cell
     * @param hidden overwritten
     * @param hiddenAt offset of its hidden value
     */
    public static void lstmCell(
            float[] gates,
            int gateAt,
            int stride,
            float previous,
            float[] cell,
            int cellAt,
            float[] squashed,
            int squashedAt,
            float[] hidden,
            int hiddenAt) {
        float c = Math.fma(gates[gateAt + stride], previous, gates[gateAt] * gates[gateAt + 2 * stride]);
        float t = Elementary.tanh(c);
        cell[cellAt] = c;
        squashed[squashedAt] = t;
        hidden[hiddenAt] = gates[gateAt + 3 * stride] * t;
    }

    /**
     * One unit of {@link ElementKernels#lstmCellBackward}.
     *
     * @param gates holds the activated gates of all units
     * @param gateAt offset of the unit's input gate
     * @param stride floats between the gates of a unit, and between their derivatives
     * @param previous its cell before
     * @param squashed its squashed cell
     * @param dHidden derivative by its hidden value
     * @param dCell derivative by its cell
     * @param dPrevious accumulated
     * @param dPreviousAt offset of the derivative by its cell before
     * @param dGates accumulated
     * @param dGateAt offset of the derivative by its input gate
     */
    public static void lstmCellBackward(
            float[] gates,
            int gateAt,
            int stride,
            float previous,
            float squashed,
            float dHidden,
            float dCell,
            float[] dPrevious,
            int dPreviousAt,
            float[] dGates,
            int dGateAt) {
        float input = gates[gateAt];
        float forget = gates[gateAt + stride];
        float candidate = gates[gateAt + 2 * stride];
        float output = gates[gateAt + 3 * stride];
        float dc = Math.fma(dHidden * output, Math.fma(-squashed, squashed, 1f), dCell);
        int d = dGateAt;
        dGates[d] = Math.fma(dc * candidate, input * (1f - input), dGates[d]);
        d += stride;
        dGates[d] = Math.fma(dc * previous, forget * (1f - forget), dGates[d]);
        d += stride;
        dGates[d] = Math.fma(dc * input, Math.fma(-candidate, candidate, 1f), dGates[d]);
        d += stride;
        dGates[d] = Math.fma(dHidden * squashed, output * (1f - output), dGates[d]);
        dPrevious[dPreviousAt] = Math.fma(dc, forget, dPrevious[dPreviousAt]);
    }
}
