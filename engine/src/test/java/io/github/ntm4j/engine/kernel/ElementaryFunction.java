package io.github.ntm4j.engine.kernel;

import java.util.function.DoubleUnaryOperator;

/** The elementary functions, each with its value in double precision and the accuracy that its documentation claims. */
public enum ElementaryFunction {
    EXP(Elementary::exp, StrictMath::exp, 0.90),
    LOG(Elementary::log, StrictMath::log, 1.01),
    TANH(Elementary::tanh, StrictMath::tanh, 1.15),
    SIGMOID(Elementary::sigmoid, ElementaryFunction::exactSigmoid, 1.69),
    SOFTPLUS(Elementary::softplus, ElementaryFunction::exactSoftplus, 1.87);

    /** A function of one float. */
    @FunctionalInterface
    public interface FloatFunction {
        float apply(float x);
    }

    private final FloatFunction scalar;
    private final DoubleUnaryOperator exact;
    private final double claimedUlps;

    ElementaryFunction(FloatFunction scalar, DoubleUnaryOperator exact, double claimedUlps) {
        this.scalar = scalar;
        this.exact = exact;
        this.claimedUlps = claimedUlps;
    }

    public float apply(float x) {
        return scalar.apply(x);
    }

    double claimedUlps() {
        return claimedUlps;
    }

    /**
     * The error at x, in units in the last place of the exact result. A result that is wrong in kind (NaN, infinity or
     * sign) has an infinite error; where the exact result is subnormal, 0 is right as well.
     */
    double errorInUlps(float x) {
        float actual = apply(x);
        double expected = exact.applyAsDouble(x);
        double size = Math.abs(expected);
        boolean ordinary = size > 0 && (float) size < Float.POSITIVE_INFINITY;
        if (!ordinary) {
            return Float.compare(actual, (float) expected) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (size < Float.MIN_NORMAL) {
            return actual == 0 || Math.abs(actual - expected) <= Float.MIN_VALUE ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - expected) / Math.scalb(1.0, Math.getExponent(expected) - 23);
    }

    private static double exactSigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double exactSoftplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
