package io.github.ntm4j.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.PlateauLeft;
import io.github.ntm4j.learning.training.TrainingEvent.PlateauReached;
import io.github.ntm4j.learning.training.TrainingEvent.Relapsed;
import io.github.ntm4j.learning.training.TrainingEvent.Solved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of made-up evaluations, one after every 1,000 of 100,000 sequences. */
final class AssessmentTest {
    private static final TrainingConfig CONFIG = TrainingConfig.DEFAULT;

    private Counters counters = new Counters(Progress.START);

    private static Evaluation evaluation(double bits, double errors, double optimum) {
        return new Evaluation(Size.of("length", 5), 200, optimum + bits, errors, 0, optimum, 0, 0);
    }

    /** The events of evaluations with these bits; a wrong bit for each ten of them. */
    private List<TrainingEvent> after(double... bits) {
        List<TrainingEvent> events = new ArrayList<>();
        for (double b : bits) {
            counters.sequences += 1000;
            events.addAll(Assessment.of(evaluation(b, Math.floor(b / 10), 0), true, true, counters, CONFIG));
        }
        return events;
    }

    private static List<TrainingEvent> setbacks(List<TrainingEvent> events) {
        return events.stream().filter(event -> !(event instanceof Evaluated)).toList();
    }

    @Test
    void aPlateauIsToldOnceAndWhenItIsLeft() {
        assertThat(setbacks(after(20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 19, 21, 22, 5, 4))).containsExactly(
                new PlateauReached(11_000, 1000, 20, 19), new PlateauLeft(14_000, 1000, 5));
    }

    @Test
    void bitsThatMaySolveTheTaskLeaveThePlateau() {
        assertThat(setbacks(after(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0.05, 0.05))).containsExactly(
                new PlateauReached(11_000, 1000, 5, 5), new PlateauLeft(12_000, 1000, 0.05), new Solved(13_000));
    }

    @Test
    void nothingIsSolvedWhereThereIsNothingToLearn() {
        for (int i = 0; i < 3; i++) {
            counters.sequences += 1000;
            assertThat(setbacks(Assessment.of(evaluation(0, 0, 0), false, false, counters, CONFIG))).isEmpty();
        }
        assertThat(counters.solved()).isFalse();
    }

    @Test
    void everyEvaluationThatLosesASolvedTaskIsTold() {
        List<TrainingEvent> events = after(0.05, 0.05, 0.04, 4.5, 40, 0.03, 0.2);
        assertThat(setbacks(events)).containsExactly(
                new Solved(2000), new Relapsed(4000, 4.5, 0, 1), new Relapsed(5000, 40, 4, 2), new Relapsed(7000, 0.2, 0, 1));
        assertThat(counters.relapses).isEqualTo(new Relapses(2000, 5, 3, 1, 40, 4));
        assertThat(events).filteredOn(Evaluated.class::isInstance).as("the curve has what was measured").hasSize(7);
    }

    @Test
    void aTaskThatWasGoodEnoughOnceCanBeLostBeforeItIsSolved() {
        assertThat(setbacks(after(20, 0.05, 15))).containsExactly(new Relapsed(3000, 15, 1, 1));
        assertThat(counters.relapses).isEqualTo(new Relapses(2000, 1, 1, 1, 15, 1));
        assertThat(setbacks(after(0.05, 0.05))).containsExactly(new Solved(5000));
        assertThat(counters.relapses).as("the count begins anew with the solved task").isEqualTo(new Relapses(5000, 0, 0, 0, 0, 0));
    }

    @Test
    void beforeAnythingIsLearnedNothingIsLost() {
        assertThat(setbacks(after(20, 15, 30, 0.2))).isEmpty();
        assertThat(counters.relapses).isEqualTo(Relapses.NONE);
    }

    @Test
    void bitsCountAboveTheOptimum() {
        TrainingConfig config = SmallTraining.training("solved_bits", 0.5, "solved_errors", 1e9);
        List<TrainingEvent> events = new ArrayList<>();
        for (double bits : new double[] {30, 0.4, 0.4, 0.6}) {
            counters.sequences += 1000;
            events.addAll(Assessment.of(evaluation(bits, 47, 128), false, true, counters, config));
        }
        assertThat(setbacks(events)).hasSize(2).first().isEqualTo(new Solved(3000));
        assertThat(counters.relapses.mostBits()).isBetween(0.599, 0.601);
    }

    @Test
    void aFigureThatIsNotFiniteIsARelapseWithoutASize() {
        after(0.05, 0.05, 3, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(counters.relapses).isEqualTo(new Relapses(2000, 3, 3, 3, 3, 0));
    }

    @Test
    void aTrainingThatWentOnAnywhereTellsTheSame() {
        double[] bits = {20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 12, 0.05, 3, 0.05, 0.04, 0.05, 17, 17, 0.02, 15};
        List<TrainingEvent> whole = after(bits);
        assertThat(whole).hasAtLeastOneElementOfType(PlateauReached.class).hasAtLeastOneElementOfType(Relapsed.class);
        Progress end = counters.freeze();
        for (int stop = 0; stop <= bits.length; stop++) {
            counters = new Counters(Progress.START);
            List<TrainingEvent> parts = new ArrayList<>(after(Arrays.copyOf(bits, stop)));
            counters = new Counters(counters.freeze());
            parts.addAll(after(Arrays.copyOfRange(bits, stop, bits.length)));
            assertThat(parts).as("stopped after " + stop).isEqualTo(whole);
            assertThat(counters.freeze()).isEqualTo(end);
        }
    }
}
