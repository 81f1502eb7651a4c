package io.github.ntm4j.engine.kernel;

/**
 * What a node of an {@link Expression} does with the elements of up to three others: one rounding each, or one of the engine's
 * {@link Elementary} functions.
 */
public enum ElementFunction {
    /** An input of the expression. */
    INPUT(0),
    /** A number. */
    CONSTANT(0),
    /** -a. */
    NEGATIVE(1),
    /** The square root of a. */
    SQUARE_ROOT(1),
    /** e^a. */
    EXP(1),
    /** The natural logarithm of a, which counts as the smallest normal float where it is below that; so it is always finite. */
    LOG(1),
    /** 1 / (1 + e^-a). */
    SIGMOID(1),
    /** tanh a. */
    TANH(1),
    /** log(1 + e^a). */
    SOFTPLUS(1),
    /** a + b. */
    PLUS(2),
    /** a - b. */
    MINUS(2),
    /** a b. */
    TIMES(2),
    /** a / b. */
    OVER(2),
    /** The larger of a and b, by {@link Math#max}. */
    LARGER(2),
    /** The smaller of a and b, by {@link Math#min}. */
    SMALLER(2),
    /** 1 where a is above b, else 0. */
    ABOVE(2),
    /** a b + c with a single rounding. */
    TIMES_PLUS(3),
    /** b where a is above 0, else c. */
    CHOOSE(3);

    private final int arguments;

    ElementFunction(int arguments) {
        this.arguments = arguments;
    }

    /**
     * How many other nodes it takes.
     *
     * @return 0 to 3
     */
    public int arguments() {
        return arguments;
    }

    /**
     * The definition, one float at a time.
     *
     * @param a first argument
     * @param b second argument, if there is one
     * @param c third argument, if there is one
     * @return the value
     */
    public float apply(float a, float b, float c) {
        return switch (this) {
            case INPUT, CONSTANT -> throw new IllegalStateException(this + " is no function");
            case NEGATIVE -> -a;
            case SQUARE_ROOT -> (float) Math.sqrt(a);
            case EXP -> Elementary.exp(a);
            case LOG -> Elementary.log(a < Float.MIN_NORMAL ? Float.MIN_NORMAL : a);
            case SIGMOID -> Elementary.sigmoid(a);
            case TANH -> Elementary.tanh(a);
            case SOFTPLUS -> Elementary.softplus(a);
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case OVER -> a / b;
            case LARGER -> Math.max(a, b);
            case SMALLER -> Math.min(a, b);
            case ABOVE -> a > b ? 1f : 0f;
            case TIMES_PLUS -> Math.fma(a, b, c);
            case CHOOSE -> a > 0f ? b : c;
        };
    }
}
