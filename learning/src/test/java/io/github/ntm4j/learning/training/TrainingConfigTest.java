package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingConfigTest {
    private static final Offset<Double> EXACT = within(1e-15);

    private static TrainingConfig schedule(String word) {
        return training("schedule", word, "sequences", 1000, "learning_rate", 0.5, "final_rate", 0.2, "batch", 10);
    }

    @Test
    void theSolvedCriterionIsThatOfThePromise() {
        assertThat(TrainingConfig.DEFAULT.evaluation().sequences()).isEqualTo(200);
        assertThat(TrainingConfig.DEFAULT.stopping().solvedBits()).isEqualTo(0.1);
        assertThat(TrainingConfig.DEFAULT.stopping().stopWhenSolved()).isTrue();
        assertThat(TrainingConfig.DEFAULT.course().sequences()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500, 1000, 99_999})
    void aConstantRateStays(long done) {
        assertThat(schedule("constant").rate(done, false)).isEqualTo(0.5);
    }

    @Test
    void aLinearRateFallsOnAStraightLineToTheFinalRateAndStaysThere() {
        TrainingConfig config = schedule("linear");
        assertThat(config.rate(0, false)).isCloseTo(0.5, EXACT);
        assertThat(config.rate(250, false)).isCloseTo(0.4, EXACT);
        assertThat(config.rate(500, false)).isCloseTo(0.3, EXACT);
        assertThat(config.rate(1000, false)).isCloseTo(0.1, EXACT);
        assertThat(config.rate(5000, false)).isCloseTo(0.1, EXACT);
    }

    @Test
    void aCosineRateFallsOnHalfAWaveToTheFinalRateAndStaysThere() {
        TrainingConfig config = schedule("cosine");
        assertThat(config.rate(0, false)).isCloseTo(0.5, EXACT);
        assertThat(config.rate(250, false)).isCloseTo(0.5 * (0.2 + 0.8 * (2 + Math.sqrt(2)) / 4), EXACT);
        assertThat(config.rate(500, false)).isCloseTo(0.3, EXACT);
        assertThat(config.rate(1000, false)).isCloseTo(0.1, EXACT);
        assertThat(config.rate(5000, false)).isCloseTo(0.1, EXACT);
    }

    @Test
    void aRateRisesInEqualStepsFromZeroOverTheWarmUp() {
        TrainingConfig config = training("learning_rate", 0.5, "batch", 10, "warmup", 40);
        assertThat(config.rate(0, false)).isCloseTo(0.1, EXACT);
        assertThat(config.rate(10, false)).isCloseTo(0.2, EXACT);
        assertThat(config.rate(20, false)).isCloseTo(0.3, EXACT);
        assertThat(config.rate(30, false)).isCloseTo(0.4, EXACT);
        assertThat(config.rate(40, false)).isEqualTo(0.5);
        assertThat(config.rate(50, false)).isEqualTo(0.5);
    }

    @Test
    void theWarmUpAndTheScheduleMultiply() {
        TrainingConfig config =
                training("schedule", "linear", "sequences", 100, "learning_rate", 1, "final_rate", 0, "batch", 10, "warmup", 40);
        assertThat(config.rate(20, false)).isCloseTo(0.8 * 0.6, EXACT);
    }

    @Test
    void aSolvedTaskHasItsOwnFactor() {
        TrainingConfig config = SmallTraining.changed(schedule("linear"), "solved_rate", 0.1);
        assertThat(config.rate(500, true)).isCloseTo(0.03, EXACT);
        assertThat(training("solved_rate", 1).rate(0, true)).isEqualTo(training().rate(0, false));
    }

    @Test
    void aRateOfZeroIsRefused() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> training("learning_rate", 0))
                .withMessage("training.learning_rate: expected above 0, got 0.0");
    }

    @Test
    void sequencesAfterSolvedWithoutStoppingContradictEachOther() {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> training("stop_when_solved", false, "sequences_after_solved", 7))
                .withMessage("training.sequences_after_solved: expected 0 while training.stop_when_solved is false, got 7");
        assertThat(training("stop_when_solved", false).stopping().sequencesAfterSolved()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e10", "2.5", "many"})
    void aSegmentThatIsNoNumberOfStepsIsRefusedInALine(String segment) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunConfig.resolve(ConfigTree.EMPTY.with(ConfigTree.assignment("training.segment=" + segment))))
                .withMessageStartingWith("--set training.segment: expected a whole number from 0 to 1e9, got ")
                .withMessageContaining(segment.substring(0, 1));
        assertThat(TrainingConfig.DEFAULT.course().segment()).isZero();
    }
}
