package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.constantMachine;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.training.TrainingEvent.Evaluated;
import io.github.ntm4j.learning.training.TrainingEvent.Finished;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.training.TrainingEvent.Solved;
import io.github.ntm4j.learning.training.TrainingEvent.Started;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a training ends. The machine always answers 1, training teaches it nothing, and the script of the evaluations has a
 * letter for each: {@code g}ood, {@code n}early too many bits, too many {@code b}its, one {@code e}rror, two errors
 * ({@code f}); the last letter goes on.
 */
final class TrainerEndTest {
    private static final long SEED = 3;
    private static final float LOGIT = 20;
    /** What a right answer costs, and a wrong one. */
    private static final double RIGHT = Math.log1p(Math.exp(-LOGIT)) / Math.log(2);

    private static final double WRONG = Math.log1p(Math.exp(LOGIT)) / Math.log(2);

    private final List<TrainingEvent> events = new ArrayList<>();

    private static void evaluation(String script, int count, long number, Sequence into) {
        char letter = script.charAt((int) Math.min(number / count, script.length() - 1));
        int place = (int) (number % count);
        boolean wrong = letter == 'e' && place == count - 1 || letter == 'f' && place < 2;
        into.target(0, 0, wrong ? 0 : 1);
        into.mask()[0] = switch (letter) {
            case 'n' -> (float) (0.099 / RIGHT);
            case 'b' -> (float) (0.101 / RIGHT);
            default -> wrong ? 0.001f : 1f;
        };
    }

    private Trainer trainer(String script, Object... settings) {
        return trainer(0, script, settings);
    }

    private Trainer trainer(double optimum, String script, Object... settings) {
        TrainingConfig config = training(settings);
        ScriptedTask task = new ScriptedTask(
                1,
                1,
                SEED,
                ScriptedTask.Script.BLANK,
                (number, into) -> evaluation(script, config.evaluation().sequences(), number, into))
                .withOptimum(optimum);
        Machine machine = constantMachine(1, LOGIT);
        return SmallTraining.trainer(machine, task, config, SEED, 1, KernelProvider.PORTABLE, events);
    }

    /** A run with an evaluation of 10 sequences after every 20. */
    private Outcome often(String script, Object... settings) {
        return run(script, Stream.concat(
                        Stream.of("evaluation_interval", 20, "evaluation_sequences", 10), Arrays.stream(settings))
                .toArray());
    }

    private Outcome run(String script, Object... settings) {
        try (Trainer trainer = trainer(script, settings)) {
            return trainer.run();
        }
    }

    private <E extends TrainingEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @ParameterizedTest
    @CsvSource({"gg, 2", "nn, 2", "nbgbgg, 6", "gegg, 4", "egbgegg, 7", "eegg, 4"})
    void aTaskIsSolvedByTwoEvaluationsInARowWithoutErrorAndBelowTheBits(String script, int evaluations) {
        Outcome outcome = run(script, "evaluation_interval", 100, "sequences", 1000);
        assertThat(outcome).isEqualTo(Outcome.SOLVED);
        assertThat(all(Solved.class)).containsExactly(new Solved(100L * evaluations));
        assertThat(all(Evaluated.class)).hasSize(evaluations);
        assertThat(events.getLast()).isEqualTo(new Finished(100L * evaluations, Outcome.SOLVED));
    }

    @ParameterizedTest
    @CsvSource({"e", "b", "gegeb", "bbbbb", "gbgbe"})
    void aTaskIsNotSolvedBySingleGoodEvaluationsNorByAnErrorOrABitTooMany(String script) {
        assertThat(run(script, "evaluation_interval", 100, "sequences", 900)).isEqualTo(Outcome.BUDGET);
        assertThat(all(Solved.class)).isEmpty();
        assertThat(all(Evaluated.class)).hasSize(9);
        assertThat(events.getLast()).isEqualTo(new Finished(900, Outcome.BUDGET));
    }

    @Test
    void anErrorCountsHoweverFewBitsItCosts() {
        run("e", "evaluation_interval", 100, "sequences", 100);
        Evaluation evaluation = all(Evaluated.class).getFirst().evaluation();
        assertThat(evaluation.at()).isEqualTo(Size.of("length", 1));
        assertThat(evaluation.sequences()).isEqualTo(200);
        assertThat(evaluation.exactSequences()).isEqualTo(199);
        assertThat(evaluation.bitErrorsPerSequence()).isEqualTo(1 / 200.0);
        assertThat(evaluation.bitsPerSequence()).isLessThan(0.001);
    }

    @Test
    void aTaskCanBeSolvedWithErrors() {
        Object[] settings = {"evaluation_interval", 100, "sequences", 1000, "solved_errors", 1 / 200.0};
        assertThat(run("e", settings)).isEqualTo(Outcome.SOLVED);
        settings[5] = Math.nextDown(1 / 200.0);
        assertThat(run("e", settings)).isEqualTo(Outcome.BUDGET);
    }

    @Test
    void bitsCountAboveTheOptimum() {
        Object[] settings = {"evaluation_interval", 100, "sequences", 1000};
        try (Trainer trainer = trainer(0.002 * Math.log(2), "b", settings)) {
            assertThat(trainer.run()).isEqualTo(Outcome.SOLVED);
        }
        Evaluation evaluation = all(Evaluated.class).getFirst().evaluation();
        assertThat(evaluation.optimumBitsPerSequence()).isCloseTo(0.002, within(1e-12));
        assertThat(evaluation.excessBits()).isCloseTo(0.099, within(1e-6));
    }

    @Test
    void whereNoMachineCanBeSureTheBestEvaluationIsTheOneOfFewestBits() {
        Object[] settings = {"evaluation_interval", 20, "evaluation_sequences", 10, "solved_bits", 0, "sequences", 80};
        try (Trainer trainer = trainer(1e-12, "bfbe", settings)) {
            trainer.run();
        }
        assertThat(all(Evaluated.class)).extracting(Evaluated::best).containsExactly(true, true, false, true);
    }

    @Test
    void exactlyTheBitsOfTheLimitAreTooMany() {
        run("g", "evaluation_interval", 4, "sequences", 4, "evaluation_sequences", 10);
        double bits = all(Evaluated.class).getFirst().evaluation().bitsPerSequence();
        assertThat(run("g", "evaluation_interval", 4, "sequences", 40, "evaluation_sequences", 10, "solved_bits", bits))
                .isEqualTo(Outcome.BUDGET);
        assertThat(run("g", "evaluation_interval", 4, "sequences", 40, "evaluation_sequences", 10, "solved_bits", Math.nextUp(bits)))
                .isEqualTo(Outcome.SOLVED);
    }

    @Test
    void theBudgetEndsWithTheUpdateThatReachesIt() {
        run("e", "batch", 4, "sequences", 12, "evaluation_sequences", 2);
        assertThat(events.getLast()).isEqualTo(new Finished(12, Outcome.BUDGET));
        run("e", "batch", 5, "sequences", 12, "evaluation_sequences", 2);
        assertThat(events.getLast()).isEqualTo(new Finished(15, Outcome.BUDGET));
    }

    @Test
    void aSolvedTrainingGoesOnForAsManySequencesAsItIsTold() {
        Outcome outcome = often("gge", "sequences_after_solved", 50, "sequences", 500);
        assertThat(outcome).isEqualTo(Outcome.SOLVED);
        assertThat(all(Solved.class)).containsExactly(new Solved(40));
        assertThat(events.getLast()).isEqualTo(new Finished(92, Outcome.SOLVED));
    }

    @Test
    void theBudgetEndsEvenASolvedTrainingButItStaysSolved() {
        Outcome outcome = often("gge", "sequences_after_solved", 500, "sequences", 100);
        assertThat(outcome).isEqualTo(Outcome.SOLVED);
        assertThat(events.getLast()).isEqualTo(new Finished(100, Outcome.SOLVED));
    }

    @Test
    void aTrainingThatShallNotStopWhenSolvedUsesItsBudgetAndSaysOnlyOnceThatItIsSolved() {
        Outcome outcome = often("gge", "stop_when_solved", false, "sequences", 200);
        assertThat(outcome).isEqualTo(Outcome.SOLVED);
        assertThat(all(Solved.class)).containsExactly(new Solved(40));
        assertThat(all(Evaluated.class)).hasSize(10);
        assertThat(events.getLast()).isEqualTo(new Finished(200, Outcome.SOLVED));
    }

    @Test
    void anEvaluationIsTheBestIfItHasFewerErrorsOrAsManyAndFewerBits() {
        often("febnggn", "solved_bits", 0, "sequences", 140);
        assertThat(all(Evaluated.class)).extracting(Evaluated::best).containsExactly(true, true, true, true, true, false, false);
    }

    @ParameterizedTest
    @CsvSource({"1, g, 40", "2, g, 60", "3, feefbb, 160", "2, feffe, 80", "2, bbneeg, 100"})
    void patienceEndsAfterSoManyEvaluationsWithoutABetterOne(int patience, String script, int sequences) {
        Outcome outcome = often(script, "solved_bits", 0, "patience", patience, "sequences", 1000);
        assertThat(outcome).isEqualTo(Outcome.PATIENCE);
        assertThat(events.getLast()).isEqualTo(new Finished(sequences, Outcome.PATIENCE));
    }

    @Test
    void withoutPatienceTheBudgetEndsIt() {
        assertThat(often("g", "solved_bits", 0, "sequences", 400))
                .isEqualTo(Outcome.BUDGET);
    }

    @Test
    void anEvaluationComesWhenAMultipleOfItsIntervalIsPassed() {
        run("e", "batch", 16, "evaluation_interval", 40, "evaluation_sequences", 3, "report_interval", 1000, "sequences", 160);
        assertThat(all(Evaluated.class)).extracting(Evaluated::sequences).containsExactly(48L, 80L, 128L, 160L);
        events.clear();
        run("e", "batch", 16, "evaluation_interval", 5, "evaluation_sequences", 3, "report_interval", 1000, "sequences", 48);
        assertThat(all(Evaluated.class)).extracting(Evaluated::sequences).containsExactly(16L, 32L, 48L);
    }

    @Test
    void everyEvaluationHasFreshSequencesAndNoneIsOfTheTraining() {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger trained = new AtomicInteger();
        TrainingConfig config = training(
                "batch", 4, "evaluation_interval", 20, "evaluation_sequences", 16, "sequences", 100, "solved_bits", 0);
        ScriptedTask task = new ScriptedTask(
                1,
                1,
                SEED,
                (number, into) -> assertThat(number).isEqualTo(trained.getAndIncrement()),
                (number, into) -> assertThat(number).isEqualTo(next.getAndIncrement()));
        try (Trainer trainer =
                SmallTraining.trainer(constantMachine(1, LOGIT), task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
        }
        assertThat(trained.get()).isEqualTo(100);
        assertThat(next.get()).isEqualTo(5 * 16);
    }

    @Test
    void aTrainingThatIsStoppedEndsAfterTheUpdateAndItsEvaluation() {
        try (Trainer trainer = trainer("e", "evaluation_interval", 20, "evaluation_sequences", 10)) {
            trainer.listen(event -> {
                if (event instanceof Evaluated(long sequences, Evaluation evaluation, boolean best) && sequences == 60) {
                    trainer.stop();
                }
            });
            assertThat(trainer.run()).isEqualTo(Outcome.STOPPED);
        }
        assertThat(events.getFirst()).isEqualTo(new Started(0));
        assertThat(events.getLast()).isEqualTo(new Finished(60, Outcome.STOPPED));
    }

    @Test
    void aTrainingThatIsAtItsEndDoesNothingMore() {
        try (Trainer trainer = trainer("g", "evaluation_interval", 20, "evaluation_sequences", 10)) {
            trainer.run();
            Progress end = trainer.state().progress();
            events.clear();
            assertThat(trainer.run()).isEqualTo(Outcome.SOLVED);
            assertThat(trainer.state().progress()).isEqualTo(end);
            assertThat(events).containsExactly(new Started(40), new Finished(40, Outcome.SOLVED));
        }
    }

    @Test
    void aWrongAnswerCostsItsLogit() {
        TrainingConfig config = training("evaluation_interval", 4, "evaluation_sequences", 4, "sequences", 4);
        ScriptedTask task = new ScriptedTask(
                1, 1, SEED, ScriptedTask.Script.BLANK, (number, into) -> into.target(0, 0, number == 2 ? 0 : 1));
        try (Trainer trainer =
                SmallTraining.trainer(constantMachine(1, LOGIT), task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
        }
        Evaluation evaluation = all(Evaluated.class).getFirst().evaluation();
        double bitsError = (WRONG - RIGHT) / 4; // of four numbers, of which one differs
        assertThat(evaluation.at()).isEqualTo(Size.of("length", 1));
        assertThat(evaluation.sequences()).isEqualTo(4);
        assertThat(evaluation.bitErrorsPerSequence()).isEqualTo(0.25);
        assertThat(evaluation.bitErrorsError()).isCloseTo(0.25, within(1e-9));
        assertThat(evaluation.exactSequences()).isEqualTo(3);
        assertThat(evaluation.excessBits()).isEqualTo(evaluation.bitsPerSequence());
        assertThat(evaluation.excessBitsError()).isCloseTo(bitsError, within(1e-9));
        assertThat(evaluation.bitsPerSequence()).isCloseTo((WRONG + 3 * RIGHT) / 4, within(1e-9));
    }
}
