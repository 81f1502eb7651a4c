package io.github.ntm4j.engine.kernel;

/**
 * The numbers that the scalar and the SIMD version of the {@link Elementary elementary functions} are both made of.
 *
 * <p>The polynomials minimise the largest relative error of their function on the interval given with each, under the
 * condition that every coefficient is a {@code float}: fitted by weighted least squares, the weights raised where the
 * error is large until it is level, one coefficient rounded after the other from the lowest order upwards. A name ends
 * with the power that the coefficient belongs to.
 */
public final class Coefficients {
    /** Added and subtracted again, rounds a float below 2^22 to an integer, which stands in the low bits of the sum. */
    public static final float ROUND = 0x1.8p23f;

    /** As {@link #ROUND}, with the bias of the exponent in it: the sum's bits, shifted left by 23, are 2^n. */
    public static final float ROUND_BIASED = ROUND + 127;

    /** Bits of the mantissa of a float: where the exponent begins. */
    public static final int MANTISSA_BITS = 23;

    /** The bits of sign and exponent. */
    public static final int EXPONENT_MASK = 0xff800000;

    /** The bit of the sign. */
    public static final int SIGN_MASK = 0x80000000;

    /** 1 / ln 2. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** ln 2 in two parts: the nearest float, and the rest. */
    public static final float LN2 = 0x1.62e43p-1f;

    /** What {@link #LN2} lacks. */
    public static final float LN2_REST = -0x1.05c61p-29f;

    /** Largest x with a finite e^x. */
    public static final float EXP_LARGEST = 0x1.62e42ep6f;

    /** Smallest x whose e^x is a normal float. */
    public static final float EXP_SMALLEST = -0x1.5d589ep6f;

    // e^r = 1 + r + r^2 (EXP_2 + EXP_3 r + ...) for |r| <= ln(2) / 2; error 2^-28.3

    /** Coefficient of r^2 in e^r. */
    public static final float EXP_2 = 0x1.fffffcp-2f;
    /** Coefficient of r^3 in e^r. */
    public static final float EXP_3 = 0x1.555492p-3f;
    /** Coefficient of r^4 in e^r. */
    public static final float EXP_4 = 0x1.5558aap-5f;
    /** Coefficient of r^5 in e^r. */
    public static final float EXP_5 = 0x1.12396ep-7f;
    /** Coefficient of r^6 in e^r. */
    public static final float EXP_6 = 0x1.6a524ep-10f;

    /** The bits of 2/3: the logarithm takes its mantissa from [2/3, 4/3). */
    public static final int TWO_THIRDS_BITS = 0x3f2aaaab;

    /** Lifts a subnormal to a normal float. */
    public static final float SUBNORMAL_LIFT = 0x1p23f;

    // log(1 + f) = f + f^2 (LOG_2 + LOG_3 f + ...) for -1/3 <= f <= 1/3; error 2^-27.7

    /** Coefficient of f^2 in log(1 + f). */
    public static final float LOG_2 = -0x1.0p-1f;
    /** Coefficient of f^3 in log(1 + f). */
    public static final float LOG_3 = 0x1.555506p-2f;
    /** Coefficient of f^4 in log(1 + f). */
    public static final float LOG_4 = -0x1.fffefcp-3f;
    /** Coefficient of f^5 in log(1 + f). */
    public static final float LOG_5 = 0x1.99d044p-3f;
    /** Coefficient of f^6 in log(1 + f). */
    public static final float LOG_6 = -0x1.559c44p-3f;
    /** Coefficient of f^7 in log(1 + f). */
    public static final float LOG_7 = 0x1.1ed662p-3f;
    /** Coefficient of f^8 in log(1 + f). */
    public static final float LOG_8 = -0x1.f332f8p-4f;
    /** Coefficient of f^9 in log(1 + f). */
    public static final float LOG_9 = 0x1.1e678cp-3f;
    /** Coefficient of f^10 in log(1 + f). */
    public static final float LOG_10 = -0x1.07c894p-3f;

    /** Below this, in absolute value, tanh is its polynomial; from here on it comes from the exponential. */
    public static final float TANH_SMALL = 0.6875f;

    /** From here on tanh is 1. */
    public static final float TANH_LARGE = 9.02f;

    // tanh(x) = x + x^3 (TANH_3 + TANH_5 x^2 + ...) for |x| <= TANH_SMALL; error 2^-26.2

    /** Coefficient of x^3 in tanh(x). */
    public static final float TANH_3 = -0x1.555504p-2f;
    /** Coefficient of x^5 in tanh(x). */
    public static final float TANH_5 = 0x1.10fda0p-3f;
    /** Coefficient of x^7 in tanh(x). */
    public static final float TANH_7 = -0x1.b70d98p-5f;
    /** Coefficient of x^9 in tanh(x). */
    public static final float TANH_9 = 0x1.4ad672p-6f;
    /** Coefficient of x^11 in tanh(x). */
    public static final float TANH_11 = -0x1.56fd06p-8f;

    /** From here on the sigmoid is 1. */
    public static final float SIGMOID_LARGE = 18f;

    /** Where the sigmoid changes the order in which it sums 1 + e^-x = 1 + 2^n + 2^n (e^r - 1): a power of two, 2^n. */
    public static final float SIGMOID_SWITCH = 0x1p20f;

    // log(1 + e) = e + e^2 (LOG1P_2 + LOG1P_3 e + ...) for 0 <= e <= 1; error 2^-27.5

    /** Coefficient of e^2 in log(1 + e). */
    public static final float LOG1P_2 = -0x1.ffffd2p-2f;
    /** Coefficient of e^3 in log(1 + e). */
    public static final float LOG1P_3 = 0x1.554dd0p-2f;
    /** Coefficient of e^4 in log(1 + e). */
    public static final float LOG1P_4 = -0x1.ff23e8p-3f;
    /** Coefficient of e^5 in log(1 + e). */
    public static final float LOG1P_5 = 0x1.934b6ep-3f;
    /** Coefficient of e^6 in log(1 + e). */
    public static final float LOG1P_6 = -0x1.3a43e0p-3f;
    /** Coefficient of e^7 in log(1 + e). */
    public static final float LOG1P_7 = 0x1.b4b094p-4f;
    /** Coefficient of e^8 in log(1 + e). */
    public static final float LOG1P_8 = -0x1.d6b75ep-5f;
    /** Coefficient of e^9 in log(1 + e). */
    public static final float LOG1P_9 = 0x1.49211cp-6f;
    /** Coefficient of e^10 in log(1 + e). */
    public static final float LOG1P_10 = -0x1.af5e20p-9f;

    private Coefficients() {}
}
