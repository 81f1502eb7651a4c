package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent.Skipped;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences that make a loss or a derivative that is not finite, in chosen updates of a training of batches of 6. */
final class TrainerSkipTest {
    private static final long SEED = 3;
    private static final int BATCH = 6;

    private final List<TrainingEvent> events = new ArrayList<>();

    private enum Poison {
        NAN_INPUT("loss", sequence -> sequence.input(0, 0, Float.NaN)),
        INFINITE_INPUT("gradient", sequence -> sequence.input(1, 0, Float.POSITIVE_INFINITY)),
        NAN_TARGET("loss", sequence -> sequence.target(2, 1, Float.NaN)),
        HUGE_MASK("gradient", sequence -> sequence.mask()[2] = 1e38f),
        GREATEST_MASK("loss", sequence -> sequence.mask()[2] = Float.MAX_VALUE);

        private final String what;
        private final Consumer<Sequence> poison;

        Poison(String what, Consumer<Sequence> poison) {
            this.what = what;
            this.poison = poison;
        }
    }

    /** Remembers one bit for a step, two outputs; the last sequence of a poisoned update is poisoned. */
    private static ScriptedTask task(Poison poison, Set<Integer> poisoned) {
        return new ScriptedTask(2, 3, SEED, (number, into) -> {
            write(number, into);
            int update = (int) (number / BATCH);
            if (poisoned.contains(update) && number % BATCH == BATCH - 1) {
                poison.poison.accept(into);
            }
        }, TrainerSkipTest::write);
    }

    private static void write(long number, Sequence into) {
        into.input(0, 0, number % 2);
        into.target(2, 0, number % 2);
        into.target(2, 1, 1 - number % 2);
    }

    private Trainer trainer(Poison poison, Set<Integer> poisoned, Object... settings) {
        ScriptedTask task = task(poison, poisoned);
        Machine machine = machine(ntm(), task, SEED);
        return SmallTraining.trainer(machine, task, config(settings), SEED, 2, KernelProvider.SIMD, events);
    }

    private static TrainingConfig config(Object... settings) {
        TrainingConfig config = training(
                "batch", BATCH, "sequences", 10 * BATCH, "report_interval", BATCH, "evaluation_sequences", 9,
                "evaluation_interval", 2 * BATCH, "solved_bits", 0, "rollbacks", 0);
        return SmallTraining.changed(config, settings);
    }

    private List<Skipped> skipped() {
        return events.stream().filter(Skipped.class::isInstance).map(Skipped.class::cast).toList();
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateThatIsNotFiniteLeavesWeightsAndMomentsToTheBit(Poison poison) {
        List<Frozen> states = new ArrayList<>();
        try (Trainer trainer = trainer(poison, Set.of(4))) {
            trainer.listen(event -> {
                if (event instanceof Reported || event instanceof Skipped) {
                    states.add(Frozen.of(trainer));
                }
            });
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            assertThat(trainer.state().progress().skipped()).isEqualTo(1);
            assertThat(trainer.state().progress().updates()).isEqualTo(9);
            assertThat(trainer.state().progress().sequences()).isEqualTo(10 * BATCH);
        }
        assertThat(states).hasSize(10);
        assertThat(states.get(4).weights()).isEqualTo(states.get(3).weights()).isNotEqualTo(states.get(5).weights());
        assertThat(states.get(4).moments()).isEqualTo(states.get(3).moments()).isNotEqualTo(states.get(5).moments());
        assertThat(states.getLast().weights()).allMatch(Float::isFinite);
        assertThat(skipped()).containsExactly(new Skipped(5 * BATCH, "the " + poison.what + " is not finite", 1));
    }

    @Test
    void aTrainingGoesOnAsIfTheSkippedBatchHadNotBeen() {
        Frozen poisoned;
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(4))) {
            trainer.run();
            poisoned = Frozen.of(trainer);
        }
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(), "sequences", 4 * BATCH)) {
            trainer.run();
            Frozen before = Frozen.of(trainer);
            try (Trainer leaping = trainer(Poison.NAN_INPUT, Set.of())) {
                before.into(leaping);
                Counters counters = new Counters(before.progress());
                counters.sequences += BATCH;
                leaping.restore(counters.freeze());
                leaping.run();
                assertThat(Frozen.of(leaping).weights()).isEqualTo(poisoned.weights());
                assertThat(Frozen.of(leaping).moments()).isEqualTo(poisoned.moments());
            }
        }
    }

    @Test
    void aSkippedUpdateIsNotPartOfTheReportedFigures() {
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(1, 2, 5), "report_interval", 3 * BATCH)) {
            trainer.run();
        }
        List<Reported> reports = events.stream().filter(Reported.class::isInstance).map(Reported.class::cast).toList();
        assertThat(reports).extracting(Reported::sequences).containsExactly(18L, 36L, 54L);
        assertThat(reports).extracting(Reported::skipped).containsExactly(2L, 3L, 3L);
        assertThat(reports).allMatch(r -> Double.isFinite(r.bitsPerSequence()) && Double.isFinite(r.gradientNorm()));
        assertThat(reports.getFirst().bitsPerSequence()).as("of a single untrained update").isBetween(1.5, 2.5);
    }

    @Test
    void aStretchOfSkippedUpdatesHasNothingToReport() {
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(2, 3), "report_interval", 2 * BATCH)) {
            trainer.run();
        }
        assertThat(events).filteredOn(Reported.class::isInstance).extracting(e -> ((Reported) e).sequences())
                .containsExactly(12L, 36L, 48L, 60L);
    }

    @Test
    void fiveSkipsInARowEndTheTraining() {
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(2, 3, 4, 5, 6, 7))) {
            assertThat(trainer.run()).isEqualTo(Outcome.DIVERGED);
            assertThat(Frozen.of(trainer).weights()).allMatch(Float::isFinite);
            assertThat(trainer.run()).as("running on").isEqualTo(Outcome.DIVERGED);
        }
        assertThat(skipped()).extracting(Skipped::inARow).containsExactly(1, 2, 3, 4, 5);
        assertThat(events).contains(new Finished(7 * BATCH, Outcome.DIVERGED));
    }

    @Test
    void fiveSkipsThatAreNotInARowDoNotEndIt() {
        try (Trainer trainer = trainer(Poison.NAN_INPUT, Set.of(0, 1, 2, 3, 5, 6, 7, 8))) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
        }
        assertThat(skipped()).extracting(Skipped::inARow).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void skipsBeforeAStopCountInTheRow(int before) {
        Set<Integer> poisoned = Set.of(2, 3, 4, 5, 6);
        Frozen stopped;
        try (Trainer trainer = trainer(Poison.NAN_INPUT, poisoned, "sequences", (2 + before) * BATCH)) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            stopped = Frozen.of(trainer);
        }
        try (Trainer trainer = trainer(Poison.NAN_INPUT, poisoned)) {
            stopped.into(trainer);
            assertThat(trainer.run()).isEqualTo(Outcome.DIVERGED);
            assertThat(trainer.state().progress().sequences()).isEqualTo(7 * BATCH);
        }
    }

    @Test
    void aTrainingThatDivergedAndIsRestoredTriesAgain() {
        Set<Integer> poisoned = Set.of(2, 3, 4, 5, 6);
        Frozen diverged;
        try (Trainer trainer = trainer(Poison.NAN_INPUT, poisoned)) {
            trainer.run();
            diverged = Frozen.of(trainer);
            assertThat(diverged.progress().skippedInARow()).isEqualTo(5);
        }
        try (Trainer trainer = trainer(Poison.NAN_INPUT, poisoned)) {
            diverged.into(trainer);
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            assertThat(trainer.state().progress().skipped()).isEqualTo(5);
            assertThat(trainer.state().progress().updates()).isEqualTo(5);
        }
    }

    @Test
    void anEvaluationThatIsNotFiniteIsNeitherGoodNorTheBest() {
        ScriptedTask task = new ScriptedTask(2, 3, SEED, TrainerSkipTest::write, (number, into) -> {
            write(number, into);
            // All targets are 0, which an output that is not a number must not pass for.
            into.target(2, 0, 0);
            into.target(2, 1, 0);
            into.input(0, 0, Float.NaN);
        });
        Machine machine = machine(ntm(), task, SEED);
        try (Trainer trainer = SmallTraining.trainer(machine, task, config(), SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
            assertThat(trainer.state().progress().bestBits()).isEqualTo(Double.MAX_VALUE);
        }
        List<TrainingEvent.Evaluated> evaluations =
                events.stream().filter(TrainingEvent.Evaluated.class::isInstance).map(TrainingEvent.Evaluated.class::cast).toList();
        assertThat(evaluations).isNotEmpty().noneMatch(TrainingEvent.Evaluated::best);
        assertThat(evaluations).extracting(e -> e.evaluation().exactSequences()).containsOnly(0);
        assertThat(evaluations).extracting(e -> e.evaluation().bitErrorsPerSequence()).containsOnly(2.0);
    }
}
