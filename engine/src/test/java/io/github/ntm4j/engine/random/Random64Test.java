package io.github.ntm4j.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class Random64Test {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int DRAWS = 200_000;

    /** The average of a function of many draws of one stream. */
    private static double average(ToDoubleFunction<Random64> draw, DoubleUnaryOperator function) {
        Random64 random = Random64.of(1, "statistics", 0);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            sum += function.applyAsDouble(draw.applyAsDouble(random));
        }
        return sum / DRAWS;
    }

    @Test
    void theNumbersOfAllFormerRunsComeAgain() {
        Random64 random = Random64.of(5, "sequence", 4711);
        assertThat(random.nextLong()).isEqualTo(0xEA0C0A7349C8799CL);
        assertThat(random.nextLong()).isEqualTo(0x7553C02BA9FC03A7L);
        assertThat(random.nextBoolean()).isTrue();
        assertThat(random.nextInt(1, 20)).isEqualTo(2);
        assertThat(random.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE)).isEqualTo(1139589214);
        assertThat(random.nextDouble()).isEqualTo(0.9544809326971664);
        assertThat(random.nextFloat(-0.5, 0.5)).isEqualTo(-0.20281838f);
        assertThat(random.nextGaussian()).isEqualTo(-0.1342176399081658);
        assertThat(random.nextGaussian()).isEqualTo(-0.06322496074352153);
        assertThat(Random64.of(-1, "", Long.MAX_VALUE).nextLong()).isEqualTo(0xF64674B011BFC099L);
    }

    @Test
    void aStreamIsTheSplitMix64OfTheJdkFromAStateMixedOfSeedAndIndex() {
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 42}) {
            for (long index : new long[] {0, 1, 99_999, 1L << 40}) {
                long mixedSeed = new SplittableRandom(seed).nextLong();
                long state = new SplittableRandom(mixedSeed + GOLDEN * index).nextLong();
                SplittableRandom reference = new SplittableRandom(state);
                Random64 random = Random64.of(seed, "", index);
                for (int i = 0; i < 10; i++) {
                    assertThat(random.nextLong()).as("seed %d index %d draw %d", seed, index, i).isEqualTo(reference.nextLong());
                }
            }
        }
    }

    @Test
    void seedPurposeAndIndexEachNameAnotherStream() {
        Set<Long> seen = new HashSet<>();
        int streams = 0;
        for (String purpose : new String[] {"", "a", "b", "aa", "ab", "ba", "sequence", "size", "evaluation", "initialise"}) {
            for (long seed = 0; seed < 30; seed++) {
                for (long index = 0; index < 100; index++) {
                    seen.add(Random64.of(seed, purpose, index).nextLong());
                    streams++;
                }
            }
        }
        assertThat(seen).hasSize(streams);
    }

    @Test
    void neighbouringStreamsAreUnrelated() {
        double product = 0;
        int equalBits = 0;
        int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            Random64 one = Random64.of(3, "sequence", i);
            Random64 next = Random64.of(3, "sequence", i + 1);
            product += (one.nextDouble() - 0.5) * (next.nextDouble() - 0.5) * 12;
            equalBits += 64 - Long.bitCount(one.nextLong() ^ next.nextLong());
        }
        assertThat(product / pairs).as("correlation").isCloseTo(0, within(4 / Math.sqrt(pairs)));
        assertThat(equalBits / (64.0 * pairs)).as("equal bits").isCloseTo(0.5, within(2 / Math.sqrt(64.0 * pairs)));
    }

    @Test
    void aRestartedObjectIsTheOtherStream() {
        Random64 random = Random64.of(1, "size", 7);
        random.nextLong();
        random.restart(2, "evaluation", 9);
        Random64 fresh = Random64.of(2, "evaluation", 9);
        for (int i = 0; i < 5; i++) {
            assertThat(random.nextLong()).isEqualTo(fresh.nextLong());
        }
    }

    @Test
    void allNumbersOfARangeAreEquallyLikely() {
        for (int[] range : new int[][] {{1, 20}, {-3, 3}, {0, 1}, {0, 255}, {0, 99}}) {
            int width = range[1] - range[0] + 1;
            int[] counts = new int[width];
            Random64 random = Random64.of(1, "range", width);
            for (int i = 0; i < DRAWS; i++) {
                counts[random.nextInt(range[0], range[1]) - range[0]]++;
            }
            double expected = (double) DRAWS / width;
            double chiSquare = 0;
            for (int count : counts) {
                chiSquare += (count - expected) * (count - expected) / expected;
            }
            int freedom = width - 1;
            assertThat(chiSquare).as("chi square of %d..%d", range[0], range[1]).isLessThan(freedom + 4 * Math.sqrt(2.0 * freedom));
        }
    }

    @Test
    void theWidestAndTheNarrowestRangeWork() {
        Random64 random = Random64.of(1, "range", 0);
        int negative = 0;
        for (int i = 0; i < 1000; i++) {
            assertThat(random.nextInt(7, 7)).isEqualTo(7);
            assertThat(random.nextInt(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
            assertThat(random.nextInt(Integer.MAX_VALUE - 1, Integer.MAX_VALUE)).isGreaterThanOrEqualTo(Integer.MAX_VALUE - 1);
            negative += random.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE) < 0 ? 1 : 0;
        }
        assertThat(negative).isBetween(420, 580);
    }

    @Test
    void anEmptyRangeIsRefused() {
        Random64 random = Random64.of(1, "range", 0);
        assertThatIllegalArgumentException().isThrownBy(() -> random.nextInt(5, 4)).withMessage("random: expected a range, got 5..4");
    }

    @Test
    void aCoinIsFairWhateverItShowedBefore() {
        Random64 random = Random64.of(1, "coin", 0);
        int[] pairs = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            pairs[(random.nextBoolean() ? 2 : 0) + (random.nextBoolean() ? 1 : 0)]++;
        }
        for (int count : pairs) {
            assertThat((double) count / DRAWS).isCloseTo(0.25, within(0.004));
        }
    }

    @Test
    void aDoubleIsUniformBelowOne() {
        assertThat(average(Random64::nextDouble, x -> x >= 0 && x < 1 ? 1 : 0)).isEqualTo(1);
        assertThat(average(Random64::nextDouble, x -> x)).isCloseTo(0.5, within(0.003));
        assertThat(average(Random64::nextDouble, x -> x * x)).isCloseTo(1 / 3.0, within(0.003));
        assertThat(average(Random64::nextDouble, x -> x * 0x1p53 % 1)).as("a multiple of 2^-53").isZero();
        assertThat(average(Random64::nextDouble, x -> x * 0x1p53 % 2)).as("the last bit is a coin").isCloseTo(0.5, within(0.006));
    }

    @Test
    void aFloatStaysInItsRange() {
        assertThat(average(r -> r.nextFloat(-0.25, 0.75), x -> x >= -0.25 && x <= 0.75 ? 1 : 0)).isEqualTo(1);
        assertThat(average(r -> r.nextFloat(-0.25, 0.75), x -> x)).isCloseTo(0.25, within(0.003));
    }

    @Test
    void aGaussianHasTheMomentsAndTailsOfTheNormalDistribution() {
        assertThat(average(Random64::nextGaussian, x -> x)).as("mean").isCloseTo(0, within(0.01));
        assertThat(average(Random64::nextGaussian, x -> x * x)).as("variance").isCloseTo(1, within(0.015));
        assertThat(average(Random64::nextGaussian, x -> x * x * x)).as("skewness").isCloseTo(0, within(0.04));
        assertThat(average(Random64::nextGaussian, x -> x * x * x * x)).as("kurtosis").isCloseTo(3, within(0.1));
        assertThat(average(Random64::nextGaussian, x -> Math.abs(x) > 1.959964 ? 1 : 0)).isCloseTo(0.05, within(0.002));
        assertThat(average(Random64::nextGaussian, x -> x > 3 ? 1 : 0)).isCloseTo(0.00135, within(0.0003));
    }

    @Test
    void aGaussianIsAlwaysFinite() {
        assertThat(average(Random64::nextGaussian, x -> Double.isFinite(x) ? 1 : 0)).isEqualTo(1);
    }
}
