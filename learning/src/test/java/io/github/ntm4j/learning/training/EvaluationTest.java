package io.github.ntm4j.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.machines.machine.Objective;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is made of the scores of sequences, worked out by hand. */
class EvaluationTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Size SIZE = Size.of("length", 3);
    private static final double BITS = 1 / Math.log(2);
    /** 1, 3 and 5 nats above the optimum; 0, 3 and 3 wrong of 4, 6 and 8. */
    private static final List<Scorer.Score> SCORES = List.of(
            new Scorer.Score(1.5, 0.5, 0, 4), new Scorer.Score(4, 1, 3, 6), new Scorer.Score(5.5, 0.5, 3, 8));

    @Test
    void costsAreAveragedInBits() {
        Evaluation evaluation = Evaluation.of(SIZE, Objective.BITS, SCORES);
        assertThat(evaluation.bitsPerSequence()).isCloseTo(11 * BITS / 3, EXACT);
        assertThat(evaluation.optimumBitsPerSequence()).isCloseTo(2 * BITS / 3, EXACT);
        assertThat(evaluation.excessBits()).isCloseTo(3 * BITS, EXACT);
        assertThat(evaluation.bitErrorsPerSequence()).isEqualTo(2);
        assertThat(evaluation.decisionsPerSequence()).isEqualTo(6);
        assertThat(evaluation.exactSequences()).isEqualTo(1);
        assertThat(evaluation.sequences()).isEqualTo(3);
    }

    /** The standard error of a mean of n numbers: their deviation, estimated with n - 1, over the root of n. */
    @Test
    void standardErrorsAreThoseOfTheMeanInTheSameUnits() {
        Evaluation evaluation = Evaluation.of(SIZE, Objective.BITS, SCORES);
        assertThat(evaluation.excessBitsError()).isCloseTo(Math.sqrt((4 + 0 + 4) / 2.0 / 3) * BITS, EXACT);
        assertThat(evaluation.bitErrorsError()).isCloseTo(Math.sqrt((4 + 1 + 1) / 2.0 / 3), EXACT);
    }

    /** Half a squared error is what training follows, the whole is what is said. */
    @Test
    void squaredErrorsAreWhole() {
        Evaluation evaluation = Evaluation.of(SIZE, Objective.REALS, SCORES);
        assertThat(evaluation.bitsPerSequence()).isCloseTo(22 / 3.0, EXACT);
        assertThat(evaluation.excessBitsError()).isCloseTo(2 * Math.sqrt(8 / 6.0), EXACT);
    }

    @Test
    void oneSequenceHasNoError() {
        Evaluation evaluation = Evaluation.of(SIZE, Objective.BITS, SCORES.subList(1, 2));
        assertThat(evaluation.excessBitsError()).isZero();
        assertThat(evaluation.bitErrorsError()).isZero();
    }
}
