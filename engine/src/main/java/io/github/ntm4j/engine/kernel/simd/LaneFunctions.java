package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Coefficients.*;
import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.ntm4j.engine.kernel.Elementary;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.kernel.Summation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link Elementary} over {@code count} floats, a multiple of {@code Lanes.LENGTH}: the same operations in the same order, with
 * selections for branches, hence the same bits for every float (a NaN may carry another payload). Accuracy and special
 * values are those that are given there. x and y may be the same place.
 *
 * <p>Each function is one loop without calls: a method that takes or gives a vector would put it on the heap wherever the compiler
 * does not inline it, and a caller of several functions outgrows what it inlines.
 */
public final class LaneFunctions {
    private LaneFunctions() {}

    /**
     * {@code y = e^(x - minus)}: {@link Elementary#exp}, but zero where the exponent is below {@code least}.
     *
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many, a multiple of {@link Rows#BLOCK}
     * @param minus makes no exponent larger than 88
     * @param least at least {@link io.github.ntm4j.engine.kernel.Coefficients#EXP_SMALLEST}
     * @param y takes the values
     * @param yAt offset of the first
     * @param partials room for 16 floats
     * @return the sum of y, by {@link Summation the fixed tree}
     */
    public static float exp(float[] x, int xAt, int count, float minus, float least, float[] y, int yAt, float[] partials) {
        FloatVector round = broadcast(SPECIES, ROUND_BIASED);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int n = j; n < count; n += BLOCK) {
                FloatVector v = fromArray(SPECIES, x, xAt + n).sub(minus);
                FloatVector shifted = v.fma(broadcast(SPECIES, LOG2_E), round);
                FloatVector k = shifted.sub(round);
                FloatVector r = k.fma(broadcast(SPECIES, -LN2_REST), k.fma(broadcast(SPECIES, -LN2), v));
                FloatVector tail = broadcast(SPECIES, EXP_6)
                        .fma(r, broadcast(SPECIES, EXP_5))
                        .fma(r, broadcast(SPECIES, EXP_4))
                        .fma(r, broadcast(SPECIES, EXP_3))
                        .fma(r, broadcast(SPECIES, EXP_2));
                FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
                FloatVector e = tail.fma(r, one).fma(r, one).mul(scale).blend(0, v.compare(LT, least));
                e.intoArray(y, yAt + n);
                sum = sum.add(e);
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    /**
     * {@code y = ln max(x, smallest)}: {@link Elementary#log}.
     *
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many, a multiple of the lanes
     * @param smallest at least {@link Float#MIN_NORMAL}
     * @param y takes the values
     * @param yAt offset of the first
     */
    public static void log(float[] x, int xAt, int count, float smallest, float[] y, int yAt) {
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < count; n += LENGTH) {
            FloatVector v = fromArray(SPECIES, x, xAt + n);
            v = v.blend(smallest, v.compare(LT, smallest));
            IntVector bits = v.reinterpretAsInts();
            IntVector exponent = bits.sub(TWO_THIRDS_BITS).and(EXPONENT_MASK);
            FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(one);
            FloatVector k = (FloatVector) exponent.lanewise(ASHR, MANTISSA_BITS).convert(I2F, 0);
            FloatVector u = f.mul(f);
            FloatVector even = broadcast(SPECIES, LOG_10)
                    .fma(u, broadcast(SPECIES, LOG_8))
                    .fma(u, broadcast(SPECIES, LOG_6))
                    .fma(u, broadcast(SPECIES, LOG_4))
                    .fma(u, broadcast(SPECIES, LOG_2));
            FloatVector odd = broadcast(SPECIES, LOG_9)
                    .fma(u, broadcast(SPECIES, LOG_7))
                    .fma(u, broadcast(SPECIES, LOG_5))
                    .fma(u, broadcast(SPECIES, LOG_3));
            FloatVector l = k.fma(broadcast(SPECIES, LN2), odd.fma(f, even).fma(u, f));
            v.blend(l, v.compare(LT, Float.POSITIVE_INFINITY)).intoArray(y, yAt + n);
        }
    }

    /**
     * {@code y = tanh x}: {@link Elementary#tanh}.
     *
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many, a multiple of the lanes
     * @param y takes the values
     * @param yAt offset of the first
     */
    public static void tanh(float[] x, int xAt, int count, float[] y, int yAt) {
        FloatVector round = broadcast(SPECIES, ROUND_BIASED);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < count; n += LENGTH) {
            FloatVector v = fromArray(SPECIES, x, xAt + n);
            FloatVector a = v.abs();
            FloatVector u = a.mul(a);
            FloatVector p = broadcast(SPECIES, TANH_11)
                    .fma(u, broadcast(SPECIES, TANH_9))
                    .fma(u, broadcast(SPECIES, TANH_7))
                    .fma(u, broadcast(SPECIES, TANH_5))
                    .fma(u, broadcast(SPECIES, TANH_3));
            FloatVector small = p.mul(u).fma(a, a);
            FloatVector z = a.add(a);
            FloatVector shifted = z.fma(broadcast(SPECIES, LOG2_E), round);
            FloatVector k = shifted.sub(round);
            FloatVector r = k.fma(broadcast(SPECIES, -LN2_REST), k.fma(broadcast(SPECIES, -LN2), z));
            FloatVector tail = broadcast(SPECIES, EXP_6)
                    .fma(r, broadcast(SPECIES, EXP_5))
                    .fma(r, broadcast(SPECIES, EXP_4))
                    .fma(r, broadcast(SPECIES, EXP_3))
                    .fma(r, broadcast(SPECIES, EXP_2));
            FloatVector m = tail.mul(r).fma(r, r);
            FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector sum = scale.add(scale.fma(m, one));
            FloatVector magnitude = one.sub(broadcast(SPECIES, 2f).div(sum))
                    .blend(small, a.compare(LT, TANH_SMALL))
                    .blend(1, a.compare(GT, TANH_LARGE));
            IntVector sign = v.reinterpretAsInts().and(SIGN_MASK);
            magnitude.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yAt + n);
        }
    }

    /**
     * {@code y = 1 / (1 + e^-x)}: {@link Elementary#sigmoid}.
     *
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many, a multiple of the lanes
     * @param y takes the values
     * @param yAt offset of the first
     */
    public static void sigmoid(float[] x, int xAt, int count, float[] y, int yAt) {
        FloatVector round = broadcast(SPECIES, ROUND_BIASED);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int n = 0; n < count; n += LENGTH) {
            FloatVector v = fromArray(SPECIES, x, xAt + n);
            FloatVector z = v.neg();
            FloatVector shifted = z.fma(broadcast(SPECIES, LOG2_E), round);
            FloatVector k = shifted.sub(round);
            FloatVector r = k.fma(broadcast(SPECIES, -LN2_REST), k.fma(broadcast(SPECIES, -LN2), z));
            FloatVector tail = broadcast(SPECIES, EXP_6)
                    .fma(r, broadcast(SPECIES, EXP_5))
                    .fma(r, broadcast(SPECIES, EXP_4))
                    .fma(r, broadcast(SPECIES, EXP_3))
                    .fma(r, broadcast(SPECIES, EXP_2));
            FloatVector m = tail.mul(r).fma(r, r);
            FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector large = scale.add(scale.fma(m, one));
            FloatVector sum = scale.fma(m, scale.add(one)).blend(large, scale.compare(GT, SIGMOID_SWITCH));
            one.div(sum)
                    .blend(0, v.compare(LT, EXP_SMALLEST))
                    .blend(1, v.compare(GT, SIGMOID_LARGE))
                    .intoArray(y, yAt + n);
        }
    }

    /**
     * {@code y = log(1 + e^x) + plus}: {@link Elementary#softplus}.
     *
     * @param x holds the arguments
     * @param xAt offset of the first
     * @param count how many, a multiple of the lanes
     * @param plus added to every value
     * @param y takes the values
     * @param yAt offset of the first
     */
    public static void softplus(float[] x, int xAt, int count, float plus, float[] y, int yAt) {
        FloatVector round = broadcast(SPECIES, ROUND_BIASED);
        FloatVector one = broadcast(SPECIES, 1f);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int n = 0; n < count; n += LENGTH) {
            FloatVector v = fromArray(SPECIES, x, xAt + n);
            FloatVector z = v.abs().neg();
            FloatVector shifted = z.fma(broadcast(SPECIES, LOG2_E), round);
            FloatVector k = shifted.sub(round);
            FloatVector r = k.fma(broadcast(SPECIES, -LN2_REST), k.fma(broadcast(SPECIES, -LN2), z));
            FloatVector tail = broadcast(SPECIES, EXP_6)
                    .fma(r, broadcast(SPECIES, EXP_5))
                    .fma(r, broadcast(SPECIES, EXP_4))
                    .fma(r, broadcast(SPECIES, EXP_3))
                    .fma(r, broadcast(SPECIES, EXP_2));
            FloatVector scale = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
            FloatVector e = zero.blend(tail.fma(r, one).fma(r, one).mul(scale), z.compare(GE, EXP_SMALLEST));
            FloatVector p = broadcast(SPECIES, LOG1P_10)
                    .fma(e, broadcast(SPECIES, LOG1P_9))
                    .fma(e, broadcast(SPECIES, LOG1P_8))
                    .fma(e, broadcast(SPECIES, LOG1P_7))
                    .fma(e, broadcast(SPECIES, LOG1P_6))
                    .fma(e, broadcast(SPECIES, LOG1P_5))
                    .fma(e, broadcast(SPECIES, LOG1P_4))
                    .fma(e, broadcast(SPECIES, LOG1P_3))
                    .fma(e, broadcast(SPECIES, LOG1P_2));
            FloatVector l = p.fma(e.mul(e), e);
            v.blend(0, v.compare(LE, 0)).add(l).add(plus).intoArray(y, yAt + n);
        }
    }
}
