package io.github.ntm4j.engine.kernel;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Bit patterns of floats to test functions of one float with. */
public final class FloatPatterns {
    /** Consecutive floats are walked in runs of this length, a multiple of all vector lengths. */
    public static final int RUN = 1 << 16;

    /** Where the functions, or their implementations, change: around these every pattern is tested. */
    private static final float[] LANDMARKS = {
        0f, -0f, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, 1f, -1f, 0.5f, 2 / 3f, 4 / 3f, 2f, 1e-4f, -1e-4f, 0.34657359f, -0.34657359f,
        Coefficients.TANH_SMALL, -Coefficients.TANH_SMALL, Coefficients.TANH_LARGE, -Coefficients.TANH_LARGE,
        Coefficients.SIGMOID_LARGE, -13.51f, -16.635532f, Coefficients.EXP_SMALLEST, -Coefficients.EXP_SMALLEST,
        Coefficients.EXP_LARGEST, -Coefficients.EXP_LARGEST, 88.376263f, 103.97208f, -103.97208f
    };

    private FloatPatterns() {}

    /** The first pattern of each run that together cover all 2^32 patterns. */
    public static IntStream everyRun() {
        return LongStream.range(0, 1L << 16).mapToInt(run -> (int) (run * RUN));
    }

    /** Every 251st pattern over the whole range, and all patterns near the landmarks. */
    public static IntStream sample() {
        IntStream sparse = LongStream.range(0, (1L << 32) / 251 + 1).mapToInt(n -> (int) (n * 251));
        IntStream dense = IntStream.range(0, LANDMARKS.length)
                .flatMap(n -> {
                    int middle = Float.floatToRawIntBits(LANDMARKS[n]);
                    return IntStream.range(middle - 2000, middle + 2000);
                });
        return IntStream.concat(sparse, dense);
    }
}
