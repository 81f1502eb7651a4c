package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.COPY;
import static io.github.ntm4j.learning.training.SmallTraining.machine;
import static io.github.ntm4j.learning.training.SmallTraining.ntm;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.SmallTraining.Frozen;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others ask of a training happens between two updates and changes none of its bits. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TrainerRequestsTest {
    private static final long SEED = 11;
    private static final int UPDATES = 12;

    private static TrainingConfig config() {
        return training(
                "batch", 6, "sequences", 6 * UPDATES, "report_interval", 12, "evaluation_interval", 18, "evaluation_sequences", 11,
                "learning_rate", 0.003, "solved_bits", 0);
    }

    private static Trainer trainer(IntConsumer atUpdate) {
        Task task = new WatchedTask(COPY.create(), atUpdate);
        return new Trainer(machine(ntm(), task, SEED), task, config(), SEED, 2, KernelProvider.SIMD);
    }

    private static Trainer trainer() {
        return trainer(_ -> {});
    }

    private static Frozen unbroken() {
        try (Trainer trainer = trainer()) {
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
            return Frozen.of(trainer);
        }
    }

    private static CompletableFuture<Outcome> start(Trainer trainer) {
        return CompletableFuture.supplyAsync(trainer::run, task -> Thread.ofPlatform().name("training").start(task));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Test
    void anActionIsPerformedByTheTrainingBetweenTwoUpdatesAfterTheEvaluation() {
        List<String> order = new ArrayList<>();
        Trainer[] itself = new Trainer[1];
        List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
        try (Trainer trainer = trainer(update -> {
            order.add("update " + update);
            if (update == 3) {
                asked.add(itself[0].between(() -> order.add(
                        "action at " + itself[0].state().progress().sequences() + " on " + Thread.currentThread().getName())));
            }
        })) {
            itself[0] = trainer;
            trainer.listen(event -> {
                if (event instanceof Evaluated evaluated) {
                    order.add("evaluated " + evaluated.sequences());
                }
            });
            assertThat(start(trainer).join()).isEqualTo(Outcome.BUDGET);
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken());
        }
        assertThat(asked.getFirst()).isCompleted();
        assertThat(order).startsWith(
                "update 1", "update 2", "update 3", "evaluated 18", "action at 18 on training", "update 4");
    }

    @Test
    void anActionThatFailsFailsForWhoAskedAndNotForTheTraining() {
        Trainer[] itself = new Trainer[1];
        List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
        try (Trainer trainer = trainer(update -> {
            if (update == 2) {
                asked.add(itself[0].between(() -> {
                    throw new CancellationException("no");
                }));
            }
        })) {
            itself[0] = trainer;
            assertThat(trainer.run()).isEqualTo(Outcome.BUDGET);
        }
        assertThat(asked.getFirst()).isCompletedExceptionally();
    }

    @Test
    void withoutATrainingAnActionIsPerformedAtOnceByWhoAsks() {
        try (Trainer trainer = trainer()) {
            List<Object> done = new ArrayList<>();
            assertThat(trainer.between(() -> done.add(Thread.currentThread()))).isCompleted();
            trainer.run();
            assertThat(trainer.between(() -> done.add(trainer.state().progress().sequences()))).isCompleted();
            assertThat(done).containsExactly(Thread.currentThread(), 6L * UPDATES);
        }
    }

    @Test
    void whatIsAskedForAtTheEndIsStillPerformed() {
        try (Trainer trainer = trainer()) {
            List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
            trainer.listen(event -> {
                if (event instanceof TrainingEvent.Finished) {
                    asked.add(trainer.between(() -> {}));
                }
            });
            trainer.run();
            assertThat(asked).singleElement().satisfies(action -> assertThat(action).isCompleted());
        }
    }

    @Test
    void aTrainingThatFailedOrIsClosedHasNoStateForAnAction() {
        List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
        Trainer trainer = trainer();
        trainer.listen(event -> {
            if (event instanceof Reported) {
                asked.add(trainer.between(() -> {}));
                throw new CancellationException("the disk is full");
            }
        });
        assertThatThrownBy(trainer::run).hasMessage("the disk is full");
        asked.add(trainer.between(() -> {}));
        trainer.close();
        asked.add(trainer.between(() -> {}));
        assertThat(asked).hasSize(3).allSatisfy(action -> assertThatThrownBy(action::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class));
        assertThatIllegalStateException().isThrownBy(trainer::run).withMessage("the trainer is closed");
    }

    @Test
    void aPauseHoldsTheTrainingAndItsClockAndGoesOnToTheSameBits() throws InterruptedException {
        Trainer[] itself = new Trainer[1];
        try (Trainer trainer = trainer(update -> {
            if (update == 4) {
                itself[0].pause();
            }
        })) {
            itself[0] = trainer;
            CompletableFuture<Outcome> training = start(trainer);
            await(trainer::paused);
            List<Long> sequences = new ArrayList<>();
            for (int look = 0; look < 3; look++) {
                trainer.between(() -> sequences.add(trainer.state().progress().sequences())).join();
                Thread.sleep(5);
            }
            assertThat(sequences).as("where it waits, and still does what is asked").containsExactly(24L, 24L, 24L);
            assertThat(trainer.paused()).isTrue();
            assertThat(training).isNotDone();
            assertThat(trainer.pausedSeconds()).isBetween(0.01, 60.0);
            trainer.proceed();
            assertThat(training.join()).isEqualTo(Outcome.BUDGET);
            assertThat(trainer.paused()).isFalse();
            assertThat(trainer.pausedSeconds()).as("no longer counts").isEqualTo(trainer.pausedSeconds());
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken());
        }
    }

    @Test
    void aTrainingThatIsStoppedInAPauseEndsAndRunsAgainToTheSameBits() throws InterruptedException {
        Trainer[] itself = new Trainer[1];
        try (Trainer trainer = trainer(update -> {
            if (update == 5) {
                itself[0].pause();
            }
        })) {
            itself[0] = trainer;
            CompletableFuture<Outcome> training = start(trainer);
            await(trainer::paused);
            trainer.stop();
            assertThat(training.join()).isEqualTo(Outcome.STOPPED);
            assertThat(trainer.state().progress().sequences()).isEqualTo(30);
            assertThat(trainer.run()).as("neither paused nor stopped any more").isEqualTo(Outcome.BUDGET);
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken());
        }
    }

    @Test
    void aTrainingThatIsPausedOrStoppedBeforeItBeginsMakesNoUpdate() throws InterruptedException {
        try (Trainer trainer = trainer()) {
            trainer.stop();
            assertThat(trainer.run()).isEqualTo(Outcome.STOPPED);
            assertThat(trainer.state().progress().updates()).isZero();
            trainer.pause();
            CompletableFuture<Outcome> training = start(trainer);
            await(trainer::paused);
            assertThat(trainer.state().progress().updates()).isZero();
            assertThatIllegalStateException().isThrownBy(trainer::run).withMessage("the trainer has a training under way");
            trainer.proceed();
            assertThat(training.join()).isEqualTo(Outcome.BUDGET);
            assertThat(Frozen.of(trainer)).isEqualTo(unbroken());
        }
    }
}
