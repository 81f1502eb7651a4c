package io.github.ntm4j.engine.kernel;

/** One float at a time: the definition of the {@link Activation}s, for tails and for the portable kernels. */
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
            case RELU -> x > 0f ? dx + dy : dx;
        };
    }
}
