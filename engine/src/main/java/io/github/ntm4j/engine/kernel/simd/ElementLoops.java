package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Coefficients.*;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.ntm4j.engine.kernel.ElementFunction;
import jdk.incubator.vector.FloatVector;

/**
 * One {@link ElementFunction} over {@code lines} lines of {@code width} floats, a multiple of the lanes: a loop for each, to the same bits as
 * {@link ElementFunction#apply}. Lines of an argument lie a stride of its own apart, those of the result {@code width}. The result may be an
 * argument.
 */
final class ElementLoops {
    private ElementLoops() {}

    static void unary(ElementFunction f, float[] a, int aAt, int aStride, float[] y, int yAt, int lines, int width) {
        for (int i = 0; i < lines; i++) {
            int from = aAt + i * aStride;
            int to = yAt + i * width;
            switch (f) {
                case NEGATIVE -> negative(a, from, y, to, width);
                case SQUARE_ROOT -> squareRoot(a, from, y, to, width);
                case EXP -> exp(a, from, y, to, width);
                case LOG -> LaneFunctions.log(a, from, width, Float.MIN_NORMAL, y, to);
                case SIGMOID -> LaneFunctions.sigmoid(a, from, width, y, to);
                case TANH -> LaneFunctions.tanh(a, from, width, y, to);
                case SOFTPLUS -> LaneFunctions.softplus(a, from, width, 0f, y, to);
                default -> throw new IllegalArgumentException(f + ": expected a function of one argument");
            }
        }
    }

    private static void negative(float[] a, int aAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).neg().intoArray(y, yAt + j);
        }
    }

    private static void squareRoot(float[] a, int aAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).sqrt().intoArray(y, yAt + j);
        }
    }

    private static void exp(float[] a, int aAt, float[] y, int yAt, int width) {
        FloatVector round = broadcast(SPECIES, ROUND);
        FloatVector one = broadcast(SPECIES, 1f);
        for (int j = 0; j < width; j += LENGTH) {
            FloatVector v = fromArray(SPECIES, a, aAt + j);
            FloatVector shifted = v.fma(broadcast(SPECIES, LOG2_E), round);
            FloatVector k = shifted.sub(round);
            FloatVector r = k.fma(broadcast(SPECIES, -LN2_REST), k.fma(broadcast(SPECIES, -LN2), v));
            FloatVector tail = broadcast(SPECIES, EXP_6)
                    .fma(r, broadcast(SPECIES, EXP_5))
                    .fma(r, broadcast(SPECIES, EXP_4))
                    .fma(r, broadcast(SPECIES, EXP_3))
                    .fma(r, broadcast(SPECIES, EXP_2));
            FloatVector e = tail.fma(r, one).fma(r, one);
            FloatVector scaled = e.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS))
                    .reinterpretAsFloats();
            FloatVector beyond = v.mul(Float.POSITIVE_INFINITY);
            beyond.blend(scaled, v.compare(LE, EXP_LARGEST))
                    .blend(0, v.compare(LT, EXP_SMALLEST))
                    .intoArray(y, yAt + j);
        }
    }

    static void binary(
            ElementFunction f,
            float[] a,
            int aAt,
            int aStride,
            float[] b,
            int bAt,
            int bStride,
            float[] y,
            int yAt,
            int lines,
            int width) {
        for (int i = 0; i < lines; i++) {
            int left = aAt + i * aStride;
            int right = bAt + i * bStride;
            int to = yAt + i * width;
            switch (f) {
                case PLUS -> plus(a, left, b, right, y, to, width);
                case MINUS -> minus(a, left, b, right, y, to, width);
                case TIMES -> times(a, left, b, right, y, to, width);
                case OVER -> over(a, left, b, right, y, to, width);
                case LARGER -> larger(a, left, b, right, y, to, width);
                case SMALLER -> smaller(a, left, b, right, y, to, width);
                case ABOVE -> above(a, left, b, right, y, to, width);
                default -> throw new IllegalArgumentException(f + ": expected a function of two arguments");
            }
        }
    }

    private static void plus(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).add(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void minus(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).sub(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void times(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).mul(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void over(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).div(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void larger(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).max(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void smaller(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j).min(fromArray(SPECIES, b, bAt + j)).intoArray(y, yAt + j);
        }
    }

    private static void above(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int width) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int j = 0; j < width; j += LENGTH) {
            var above = fromArray(SPECIES, a, aAt + j).compare(GT, fromArray(SPECIES, b, bAt + j));
            zero.blend(1f, above).intoArray(y, yAt + j);
        }
    }

    static void ternary(
            ElementFunction f,
            float[] a,
            int aAt,
            int aStride,
            float[] b,
            int bAt,
            int bStride,
            float[] c,
            int cAt,
            int cStride,
            float[] y,
            int yAt,
            int lines,
            int width) {
        for (int i = 0; i < lines; i++) {
            int first = aAt + i * aStride;
            int second = bAt + i * bStride;
            int third = cAt + i * cStride;
            int to = yAt + i * width;
            switch (f) {
                case TIMES_PLUS -> timesPlus(a, first, b, second, c, third, y, to, width);
                case CHOOSE -> choose(a, first, b, second, c, third, y, to, width);
                default -> throw new IllegalArgumentException(f + ": expected a function of three arguments");
            }
        }
    }

    private static void timesPlus(
            float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            fromArray(SPECIES, a, aAt + j)
                    .fma(fromArray(SPECIES, b, bAt + j), fromArray(SPECIES, c, cAt + j))
                    .intoArray(y, yAt + j);
        }
    }

    private static void choose(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float[] y, int yAt, int width) {
        for (int j = 0; j < width; j += LENGTH) {
            var chosen = fromArray(SPECIES, a, aAt + j).compare(GT, 0f);
            fromArray(SPECIES, c, cAt + j).blend(fromArray(SPECIES, b, bAt + j), chosen).intoArray(y, yAt + j);
        }
    }
}
