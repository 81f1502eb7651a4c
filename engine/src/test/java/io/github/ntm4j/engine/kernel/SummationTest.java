package io.github.ntm4j.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SummationTest {
    @Test
    void treeFoldsHalvesOntoEachOther() {
        SplittableRandom random = new SplittableRandom(16);
        for (int trial = 0; trial < 1000; trial++) {
            float[] p = new float[20];
            for (int n = 0; n < p.length; n++) {
                p[n] = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(-20, 20)));
            }
            float sum = Summation.tree(p, 3);
            for (int half = 8; half > 0; half /= 2) {
                for (int l = 0; l < half; l++) {
                    p[3 + l] += p[3 + l + half];
                }
            }
            assertThat(sum).isEqualTo(p[3]);
        }
    }

    @Test
    void treeLeavesThePartialsAlone() {
        float[] p = new float[16];
        p[15] = 1;
        Summation.tree(p, 0);
        assertThat(p).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void maxFindsTheLargest() {
        assertThat(Summation.max(new float[] {9, -3, -1, -2, 9}, 1, 3)).isEqualTo(-1f);
        assertThat(Summation.max(new float[] {-0f, 0f, -0f}, 0, 3)).isEqualTo(0f);
        assertThat(Summation.max(new float[] {1}, 0, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Summation.max(new float[] {1, Float.NaN, 2}, 0, 3)).isNaN();
    }
}
