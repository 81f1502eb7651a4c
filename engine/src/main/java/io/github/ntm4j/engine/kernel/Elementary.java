package io.github.ntm4j.engine.kernel;

import static io.github.ntm4j.engine.kernel.Coefficients.*;
import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

/**
 * The engine's own elementary functions, one float at a time. They are built from exactly specified operations only
 * (IEEE addition, multiplication, division and fused multiply-add, comparisons, integer arithmetic on bit patterns), so
 * they give the same bits on every machine, and the same bits as the SIMD version in the package {@code simd}, which
 * does the same operations in the same order.
 *
 * <p>An error is given in units in the last place (ulp) of the exact result, as the largest over all 2^32 floats. NaN
 * gives NaN.
 */
public final class Elementary {
    private Elementary() {}

    /**
     * e^x, within 0.90 ulp. Results that would be subnormal are 0 (for x below -87.33654), because arithmetic with
     * subnormals is slow; results above the largest float are infinite.
     *
     * @param x any float
     * @return e^x
     */
    public static float exp(float x) {
        if (!(x <= EXP_LARGEST)) {
            return x * Float.POSITIVE_INFINITY;
        }
        if (x < EXP_SMALLEST) {
            return 0;
        }
        // x = n ln 2 + r, e^x = 2^n e^r
        float shifted = fma(x, LOG2_E, ROUND);
        float r = remainder(x, shifted - ROUND);
        return intBitsToFloat(floatToRawIntBits(expOfRest(r)) + (floatToRawIntBits(shifted) << MANTISSA_BITS));
    }

    /**
     * Natural logarithm, within 1.01 ulp, subnormal arguments included; minus infinity at 0 and -0, NaN below. Never
     * decreases as x grows.
     *
     * @param x any float
     * @return ln x
     */
    public static float log(float x) {
        if (!(x < Float.POSITIVE_INFINITY)) {
            return x;
        }
        if (x <= 0) {
            return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = floatToRawIntBits(subnormal ? x * SUBNORMAL_LIFT : x);
        // x = 2^k (1 + f), with 1 + f in [2/3, 4/3)
        int exponent = (bits - TWO_THIRDS_BITS) & EXPONENT_MASK;
        float f = intBitsToFloat(bits - exponent) - 1;
        float k = (float) (exponent >> MANTISSA_BITS) - (subnormal ? MANTISSA_BITS : 0);
        // even and odd powers are two independent chains
        float u = f * f;
        float even = fma(fma(fma(fma(LOG_10, u, LOG_8), u, LOG_6), u, LOG_4), u, LOG_2);
        float odd = fma(fma(fma(LOG_9, u, LOG_7), u, LOG_5), u, LOG_3);
        return fma(k, LN2, fma(fma(odd, f, even), u, f));
    }

    /**
     * Hyperbolic tangent, within 1.15 ulp; odd to the bit, -0 included, never above 1 in absolute value, and never
     * decreasing as x grows.
     *
     * @param x any float
     * @return tanh x
     */
    public static float tanh(float x) {
        float y = Math.abs(x);
        float result;
        if (y < TANH_SMALL) {
            float u = y * y;
            float p = TANH_11;
            p = fma(p, u, TANH_9);
            p = fma(p, u, TANH_7);
            p = fma(p, u, TANH_5);
            p = fma(p, u, TANH_3);
            result = fma(p * u, y, y);
        } else if (y > TANH_LARGE) {
            result = 1;
        } else {
            // tanh y = 1 - 2 / (1 + e^2y)
            float z = y + y;
            float shifted = fma(z, LOG2_E, ROUND_BIASED);
            float r = remainder(z, shifted - ROUND_BIASED);
            float scale = scale(shifted);
            result = 1 - 2 / (scale + fma(scale, expMinusOneOfRest(r), 1));
        }
        return Math.copySign(result, x);
    }

    /**
     * The logistic function 1 / (1 + e^-x), within 1.69 ulp, also where it is close to 0; 0 where it would be subnormal
     * (for x below -87.33654). Never above 1, and never decreasing as x grows.
     *
     * @param x any float
     * @return 1 / (1 + e^-x)
     */
    public static float sigmoid(float x) {
        if (x < EXP_SMALLEST) {
            return 0;
        }
        if (x > SIGMOID_LARGE) {
            return 1;
        }
        float y = -x;
        float shifted = fma(y, LOG2_E, ROUND_BIASED);
        float m = expMinusOneOfRest(remainder(y, shifted - ROUND_BIASED));
        float scale = scale(shifted);
        // 1 + e^y = 1 + scale + scale m, in the order that rounds least
        float sum = scale > SIGMOID_SWITCH ? scale + fma(scale, m, 1) : fma(scale, m, scale + 1);
        return 1 / sum;
    }

    /**
     * log(1 + e^x), within 1.87 ulp, also where it is close to 0; 0 where it would be subnormal (for x below
     * -87.33654).
     *
     * @param x any float
     * @return log(1 + e^x)
     */
    public static float softplus(float x) {
        // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
        float y = -Math.abs(x);
        float e = 0;
        if (y >= EXP_SMALLEST) {
            float shifted = fma(y, LOG2_E, ROUND_BIASED);
            e = expOfRest(remainder(y, shifted - ROUND_BIASED)) * scale(shifted);
        }
        float p = LOG1P_10;
        p = fma(p, e, LOG1P_9);
        p = fma(p, e, LOG1P_8);
        p = fma(p, e, LOG1P_7);
        p = fma(p, e, LOG1P_6);
        p = fma(p, e, LOG1P_5);
        p = fma(p, e, LOG1P_4);
        p = fma(p, e, LOG1P_3);
        p = fma(p, e, LOG1P_2);
        return (x <= 0 ? 0 : x) + fma(p, e * e, e);
    }

    /** 2^n from {@link Coefficients#ROUND_BIASED} + n. */
    private static float scale(float shifted) {
        return intBitsToFloat(floatToRawIntBits(shifted) << MANTISSA_BITS);
    }

    /** x - n ln 2. */
    private static float remainder(float x, float n) {
        return fma(n, -LN2_REST, fma(n, -LN2, x));
    }

    /** e^r. */
    private static float expOfRest(float r) {
        return fma(fma(expTail(r), r, 1), r, 1);
    }

    /** e^r - 1. */
    private static float expMinusOneOfRest(float r) {
        return fma(expTail(r) * r, r, r);
    }

    /** (e^r - 1 - r) / r^2. */
    private static float expTail(float r) {
        float p = EXP_6;
        p = fma(p, r, EXP_5);
        p = fma(p, r, EXP_4);
        p = fma(p, r, EXP_3);
        return fma(p, r, EXP_2);
    }
}
