package io.github.ntm4j.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Coefficients;
import io.github.ntm4j.engine.kernel.ElementaryFunction;
import io.github.ntm4j.engine.kernel.FloatPatterns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In whatever vectors this JVM has; with {@code -XX:MaxVectorSize=16} they have 4 lanes. */
class LaneFunctionsTest {
    @ParameterizedTest
    @EnumSource
    void lanesGiveTheBitsOfTheScalarFunctionOnASampleOfAllFloats(ElementaryFunction function) {
        int[] bits = FloatPatterns.sample().toArray();
        int block = FloatPatterns.RUN;
        IntStream starts = IntStream.range(0, bits.length / block + 1);
        int last = bits.length - 1;
        assertThat(starts.parallel()
                        .mapToLong(n -> differences(function, block, at -> bits[Math.min(n * block + at, last)])))
                .allMatch(count -> count == 0);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void lanesGiveTheBitsOfTheScalarFunctionOnAllFloats(ElementaryFunction function) {
        assertThat(FloatPatterns.everyRun()
                        .parallel()
                        .mapToLong(first -> differences(function, FloatPatterns.RUN, at -> first + at)))
                .allMatch(count -> count == 0);
    }

    /** The bit pattern to try at a place. */
    private interface Patterns {
        int at(int place);
    }

    /** How many of the results differ; any NaN equals any other. */
    private static long differences(ElementaryFunction function, int count, Patterns patterns) {
        float[] x = new float[count];
        float[] y = new float[count];
        for (int n = 0; n < count; n++) {
            x[n] = within(function, Float.intBitsToFloat(patterns.at(n)));
        }
        apply(function, x, y);
        long differences = 0;
        for (int n = 0; n < count; n++) {
            if (Float.floatToIntBits(function.apply(x[n])) != Float.floatToIntBits(y[n])) {
                differences++;
            }
        }
        return differences;
    }

    /** What a loop is for: the exponents of a softmax, which are not large, and logarithms above a smallest argument. */
    private static float within(ElementaryFunction function, float x) {
        return switch (function) {
            case EXP -> Math.min(x, 88f);
            case LOG -> Math.max(x, Float.MIN_NORMAL);
            case TANH, SIGMOID, SOFTPLUS -> x;
        };
    }

    /** y = f(x), for a multiple of the vector length. */
    private static void apply(ElementaryFunction function, float[] x, float[] y) {
        switch (function) {
            case EXP -> LaneFunctions.exp(x, 0, x.length, 0f, Coefficients.EXP_SMALLEST, y, 0, new float[16]);
            case LOG -> LaneFunctions.log(x, 0, x.length, Float.MIN_NORMAL, y, 0);
            case TANH -> LaneFunctions.tanh(x, 0, x.length, y, 0);
            case SIGMOID -> LaneFunctions.sigmoid(x, 0, x.length, y, 0);
            case SOFTPLUS -> LaneFunctions.softplus(x, 0, x.length, 0f, y, 0);
        }
    }
}
