package io.github.ntm4j.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training, an evaluation or a scorer cannot do is refused by name. */
class TrainingArgumentsTest {
    private static final TrainingConfig CONFIG = SmallTraining.training("sequences", 8L);
    private final Task task = SmallTraining.COPY.create();
    private final Machine machine = SmallTraining.machine(SmallTraining.ntm(), task, 1);

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private Trainer trainer(Machine trained, Task practised, TrainingConfig config, int threads) {
        return new Trainer(trained, practised, config, 1, threads, KernelProvider.PORTABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void thereIsAtLeastOneThread(int threads) {
        String message = "threads: expected at least 1, got " + threads;
        refused(() -> trainer(machine, task, CONFIG, threads), message);
        refused(() -> new Evaluator(machine, task, threads, KernelProvider.PORTABLE), message);
        refused(() -> TrainingMemory.of(machine, task, CONFIG, threads), message);
        refused(() -> TrainingMemory.requireWithin(Long.MAX_VALUE, machine, task, CONFIG, threads), message);
    }

    @Test
    void aTrainerHasWhatItNeeds() {
        refused(() -> trainer(null, task, CONFIG, 1), "machine: expected one, got null");
        refused(() -> trainer(machine, null, CONFIG, 1), "task: expected one, got null");
        refused(() -> trainer(machine, task, null, 1), "config: expected one, got null");
        refused(() -> new Trainer(machine, task, CONFIG, 1, 1, null), "provider: expected one, got null");
        try (Trainer trainer = trainer(machine, task, CONFIG, 1)) {
            refused(() -> trainer.listen(null), "listener: expected one, got null");
            refused(() -> trainer.watch(null), "watcher: expected one, got null");
            refused(() -> trainer.between(null), "action: expected one, got null");
            refused(() -> trainer.restore(null), "restored: expected one, got null");
        }
    }

    @Test
    void machineAndTaskFitTogether() {
        Task wider = new CopyConfig(CopyConfig.Name.COPY, 1, 5, 6).create();
        refused(() -> trainer(machine, wider, CONFIG, 1), "machine: expected the " + wider.inputs() + " inputs of the task, got " + task.inputs());
    }

    /** Settings that were not read from a file are looked at here. */
    @Test
    void settingsMadeInJavaAreWithinTheirRanges() {
        CopyConfig endless = new CopyConfig(CopyConfig.Name.COPY, 0, 5, 4);
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(endless::create)
                .withMessage("task.min_length: expected a whole number from 1 to 100000, got 0");
        refused(() -> SmallTraining.ntm().build(0, 1), "inputs: expected at least 1, got 0");
        refused(() -> SmallTraining.ntm().build(1, -1), "outputs: expected at least 1, got -1");
    }

    @Test
    void anEvaluationIsOfSequencesThatThereAre() {
        try (Evaluator evaluator = new Evaluator(machine, task, 1, KernelProvider.PORTABLE)) {
            Size size = task.largest();
            refused(() -> evaluator.evaluate(size, 0, 1, "test", 0), "count: expected at least 1, got 0");
            refused(() -> evaluator.evaluate(size, -3, 1, "test", 0), "count: expected at least 1, got -3");
            refused(() -> evaluator.evaluate(size, 1, 1, "test", -1), "first: expected at least 0, got -1");
            refused(() -> evaluator.evaluate(null, 1, 1, "test", 0), "size: expected one, got null");
            refused(() -> evaluator.evaluate(size, 1, 1, null, 0), "purpose: expected one, got null");
            refused(() -> evaluator.evaluate(size, 1, 1, "test", 0, null), "goOn: expected one, got null");
            refused(
                    () -> evaluator.evaluate(Size.of("length", 0), 1, 1, "test", 0), "size: expected length from 1 to 1000000, got 0");
            refused(
                    () -> evaluator.evaluate(Size.of("length", -7), 1, 1, "test", 0), "size: expected length from 1 to 1000000, got -7");
            refused(() -> evaluator.evaluate(Size.of("width", 3), 1, 1, "test", 0), "size: expected a length, got width=3");
        }
    }

    @Test
    void aScorerTakesABatch() {
        refused(() -> new Scorer(machine, task, 0, KernelProvider.PORTABLE), "batch: expected at least 1, got 0");
        Scorer scorer = new Scorer(machine, task, 2, KernelProvider.PORTABLE);
        refused(() -> scorer.score(task.largest(), 1, "test", 0, 3, () -> true), "count: expected 0 to 2, got 3");
        refused(() -> scorer.score(task.largest(), 1, "test", 0, 0, () -> true), "count: expected at least 1, got 0");
        refused(() -> scorer.score(task.largest(), 1, "test", new long[3], () -> true), "indices: expected 1 to 2, got 3");
        refused(() -> scorer.score(task.largest(), 1, "test", null, () -> true), "indices: expected one, got null");
    }

    @Test
    void whatIsClosedSaysSo() {
        Trainer trainer = trainer(machine, task, CONFIG, 1);
        Progress progress = trainer.state().progress();
        trainer.close();
        assertThatIllegalStateException().isThrownBy(trainer::run).withMessage("the trainer is closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> trainer.restore(progress))
                .withMessage("restore: expected a trainer that is open, but it is closed");
        Evaluator evaluator = new Evaluator(machine, task, 1, KernelProvider.PORTABLE);
        evaluator.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> evaluator.evaluate(task.largest(), 1, 1, "test", 0))
                .withMessage("these workers are closed");
    }

    /** In the middle of an evaluation or a training another thread is refused, and the first is not disturbed. */
    @Test
    void aSecondThreadIsRefused() throws InterruptedException {
        try (Evaluator evaluator = new Evaluator(machine, task, 1, KernelProvider.PORTABLE)) {
            Evaluation alone = evaluator.evaluate(task.largest(), 4, 1, "test", 0);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Evaluation disturbed = evaluator
                    .evaluate(task.largest(), 4, 1, "test", 0, () -> {
                        thrown.compareAndSet(null, inAnotherThread(() -> evaluator.evaluate(task.largest(), 4, 1, "test", 0)));
                        return true;
                    })
                    .orElseThrow();
            assertThat(thrown.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("evaluator: expected one thread at a time, got intruder");
            assertThat(disturbed).isEqualTo(alone);
        }
        try (Trainer trainer = trainer(machine, task, CONFIG, 1)) {
            AtomicReference<Throwable> running = new AtomicReference<>();
            AtomicReference<Throwable> restoring = new AtomicReference<>();
            trainer.listen(event -> {
                if (event instanceof TrainingEvent.Started) {
                    running.set(inAnotherThread(trainer::run));
                    restoring.set(inAnotherThread(() -> trainer.restore(Progress.START)));
                }
            });
            assertThat(trainer.run()).isNotNull();
            assertThat(running.get()).isInstanceOf(IllegalStateException.class).hasMessage("the trainer has a training under way");
            assertThat(restoring.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("restore: expected a trainer that is at rest, but a training is under way");
        }
    }

    private static Throwable inAnotherThread(ThrowingCallable call) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try {
            Thread.ofPlatform().name("intruder").start(() -> thrown.set(catchThrowable(call))).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thrown.get();
    }
}
