package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.learning.training.TrainingEvent.RolledBack;
import io.github.ntm4j.learning.training.TrainingEvent.Skipped;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Five skipped updates in a row, in a training of batches of 6 that is evaluated after its seventh update and its fourteenth. */
final class TrainerRollbackTest {
    private static final long SEED = 3;
    private static final int BATCH = 6;
    private static final int UPDATES = 20;
    private static final double RATE = 4e-4;

    private final List<TrainingEvent> events = new ArrayList<>();

    private static void write(long number, Sequence into) {
        into.input(0, 0, number % 2);
        into.target(2, 0, number % 2);
        into.target(2, 1, 1 - number % 2);
    }

    private static Set<Integer> updates(int from, int to) {
        Set<Integer> updates = new HashSet<>();
        for (int update = from; update < to; update++) {
            updates.add(update);
        }
        return updates;
    }

    private Trainer trainer(Set<Integer> spoilt, int threads, Object... settings) {
        ScriptedTask task = new ScriptedTask(2, 3, SEED, (number, into) -> {
            write(number, into);
            if (spoilt.contains((int) (number / BATCH)) && number % BATCH == 2) {
                into.input(1, 0, Float.NaN);
            }
        }, TrainerRollbackTest::write);
        TrainingConfig config = SmallTraining.changed(
                training(
                        "batch", BATCH, "sequences", UPDATES * BATCH, "report_interval", BATCH, "evaluation_sequences", 5,
                        "evaluation_interval", 7 * BATCH, "learning_rate", RATE, "solved_bits", 0),
                settings);
        Machine machine = machine(ntm(), task, SEED);
        return SmallTraining.trainer(machine, task, config, SEED, threads, KernelProvider.SIMD, events);
    }

    /** The states after events of a kind. */
    private static <E extends TrainingEvent> List<Frozen> after(Class<E> kind, Trainer trainer) {
        List<Frozen> states = new ArrayList<>();
        trainer.listen(event -> {
            if (kind.isInstance(event)) {
                states.add(Frozen.of(trainer));
            }
        });
        return states;
    }

    private static void assertSame(Frozen one, Frozen other) {
        assertThat(one.weights()).isEqualTo(other.weights());
        assertThat(one.moments()).isEqualTo(other.moments());
    }

    @ParameterizedTest
    @CsvSource({"1, rmsprop", "2, rmsprop", "2, adam"})
    void weightsAndMomentsAreThoseOfTheLastEvaluationAndTheRateIsHalved(int threads, String optimiser) {
        try (Trainer trainer = trainer(updates(8, 13), threads, "optimiser", optimiser)) {
            List<Frozen> evaluated = after(Evaluated.class, trainer);
            List<Frozen> back = after(RolledBack.class, trainer);
            List<Frozen> reported = after(Reported.class, trainer);
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            assertSame(back.getFirst(), evaluated.getFirst());
            assertThat(back.getFirst().weights()).as("the eighth update was made").isNotEqualTo(reported.get(7).weights());
            assertThat(evaluated.get(1).weights()).isNotEqualTo(evaluated.get(0).weights());
            assertThat(trainer.state().progress().rollbacks()).isEqualTo(new Rollbacks(1, 0.5, 14 * BATCH, 8, 1));
            assertThat(trainer.failedUpdate()).isEmpty();
        }
        assertThat(events).filteredOn(RolledBack.class::isInstance).containsExactly(new RolledBack(13 * BATCH, 7 * BATCH, 0.5, 1));
        assertThat(events).filteredOn(Reported.class::isInstance).extracting(e -> ((Reported) e).learningRate())
                .containsExactly(RATE, RATE, RATE, RATE, RATE, RATE, RATE, RATE,
                        RATE / 2, RATE / 2, RATE / 2, RATE / 2, RATE / 2, RATE / 2, RATE / 2);
    }

    @Test
    void theTrainingGoesOnAsOneThatHadTheGoodStateAndHalfTheRateFromTheBeginning() {
        Frozen good;
        Frozen end;
        try (Trainer trainer = trainer(updates(8, 13), 1, "optimiser", "adam")) {
            List<Frozen> evaluated = after(Evaluated.class, trainer);
            trainer.run();
            good = evaluated.getFirst();
            end = Frozen.of(trainer);
        }
        try (Trainer trainer = trainer(Set.of(), 1, "optimiser", "adam", "learning_rate", RATE / 2)) {
            Counters counters = new Counters(good.progress());
            counters.sequences = 13 * BATCH;
            new Frozen(counters.freeze(), good.weights(), good.moments(), good.good()).into(trainer);
            trainer.run();
            assertSame(Frozen.of(trainer), end);
        }
    }

    @Test
    void beforeTheFirstEvaluationTheGoodStateIsTheFirst() {
        try (Trainer trainer = trainer(updates(1, 6), 1)) {
            Frozen first = Frozen.of(trainer);
            List<Frozen> back = after(RolledBack.class, trainer);
            trainer.run();
            assertSame(back.getFirst(), first);
        }
        assertThat(events).contains(new RolledBack(6 * BATCH, 0, 0.5, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void afterSoManyRollbacksItDiverges(int rollbacks) {
        try (Trainer trainer = trainer(updates(3, 100), 2, "rollbacks", rollbacks)) {
            assertThat(trainer.run()).isEqualTo(Outcome.DIVERGED);
            assertThat(trainer.state().progress().rollbacks().made()).isEqualTo(rollbacks);
            assertThat(Frozen.of(trainer).weights()).allMatch(Float::isFinite);
            FailedUpdate failed = trainer.failedUpdate().orElseThrow();
            assertThat(failed.what()).isEqualTo(NonFinite.LOSS);
            assertThat(failed.first()).isEqualTo((3 + 5 * (rollbacks + 1) - 1) * BATCH);
            assertThat(failed.batch().get(2).input()[1]).isNaN();
        }
        assertThat(events).filteredOn(RolledBack.class::isInstance).hasSize(rollbacks);
        assertThat(events).filteredOn(Skipped.class::isInstance).hasSize(5 * (rollbacks + 1));
        assertThat(events.getLast()).isEqualTo(new Finished((3 + 5L * (rollbacks + 1)) * BATCH, Outcome.DIVERGED));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7, 8, 9, 12, 13, 14, 17, 18, 19})
    void aTrainingThatIsStoppedOnTheWayIsTheUnbrokenOne(int stop) {
        Set<Integer> spoilt = updates(8, 18);
        Frozen unbroken;
        try (Trainer trainer = trainer(spoilt, 1, "optimiser", "adam")) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            unbroken = Frozen.of(trainer);
            assertThat(unbroken.progress().rollbacks().made()).isEqualTo(2);
        }
        Frozen stopped;
        try (Trainer trainer = trainer(spoilt, 2, "optimiser", "adam", "sequences", stop * BATCH)) {
            trainer.run();
            stopped = Frozen.of(trainer);
        }
        try (Trainer trainer = trainer(spoilt, 2, "optimiser", "adam")) {
            stopped.into(trainer);
            trainer.run();
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken);
        }
    }

    @Test
    void aTrainingThatDivergedAndGoesOnHasAllItsRollbacksAgainAtTheRateThatIsLeft() {
        Frozen diverged;
        try (Trainer trainer = trainer(updates(3, 13), 1, "rollbacks", 1)) {
            assertThat(trainer.run()).isEqualTo(Outcome.DIVERGED);
            diverged = Frozen.of(trainer);
        }
        try (Trainer trainer = trainer(updates(3, 13), 1, "rollbacks", 1)) {
            diverged.into(trainer);
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            assertThat(trainer.state().progress().rollbacks().made()).isZero();
            assertThat(trainer.state().progress().rollbacks().rate()).isEqualTo(0.5);
        }
    }

    @Test
    void aCheckpointFromBeforeThereWereRollbacksIsItsOwnGoodState() {
        Frozen old;
        try (Trainer trainer = trainer(Set.of(), 1, "sequences", 5 * BATCH, "rollbacks", 0)) {
            trainer.run();
            old = Frozen.of(trainer);
            assertThat(old.progress().rollbacks()).isEqualTo(Rollbacks.NONE);
            assertThat(old.good()).isNull();
        }
        try (Trainer trainer = trainer(updates(5, 10), 1)) {
            old.into(trainer);
            List<Frozen> back = after(RolledBack.class, trainer);
            trainer.run();
            assertSame(back.getFirst(), old);
        }
    }
}
