package io.github.ntm4j.learning.training;

import static io.github.ntm4j.learning.training.SmallTraining.constantMachine;
import static io.github.ntm4j.learning.training.SmallTraining.outputBias;
import static io.github.ntm4j.learning.training.SmallTraining.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.RepeatCopyConfig;
import io.github.ntm4j.learning.task.RepeatCopyTask;
import io.github.ntm4j.learning.training.TrainingEvent.Reported;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an update does, on a machine whose outputs are constants z and whose derivatives are therefore known: by an output's bias,
 * scale * sum of mask * (sigmoid(z) - target) over steps and sequences, and nothing by anything else.
 */
final class TrainerUpdateTest {
    private static final long SEED = 3;
    private static final Offset<Float> CLOSE = within(1e-4f);

    private final List<TrainingEvent> events = new ArrayList<>();

    /** Three outputs of logit 0, three steps; their derivatives are 20.5, -19.5 and 0.5 times the scale. */
    private static final ScriptedTask.Script UNEQUAL = (number, into) -> {
        float[][] targets = {{0, 1, 0}, {0, 1, 1}, {0, 0, 0}};
        for (int t = 0; t < 3; t++) {
            for (int j = 0; j < 3; j++) {
                into.target(t, j, targets[t][j]);
            }
        }
        into.mask()[0] = 20;
        into.mask()[1] = 20;
        into.mask()[2] = 1;
    };

    /** The derivatives that the rule was given in the first update: with a decay of zero, the mean is what came last. */
    private float[] gradient(Object... settings) {
        Object[] all = new Object[settings.length + 6];
        System.arraycopy(settings, 0, all, 0, settings.length);
        System.arraycopy(new Object[] {"sequences", 1, "report_interval", 1, "decay", 0}, 0, all, settings.length, 6);
        ScriptedTask task = new ScriptedTask(3, 3, SEED, UNEQUAL, ScriptedTask.Script.BLANK);
        Machine machine = constantMachine(3, 0);
        events.clear();
        try (Trainer trainer =
                SmallTraining.trainer(machine, task, training(all), SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
            return outputBias(machine).read(trainer.state().moments().get("means"));
        }
    }

    private Reported report() {
        return events.stream().filter(Reported.class::isInstance).map(Reported.class::cast).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 7})
    void theLossOfASequenceIsAveragedOverTheBatch(int batch) {
        assertThat(gradient("batch", batch, "clip", "none", "loss", "per-sequence"))
                .containsExactly(new float[] {20.5f, -19.5f, 0.5f}, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 7})
    void theLossOfABitIsAveragedOverAllCountedBitsOfTheBatch(int batch) {
        float bits = 41 * 3;
        assertThat(gradient("batch", batch, "clip", "none", "loss", "per-bit"))
                .containsExactly(new float[] {20.5f / bits, -19.5f / bits, 0.5f / bits}, CLOSE);
    }

    @Test
    void elementwiseClippingCutsEachElementByItself() {
        assertThat(gradient("clip", "elementwise", "clip_limit", 10)).containsExactly(new float[] {10, -10, 0.5f}, CLOSE);
        assertThat(report().clipped()).isEqualTo(1);
        assertThat(gradient("clip", "elementwise", "clip_limit", 20)).containsExactly(new float[] {20, -19.5f, 0.5f}, CLOSE);
        assertThat(report().clipped()).isEqualTo(1);
        assertThat(gradient("clip", "elementwise", "clip_limit", 21)).containsExactly(new float[] {20.5f, -19.5f, 0.5f}, CLOSE);
        assertThat(report().clipped()).isZero();
    }

    @Test
    void normClippingKeepsTheDirection() {
        double norm = Math.sqrt(20.5 * 20.5 + 19.5 * 19.5 + 0.25);
        float cut = (float) (10 / norm);
        assertThat(gradient("clip", "norm", "clip_limit", 10)).containsExactly(new float[] {20.5f * cut, -19.5f * cut, 0.5f * cut}, CLOSE);
        assertThat(report().clipped()).isEqualTo(1);
        cut = (float) (28 / norm);
        assertThat(gradient("clip", "norm", "clip_limit", 28)).containsExactly(new float[] {20.5f * cut, -19.5f * cut, 0.5f * cut}, CLOSE);
        assertThat(report().clipped()).isEqualTo(1);
        assertThat(gradient("clip", "norm", "clip_limit", 29)).containsExactly(new float[] {20.5f, -19.5f, 0.5f}, CLOSE);
        assertThat(report().clipped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "elementwise", "norm"})
    void theReportedNormIsThatBeforeClipping(String clipping) {
        gradient("clip", clipping, "clip_limit", 1);
        assertThat(report().gradientNorm()).isCloseTo(Math.sqrt(20.5 * 20.5 + 19.5 * 19.5 + 0.25), within(1e-4));
    }

    @Test
    void bitsAreOfTheWeighedLossAndErrorsOfTheCountedSteps() {
        gradient();
        Reported report = report();
        assertThat(report.bitsPerSequence()).as("three bits at even odds in 41 steps").isCloseTo(3 * 41, within(1e-4));
        assertThat(report.bitErrorsPerSequence()).as("a logit of zero says 0").isEqualTo(3);
    }

    /** RMSProp without memory and with an epsilon of 1 is plain descent: the rate times the derivative. */
    private static final Object[] DESCENT = {"optimiser", "rmsprop", "decay", 0, "momentum", 0, "epsilon", 1, "clip", "none"};

    private static TrainingConfig descent(Object... settings) {
        return SmallTraining.changed(training(DESCENT), settings);
    }

    @Test
    void everyUpdateStepsByTheRateOfTheSequencesBeforeIt() {
        TrainingConfig config = descent(
                "batch", 4, "learning_rate", 0.125, "schedule", "cosine", "final_rate", 0.25, "warmup", 20, "solved_rate", 0.5,
                "sequences", 80, "evaluation_interval", 20, "evaluation_sequences", 8, "stop_when_solved", false,
                "report_interval", 4);
        // A target of 1 at a logit of -30: the derivative is -1 in all updates. Evaluations ask for 0, so the task is solved at 40.
        ScriptedTask task = new ScriptedTask(
                1, 1, SEED, (number, into) -> into.target(0, 0, 1), (number, into) -> into.target(0, 0, 0));
        Machine machine = constantMachine(1, -30);
        List<Double> rates = new ArrayList<>();
        float[] before = {-30};
        try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.listen(event -> {
                if (event instanceof Reported report) {
                    float now = outputBias(machine).read(machine.parameters().values())[0];
                    float rate = (float) report.learningRate();
                    assertThat(now - before[0]).as("step at %d", report.sequences()).isCloseTo(rate, within(1e-5f));
                    before[0] = now;
                    rates.add(report.learningRate());
                }
            });
            trainer.run();
        }
        assertThat(rates).hasSize(20);
        for (int update = 0; update < 20; update++) {
            assertThat(rates.get(update)).as("rate of update %d", update).isEqualTo(config.rate(4L * update, update >= 10));
        }
    }

    @Test
    void aReportAveragesOverTheUpdatesSinceTheLast() {
        // Logits stay at 0 to four digits. A sequence of number i counts its only bit i + 1 times and wants 1 at odd numbers.
        TrainingConfig config = descent(
                "batch", 2, "learning_rate", 1e-7, "sequences", 14, "report_interval", 6, "clip", "norm", "clip_limit", 2);
        ScriptedTask task = new ScriptedTask(1, 1, SEED, (number, into) -> {
            into.target(0, 0, number % 2);
            into.mask()[0] = number + 1;
        }, ScriptedTask.Script.BLANK);
        Machine machine = constantMachine(1, -1e-6f);
        try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
        }
        List<Reported> reports = events.stream().filter(Reported.class::isInstance).map(Reported.class::cast).toList();
        assertThat(reports).extracting(Reported::sequences).containsExactly(6L, 12L);
        assertThat(reports.get(0).bitsPerSequence()).isCloseTo(3.5, within(1e-4));
        assertThat(reports.get(1).bitsPerSequence()).isCloseTo(9.5, within(1e-4));
        assertThat(reports).extracting(Reported::bitErrorsPerSequence).containsExactly(0.5, 0.5);
        // Of a batch the derivatives are 0.5 (2 i + 1) and -0.5 (2 i + 2): half their sum is a quarter.
        assertThat(reports.get(0).gradientNorm()).isCloseTo(0.25, within(1e-4));
        assertThat(reports).extracting(Reported::clipped).containsExactly(0.0, 0.0);
        assertThat(reports).extracting(Reported::skipped).containsExactly(0L, 0L);
    }

    @Test
    void theShareOfCutUpdatesIsReported() {
        TrainingConfig config = descent(
                "batch", 1, "learning_rate", 1e-7, "sequences", 10, "report_interval", 5, "clip", "norm", "clip_limit", 2);
        ScriptedTask task = new ScriptedTask(1, 1, SEED, (number, into) -> {
            into.target(0, 0, 1);
            into.mask()[0] = number < 5 ? number + 1.5f : 5;
        }, ScriptedTask.Script.BLANK);
        try (Trainer trainer =
                SmallTraining.trainer(constantMachine(1, 0), task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
        }
        assertThat(events).filteredOn(Reported.class::isInstance).extracting(e -> ((Reported) e).clipped()).containsExactly(0.4, 1.0);
    }

    @Test
    void trainingDrawsWhatTheTaskPractisesAndEvaluationsDrawTheTask() {
        RepeatCopyTask task = new RepeatCopyConfig(RepeatCopyConfig.Name.REPEAT_COPY, 3, 3, 2, 2, 4, 5, 0).create();
        Machine machine = SmallTraining.changed(LstmConfig.DEFAULT, "controller_size", 1).build(task.inputs(), task.outputs());
        TrainingConfig config = training(
                "batch", 1, "learning_rate", 1e-9, "sequences", 1, "report_interval", 1, "evaluation_interval", 1);
        try (Trainer trainer = SmallTraining.trainer(machine, task, config, SEED, 1, KernelProvider.PORTABLE, events)) {
            trainer.run();
        }
        // All parameters are zero: each of the five outputs costs a bit in each step that counts.
        assertThat(report().bitsPerSequence()).isCloseTo(5 * 3 * (2 + 5), within(1e-4));
        assertThat(events)
                .filteredOn(TrainingEvent.Evaluated.class::isInstance)
                .singleElement()
                .satisfies(e -> assertThat(((TrainingEvent.Evaluated) e).evaluation().bitsPerSequence())
                        .isCloseTo(5 * (3 * 2 + 1), within(1e-4)));
    }
}
