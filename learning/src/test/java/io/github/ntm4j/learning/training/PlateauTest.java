package io.github.ntm4j.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a training stands still: on made-up curves, with an evaluation after every 1,000 of 100,000 sequences. */
final class PlateauTest {
    private static final TrainingConfig CONFIG = SmallTraining.training("sequences", 100_000, "solved_bits", 0.1);
    private static final int NEVER = 1000;

    /** Seed 1 with the default settings: a slow fall under noise of a tenth. */
    private static final double[] DYNAMIC_NGRAMS = {
        51.5, 51, 50.2, 46.3, 46.3, 40.8, 36.9, 39.8, 36.1, 36.8, 27.4, 18.4, 9.89, 7.32, 7.48, 4.8, 4.45, 3.25, 3.1, 3.68, 3.78,
        3.64, 2.6, 2.52, 2.54, 2.3, 2.27, 2.31, 2.15, 2.16, 2.4, 1.87, 2.07, 1.83, 2.14, 1.95, 1.53, 2, 1.87, 1.73, 1.77, 1.61,
        1.61, 1.85, 1.77, 1.74, 1.48, 1.29, 1.64, 1.62, 1.67, 1.44, 1.67, 1.46, 1.49, 1.42, 1.42, 1.42, 1.44, 1.44, 1.43, 1.33,
        1.31, 1.34, 1.32, 1.42, 1.24, 1.08, 1.47, 1.19, 1.2, 1.15, 1.24, 1.08, 1.11, 1.28, 1.34, 1.03, 0.694, 1.18, 1.21, 0.952,
        0.94, 1.13, 1.07, 1.02, 0.821, 0.877, 0.838, 0.823, 1.04, 0.874, 0.831, 1.03, 0.889, 0.907, 0.728, 0.783, 0.957, 0.951
    };

    /** Seed 7: on a plateau, learned, and lost before the task was solved. */
    private static final double[] ASSOCIATIVE_RECALL = {
        18, 17.9, 17.7, 17.8, 17.6, 17.8, 17.5, 17.6, 17.5, 17.7, 17.4, 17.5, 17.4, 17.4, 17.2, 17.3, 17.1, 17.2, 17.1, 17.3, 17.1,
        17.3, 16.8, 17.3, 17.1, 17.1, 17.3, 17.1, 16.8, 16.1, 15.1, 12, 4.17, 2.02, 17.4, 17.3, 17.4, 17.3, 17, 16.6, 15.9, 16,
        16.5, 16, 16, 15.1, 16, 15.1, 15.4, 15.2, 15.4, 15.2, 15.1, 15.2, 15.4, 15.8, 15.2, 15.3, 15.1, 15.5
    };

    /** Seed 3 until it is solved. */
    private static final double[] COPY = {
        158, 152, 67.3, 160, 160, 8.05, 0.615, 0.156, 0.0846
    };

    /** After how many evaluations a plateau is reached, and left, and reached. */
    private static List<Integer> turns(TrainingConfig config, long interval, int evaluations, int solved, IntToDoubleFunction curve) {
        Plateau plateau = Plateau.NONE;
        List<Integer> turns = new ArrayList<>();
        for (int i = 1; i <= evaluations; i++) {
            boolean before = plateau.reached();
            plateau = plateau.after(i * interval, curve.applyAsDouble(i), i >= solved, config);
            if (plateau.reached() != before) {
                turns.add(i);
            }
        }
        return turns;
    }

    private static List<Integer> turns(IntToDoubleFunction curve) {
        return turns(CONFIG, 1000, 60, NEVER, curve);
    }

    @Test
    void tenEvaluationsInARowWithoutAStepForwardArePlateau() {
        assertThat(turns(i -> 15)).containsExactly(11);
    }

    @Test
    void theMeanIsGeometricWithAFifthForTheLatest() {
        Plateau first = Plateau.NONE.after(1000, 32, false, CONFIG);
        assertThat(first).isEqualTo(new Plateau(32, 32, 1000, 0, false));
        Plateau second = first.after(2000, 1, false, CONFIG);
        assertThat(second.mean()).isCloseTo(16, within(1e-12)); // 32^(4/5) * 1^(1/5)
        assertThat(second.after(3000, 512, false, CONFIG)).isEqualTo(new Plateau(second.mean() * 2, second.mean(), 2000, 1, false));
    }

    @Test
    void aFallLeavesItAndAnotherHaltIsAnother() {
        List<Integer> turns = turns(i -> i < 30 ? 15 : 5);
        assertThat(turns).hasSize(3).startsWith(11, 30);
        assertThat(turns.getLast()).as("ten after the mean has come near 5").isBetween(45, 55);
    }

    @Test
    void aStepForwardIsATwentieth() {
        assertThat(turns(i -> i < 20 ? 100 : 94)).hasSize(3).startsWith(11);
        assertThat(turns(i -> i < 20 ? 100 : 96)).containsExactly(11);
    }

    @Test
    void slowProgressIsProgressOnceItAddsUpToATwentieth() {
        assertThat(turns(i -> 100 * Math.pow(0.99, i))).isEmpty();
        assertThat(turns(i -> 100 * Math.pow(0.9995, i))).containsExactly(11);
    }

    @Test
    void trainingsThatWereMeasured() {
        TrainingConfig ngrams = SmallTraining.training("sequences", 100_000, "solved_bits", 0.5);
        assertThat(turns(ngrams, 1000, DYNAMIC_NGRAMS.length, NEVER, i -> DYNAMIC_NGRAMS[i - 1])).isEmpty();
        assertThat(turns(CONFIG, 1000, COPY.length, NEVER, i -> COPY[i - 1])).isEmpty();
        assertThat(turns(CONFIG, 1000, ASSOCIATIVE_RECALL.length, NEVER, i -> ASSOCIATIVE_RECALL[i - 1])).containsExactly(11, 29, 44);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseNeitherHidesAPlateauNorEndsIt(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        assertThat(turns(i -> 15 * (1 + 0.02 * random.nextGaussian()))).as("seed " + seed).containsExactly(11);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aNoisyCurveThatFallsHasNone(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        assertThat(turns(i -> 800 * Math.pow(0.93, i) * Math.exp(0.3 * random.nextGaussian()))).as("seed " + seed).isEmpty();
    }

    @Test
    void whatGetsWorseStandsStillToo() {
        assertThat(turns(i -> i < 20 ? 100 * Math.pow(0.8, i) : 17)).containsExactly(29);
    }

    @Test
    void aSolvedTrainingIsOnNone() {
        assertThat(turns(CONFIG, 1000, 60, 5, i -> 15)).isEmpty();
        assertThat(turns(CONFIG, 1000, 60, 40, i -> 15)).containsExactly(11, 40);
    }

    @Test
    void whereBitsHaveNothingMoreToGainEveryEvaluationIsAStepForward() {
        assertThat(turns(i -> i < 5 ? 15 : 0.09)).isEmpty();
        assertThat(turns(i -> i < 5 ? 15 : i % 5 == 0 ? 0.09 : 3)).isEmpty();
        assertThat(turns(i -> i < 5 ? 15 : 0.1)).as("one bit too many").hasSize(1);
        assertThat(turns(i -> i < 5 ? 15 : i < 8 ? 0.05 : 15)).containsExactly(17);
    }

    @Test
    void frequentEvaluationsDoNotMakeAShortHaltAPlateau() {
        assertThat(turns(CONFIG, 100, 200, NEVER, i -> 15)).containsExactly(101);
        TrainingConfig large = SmallTraining.training("sequences", 500_000);
        assertThat(turns(large, 1000, 60, NEVER, i -> 15)).containsExactly(51);
    }

    @Test
    void aFigureThatIsNotFiniteDoesNotCount() {
        assertThat(turns(i -> i % 2 == 0 ? Double.NaN : 15)).containsExactly(21);
        assertThat(turns(i -> Double.POSITIVE_INFINITY)).isEmpty();
    }

    @Test
    void zeroBitsHurtNobody() {
        TrainingConfig unsolvable = SmallTraining.training("sequences", 100_000, "solved_bits", 0);
        assertThat(turns(unsolvable, 1000, 60, NEVER, i -> i < 5 ? 1e-8 : 0)).hasSize(1);
        assertThat(turns(unsolvable, 1000, 60, NEVER, i -> 0)).containsExactly(11);
    }
}
