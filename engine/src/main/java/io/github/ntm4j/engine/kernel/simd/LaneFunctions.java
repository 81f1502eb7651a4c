package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Coefficients.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.ntm4j.engine.kernel.Elementary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link Elementary} on all lanes of a vector of {@link Lanes#SPECIES}: the same operations in the same order, with
 * selections for branches, hence the same bits for every float (a NaN may carry another payload). Accuracy and special
 * values are those that are given there.
 */
public final class LaneFunctions {
    private LaneFunctions() {}

    /** e^x in each lane: {@link Elementary#exp}. */
    public static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(all(LOG2_E), all(ROUND));
        FloatVector r = remainder(x, shifted.sub(all(ROUND)));
        IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS);
        FloatVector y = expOfRest(r).reinterpretAsInts().add(exponent).reinterpretAsFloats();
        FloatVector overflow = x.mul(all(Float.POSITIVE_INFINITY));
        return overflow.blend(y, x.compare(LE, EXP_LARGEST)).blend(0, x.compare(LT, EXP_SMALLEST));
    }

    /** ln x in each lane: {@link Elementary#log}. */
    public static FloatVector log(FloatVector x) {
        VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
        IntVector bits = x.blend(x.mul(all(SUBNORMAL_LIFT)), subnormal).reinterpretAsInts();
        IntVector exponent = bits.sub(TWO_THIRDS_BITS).and(EXPONENT_MASK);
        FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(all(1));
        FloatVector k = (FloatVector) exponent.lanewise(ASHR, MANTISSA_BITS).convert(I2F, 0);
        k = k.sub(all(0).blend(MANTISSA_BITS, subnormal));
        FloatVector u = f.mul(f);
        FloatVector even = all(LOG_10).fma(u, all(LOG_8)).fma(u, all(LOG_6)).fma(u, all(LOG_4)).fma(u, all(LOG_2));
        FloatVector odd = all(LOG_9).fma(u, all(LOG_7)).fma(u, all(LOG_5)).fma(u, all(LOG_3));
        FloatVector y = k.fma(all(LN2), odd.fma(f, even).fma(u, f));
        return x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY))
                .blend(Float.NaN, x.compare(LT, 0))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
    }

    /** tanh x in each lane: {@link Elementary#tanh}. */
    public static FloatVector tanh(FloatVector x) {
        FloatVector y = x.abs();
        FloatVector u = y.mul(y);
        FloatVector p = all(TANH_11)
                .fma(u, all(TANH_9))
                .fma(u, all(TANH_7))
                .fma(u, all(TANH_5))
                .fma(u, all(TANH_3));
        FloatVector small = p.mul(u).fma(y, y);
        FloatVector z = y.add(y);
        FloatVector shifted = z.fma(all(LOG2_E), all(ROUND_BIASED));
        FloatVector r = remainder(z, shifted.sub(all(ROUND_BIASED)));
        FloatVector scale = scale(shifted);
        FloatVector sum = scale.add(scale.fma(expMinusOneOfRest(r), all(1)));
        FloatVector result = all(1).sub(all(2).div(sum))
                .blend(small, y.compare(LT, TANH_SMALL))
                .blend(1, y.compare(GT, TANH_LARGE));
        IntVector sign = x.reinterpretAsInts().and(SIGN_MASK);
        return result.reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    /** 1 / (1 + e^-x) in each lane: {@link Elementary#sigmoid}. */
    public static FloatVector sigmoid(FloatVector x) {
        FloatVector y = x.neg();
        FloatVector shifted = y.fma(all(LOG2_E), all(ROUND_BIASED));
        FloatVector m = expMinusOneOfRest(remainder(y, shifted.sub(all(ROUND_BIASED))));
        FloatVector scale = scale(shifted);
        FloatVector large = scale.add(scale.fma(m, all(1)));
        FloatVector sum = scale.fma(m, scale.add(all(1))).blend(large, scale.compare(GT, SIGMOID_SWITCH));
        return all(1).div(sum)
                .blend(0, x.compare(LT, EXP_SMALLEST))
                .blend(1, x.compare(GT, SIGMOID_LARGE));
    }

    /** log(1 + e^x) in each lane: {@link Elementary#softplus}. */
    public static FloatVector softplus(FloatVector x) {
        FloatVector y = x.abs().neg();
        FloatVector shifted = y.fma(all(LOG2_E), all(ROUND_BIASED));
        FloatVector e = expOfRest(remainder(y, shifted.sub(all(ROUND_BIASED)))).mul(scale(shifted));
        e = all(0).blend(e, y.compare(GE, EXP_SMALLEST));
        return x.blend(0, x.compare(LE, 0)).add(log1pOfUnit(e));
    }

    /** 2^n from {@link io.github.ntm4j.engine.kernel.Coefficients#ROUND_BIASED} + n. */
    private static FloatVector scale(FloatVector shifted) {
        return shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    }

    /** x - n ln 2. */
    private static FloatVector remainder(FloatVector x, FloatVector n) {
        return n.fma(all(-LN2_REST), n.fma(all(-LN2), x));
    }

    /** e^r. */
    private static FloatVector expOfRest(FloatVector r) {
        return expTail(r).fma(r, all(1)).fma(r, all(1));
    }

    /** e^r - 1. */
    private static FloatVector expMinusOneOfRest(FloatVector r) {
        return expTail(r).mul(r).fma(r, r);
    }

    /** (e^r - 1 - r) / r^2. */
    private static FloatVector expTail(FloatVector r) {
        return all(EXP_6).fma(r, all(EXP_5)).fma(r, all(EXP_4)).fma(r, all(EXP_3)).fma(r, all(EXP_2));
    }

    /** log(1 + e) for e from 0 to 1. */
    private static FloatVector log1pOfUnit(FloatVector e) {
        FloatVector p = all(LOG1P_10)
                .fma(e, all(LOG1P_9))
                .fma(e, all(LOG1P_8))
                .fma(e, all(LOG1P_7))
                .fma(e, all(LOG1P_6))
                .fma(e, all(LOG1P_5))
                .fma(e, all(LOG1P_4))
                .fma(e, all(LOG1P_3))
                .fma(e, all(LOG1P_2));
        return p.fma(e.mul(e), e);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(Lanes.SPECIES, value);
    }
}
