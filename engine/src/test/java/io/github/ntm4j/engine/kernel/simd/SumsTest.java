package io.github.ntm4j.engine.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumsTest {
    private static final int TRIALS = 100_000;

    @Test
    void sumGivesTheBitsOfTheTree() {
        SplittableRandom random = new SplittableRandom(17);
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] p = new float[16];
            for (int n = 0; n < p.length; n++) {
                p[n] = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(-20, 20)));
            }
            assertSameBits(sum(p), Summation.tree(p, 0));
        }
    }

    @Test
    void sumKeepsSignsOfZeroAndNotANumber() {
        float infinity = Float.POSITIVE_INFINITY;
        float[] values = {-0f, 0f, Float.NaN, infinity, -infinity, Float.MIN_VALUE, Float.MAX_VALUE};
        SplittableRandom random = new SplittableRandom(18);
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] p = new float[16];
            Arrays.fill(p, -0f);
            for (int n = random.nextInt(4); n > 0; n--) {
                p[random.nextInt(16)] = values[random.nextInt(values.length)];
            }
            assertSameBits(sum(p), Summation.tree(p, 0));
        }
    }

    @Test
    void largestIsTheLargestOfNumbers() {
        SplittableRandom random = new SplittableRandom(19);
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] x = new float[Lanes.LENGTH];
            for (int n = 0; n < x.length; n++) {
                x[n] = random.nextInt(9) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
            }
            assertSameBits(Sums.largest(x), Summation.max(x, 0, x.length));
        }
    }

    /** By the widest and by the narrowest code, which must agree. */
    private static float sum(float[] p) {
        float[] partials = new float[16 + 19 * 16];
        for (int i = 0; i < 19; i++) {
            System.arraycopy(p, 0, partials, 16 + i * 16, 16);
        }
        float[] sums = new float[20];
        Sums.trees(partials, 16, 19, sums, 1);
        for (int i = 2; i < 20; i++) {
            assertSameBits(sums[i], sums[1]);
        }
        return sums[1];
    }

    @Test
    void treesKeepTheirOrder() {
        float[] partials = new float[19 * 16];
        for (int i = 0; i < partials.length; i++) {
            partials[i] = i / 16;
        }
        float[] sums = new float[19];
        Sums.trees(partials, 0, 19, sums, 0);
        for (int i = 0; i < 19; i++) {
            assertThat(sums[i]).isEqualTo(16 * i);
        }
    }

    private static void assertSameBits(float actual, float expected) {
        assertThat(Float.floatToIntBits(actual)).isEqualTo(Float.floatToIntBits(expected));
    }
}
