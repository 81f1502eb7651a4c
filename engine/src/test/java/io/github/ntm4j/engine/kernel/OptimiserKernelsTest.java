package io.github.ntm4j.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops over parameters: of buffers of {@value #SIZE} floats they change those from {@value #FROM} to {@value #TO}. */
final class OptimiserKernelsTest {
    private static final int SIZE = 160;
    private static final int FROM = 16;
    private static final int TO = 144;
    private static final int UPDATES = 50;

    /** Of a step: every one of the updates rounds the moments some times, and a float resolves 6e-8. */
    private static final double TOLERANCE = 2e-5;

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void rmsPropIsThatOfGraves(KernelProvider provider) {
        OptimiserKernels kernels = provider.create().optimiser();
        float[] weights = normal(1);
        float[] squares = new float[SIZE];
        float[] means = new float[SIZE];
        float[] steps = new float[SIZE];
        double[][] exact = new double[4][SIZE];
        double[] start = doubles(weights);
        float decay = 0.95f;
        for (int update = 0; update < UPDATES; update++) {
            float[] gradient = normal(0.1 + update % 3);
            kernels.rmsProp(1e-3f, decay, 0.9f, 1e-4f, gradient, squares, means, steps, weights, FROM, TO);
            for (int j = FROM; j < TO; j++) {
                double g = gradient[j];
                exact[0][j] = decay * exact[0][j] + (1 - (double) decay) * g * g;
                exact[1][j] = decay * exact[1][j] + (1 - (double) decay) * g;
                double root = Math.sqrt(exact[0][j] - exact[1][j] * exact[1][j] + 1e-4f);
                exact[2][j] = 0.9f * exact[2][j] - 1e-3f * g / root;
                exact[3][j] += exact[2][j];
            }
        }
        assertClose("squares", squares, exact[0], 4);
        assertClose("means", means, exact[1], 2);
        assertClose("steps", steps, exact[2], 0.01);
        assertMoved(weights, start, exact[3], 0.1);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void rmsPropStaysFiniteWhereTheVarianceVanishesButForRounding(KernelProvider provider) {
        OptimiserKernels kernels = provider.create().optimiser();
        for (float size : new float[] {1e-20f, 1e-3f, 1f, 10f, 77.7f, 1234.5f, 3e9f}) {
            float[] weights = new float[SIZE];
            float[] squares = new float[SIZE];
            float[] means = new float[SIZE];
            float[] steps = new float[SIZE];
            for (int update = 0; update < 1000; update++) {
                float[] gradient = new float[SIZE];
                for (int j = 0; j < SIZE; j++) {
                    gradient[j] = size * (1 + j / 1000f) * (update < 60 ? 1.5f : 1f);
                }
                kernels.rmsProp(1e-4f, 0.95f, 0.9f, 1e-4f, gradient, squares, means, steps, weights, FROM, TO);
            }
            for (float weight : weights) {
                assertThat(weight).as("weight after steps of gradient %s", size).isFinite();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void adamIsThatOfKingmaAndBa(KernelProvider provider) {
        OptimiserKernels kernels = provider.create().optimiser();
        float[] weights = normal(1);
        float[] means = new float[SIZE];
        float[] squares = new float[SIZE];
        double[][] exact = new double[3][SIZE];
        double[] start = doubles(weights);
        float beta1 = 0.9f;
        float beta2 = 0.999f;
        for (int update = 1; update <= UPDATES; update++) {
            float[] gradient = normal(0.1 + update % 3);
            double bias1 = 1 - Math.pow(beta1, update);
            double bias2 = 1 - Math.pow(beta2, update);
            kernels.adam(
                    (float) (1e-3 / bias1), beta1, beta2, (float) (1 / Math.sqrt(bias2)), 1e-8f, gradient, means, squares, weights, FROM, TO);
            for (int j = FROM; j < TO; j++) {
                double g = gradient[j];
                exact[0][j] = beta1 * exact[0][j] + (1 - (double) beta1) * g;
                exact[1][j] = beta2 * exact[1][j] + (1 - (double) beta2) * g * g;
                exact[2][j] -= 1e-3 * (exact[0][j] / bias1) / (Math.sqrt(exact[1][j] / bias2) + 1e-8);
            }
        }
        assertClose("means", means, exact[0], 2);
        assertClose("squares", squares, exact[1], 4);
        assertMoved(weights, start, exact[2], 0.05);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void clippingLimitsAndCountsWhatIsOutside(KernelProvider provider) {
        float[] x = normal(0.1);
        x[FROM] = 5f;
        x[FROM + 17] = -5f;
        x[TO - 1] = Float.POSITIVE_INFINITY;
        x[FROM + 3] = 2f;
        x[FROM + 4] = -2f;
        x[FROM + 5] = Float.NaN;
        x[0] = 9f;
        x[TO] = 9f;
        float[] before = x.clone();
        assertThat(provider.create().optimiser().clip(2f, x, FROM, TO)).isTrue();
        before[FROM] = 2f;
        before[FROM + 17] = -2f;
        before[TO - 1] = 2f;
        assertThat(x).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void scalingMultipliesARange(KernelProvider provider) {
        float[] x = normal(1);
        float[] expected = x.clone();
        for (int j = FROM; j < TO; j++) {
            expected[j] *= 0.3f;
        }
        provider.create().optimiser().scale(0.3f, x, FROM, TO);
        assertThat(x).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void decayAddsAShareOfTheWeights(KernelProvider provider) {
        float[] share = normal(1e-3);
        float[] weights = normal(1);
        float[] gradient = normal(1);
        float[] expected = gradient.clone();
        for (int j = FROM; j < TO; j++) {
            expected[j] = (float) ((double) share[j] * weights[j] + gradient[j]);
        }
        provider.create().optimiser().decay(share, weights, gradient, FROM, TO);
        for (int j = 0; j < SIZE; j++) {
            assertThat(Math.abs(gradient[j] - expected[j])).as("element %d", j).isLessThanOrEqualTo(j < FROM || j >= TO ? 0 : Math.ulp(expected[j]));
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void theSumOfSquaresIsThatOfARange(KernelProvider provider) {
        OptimiserKernels kernels = provider.create().optimiser();
        float[] x = normal(1);
        double exact = 0;
        for (int j = FROM; j < TO; j++) {
            exact += (double) x[j] * x[j];
        }
        double error = kernels.sumOfSquares(x, FROM, TO) / exact - 1;
        assertThat(Math.abs(error)).isLessThan(1e-6);
        assertThat(kernels.sumOfSquares(x, FROM, FROM)).isZero();
        x[FROM + 40] = Float.NaN;
        assertThat(kernels.sumOfSquares(x, FROM, TO)).isNaN();
        x[FROM + 40] = 1e30f;
        assertThat(kernels.sumOfSquares(x, FROM, TO)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void bothProvidersGiveTheSameBits() {
        float[][] portable = everything(KernelProvider.PORTABLE);
        float[][] simd = everything(KernelProvider.SIMD);
        for (int i = 0; i < portable.length; i++) {
            assertThat(Arrays.mismatch(simd[i], portable[i])).as("buffer %d", i).isEqualTo(-1);
        }
    }

    /** All that the kernels change, on numbers of many sizes. */
    private float[][] everything(KernelProvider provider) {
        OptimiserKernels kernels = provider.create().optimiser();
        random.setSeed(3);
        float[][] buffers = new float[9][SIZE];
        for (int update = 0; update < UPDATES; update++) {
            float[] gradient = normal(Math.pow(10, update % 9 - 5));
            gradient[FROM + 2] = 0f;
            gradient[FROM + 3] = -0f;
            gradient[FROM + 4] = 1e-30f;
            gradient[FROM + 5] = 1e18f;
            kernels.rmsProp(1e-3f, 0.95f, 0.9f, 1e-4f, gradient, buffers[0], buffers[1], buffers[2], buffers[3], FROM, TO);
            kernels.adam(1e-3f, 0.9f, 0.999f, 1.5f, 1e-8f, gradient, buffers[4], buffers[5], buffers[6], FROM, TO);
            buffers[7][update] = kernels.sumOfSquares(gradient, FROM, TO);
            buffers[8] = gradient;
            buffers[7][update + UPDATES] = kernels.clip(0.5f, gradient, FROM, TO) ? 1 : 0;
            kernels.scale(0.7f, gradient, FROM, TO);
            kernels.decay(buffers[3], buffers[6], gradient, FROM, TO);
        }
        return buffers;
    }

    private float[] normal(double size) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (size * random.nextGaussian());
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static void assertMoved(float[] weights, double[] start, double[] way, double scale) {
        double[] end = new double[SIZE];
        for (int j = 0; j < SIZE; j++) {
            end[j] = start[j] + way[j];
        }
        assertClose("weights", weights, end, scale);
    }

    private static void assertClose(String what, float[] actual, double[] exact, double scale) {
        for (int j = 0; j < SIZE; j++) {
            if (!(Math.abs(actual[j] - exact[j]) <= TOLERANCE * scale)) {
                assertThat((double) actual[j]).as("%s, element %d", what, j).isEqualTo(exact[j]);
            }
        }
    }
}
