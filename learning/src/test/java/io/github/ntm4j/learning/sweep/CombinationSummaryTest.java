package io.github.ntm4j.learning.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.sweep.CombinationSummary.Spread;
import io.github.ntm4j.learning.training.Relapses;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.machines.config.ConfigTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CombinationSummaryTest {
    private static final SweepPlan PLAN =
            SweepPlan.grid(ConfigTree.EMPTY, List.of(Choice.parse("training.batch=4,8")), List.of(1L, 2L, 3L, 4L));

    private static RunResult result(int run, Outcome outcome, long solvedAfter, double seconds, double bits) {
        OptionalLong solved = solvedAfter < 0 ? OptionalLong.empty() : OptionalLong.of(solvedAfter);
        return new RunResult(
                PLAN.runs().get(run), outcome, solved, 5000, seconds, bits, bits - 0.5, bits / 2, false, Optional.of(Relapses.NONE), "hash");
    }

    private static RunResult with(RunResult result, Optional<Relapses> relapses) {
        return new RunResult(
                result.run(), result.outcome(), result.solvedAfter(), result.sequences(), result.seconds(), result.bitsPerSequence(),
                result.excessBits(), result.bitErrorsPerSequence(), result.plateau(), relapses, result.weightsSha256());
    }

    @Test
    void runs_that_relapsed_are_counted_where_that_was_recorded() {
        RunResult first = result(0, Outcome.SOLVED, 1000, 2, 1);
        RunResult second = result(2, Outcome.SOLVED, 1000, 2, 1);
        Optional<Relapses> relapses = Optional.of(new Relapses(1000, 20, 3, 0, 4.7, 2));
        assertThat(CombinationSummary.of(PLAN, List.of(first, second)).getFirst().relapsed()).hasValue(0);
        assertThat(CombinationSummary.of(PLAN, List.of(first, with(second, relapses))).getFirst().relapsed()).hasValue(1);
        assertThat(CombinationSummary.of(PLAN, List.of(with(first, Optional.empty()), with(second, relapses))).getFirst().relapsed()).isEmpty();
    }

    @Test
    void medians_are_of_all_runs_and_sequences_of_those_that_solved_the_task() {
        List<CombinationSummary> summaries = CombinationSummary.of(PLAN, List.of(
                result(6, Outcome.DIVERGED, -1, 1, Double.NaN),
                result(4, Outcome.SOLVED, 3000, 8, 2),
                result(0, Outcome.SOLVED, 1000, 2, 1),
                result(2, Outcome.BUDGET, -1, 4, 6)));
        assertThat(summaries).hasSize(1);
        CombinationSummary summary = summaries.getFirst();
        assertThat(summary.combination()).isEqualTo(PLAN.combinations().getFirst());
        assertThat(summary.runs()).isEqualTo(4);
        assertThat(summary.solved()).isEqualTo(2);
        assertThat(summary.diverged()).isEqualTo(1);
        assertThat(summary.sequencesToSolved()).isEqualTo(new Spread(2000, 1000, 3000));
        assertThat(summary.seconds()).isEqualTo(3);
        assertThat(summary.bitsPerSequence()).isEqualTo(4);
        assertThat(summary.excessBits()).isEqualTo(3.5);
        assertThat(summary.bitErrorsPerSequence()).isEqualTo(2);
    }

    @Test
    void a_combination_without_a_solved_run_has_no_spread() {
        CombinationSummary summary = CombinationSummary.of(PLAN, List.of(result(1, Outcome.BUDGET, -1, 4, 6))).getFirst();
        assertThat(summary.combination().number()).isEqualTo(2);
        assertThat(summary.sequencesToSolved().median()).isNaN();
    }
}
