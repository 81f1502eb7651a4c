package io.github.ntm4j.engine.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Kernels;
import io.github.ntm4j.engine.random.Random64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Update after update, Adam does what algorithm 1 of Kingma and Ba 2015 says, in double precision. */
class AdamTest {
    private static final int SIZE = 32;
    private static final float RATE = 0.01f;
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.99f;
    private static final float EPSILON = 1e-3f;

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void theFirstUpdatesAreThoseOfTheAlgorithm(KernelProvider provider) {
        Kernels kernels = provider.create();
        Adam adam = new Adam(SIZE, BETA1, BETA2, EPSILON);
        Random64 random = Random64.of(3, "gradients", 0);
        float[] weights = new float[SIZE];
        float[] gradient = new float[SIZE];
        double[] expected = new double[SIZE];
        double[] mean = new double[SIZE];
        double[] square = new double[SIZE];
        for (int update = 1; update <= 20; update++) {
            for (int i = 0; i < SIZE; i++) {
                gradient[i] = random.nextFloat(-0.1, 0.1);
                double g = gradient[i];
                mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
                square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
                double unbiasedMean = mean[i] / (1 - Math.pow(BETA1, update));
                double unbiasedSquare = square[i] / (1 - Math.pow(BETA2, update));
                expected[i] -= RATE * unbiasedMean / (Math.sqrt(unbiasedSquare) + EPSILON);
            }
            adam.update(kernels.optimiser(), RATE, update, gradient, weights, 0, SIZE);
            for (int i = 0; i < SIZE; i++) {
                assertThat((double) weights[i]).as("update %d, weight %d", update, i).isCloseTo(expected[i], within(2e-6));
            }
        }
    }
}
