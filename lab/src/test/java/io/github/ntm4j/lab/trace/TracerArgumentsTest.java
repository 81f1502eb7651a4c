package io.github.ntm4j.lab.trace;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.CopyTask;
import io.github.ntm4j.learning.training.SmallTraining;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a tracer cannot watch, and what cannot be done to a machine, is refused by name. */
class TracerArgumentsTest {
    private final CopyTask task = SmallTraining.COPY.create();
    private final Machine machine = SmallTraining.machine(SmallTraining.ntm(), task, 1);
    private final Tracer tracer = new Tracer(machine, Objective.BITS, KernelProvider.PORTABLE);
    private final int inputs = task.inputs();
    private final int outputs = task.outputs();

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void arraysAreAsLongAsTheStepsSay() {
        refused(() -> tracer.trace(new float[inputs], 0, null, null), "steps: expected at least 1, got 0");
        refused(() -> tracer.trace(null, 1, null, null), "input: expected one, got null");
        refused(
                () -> tracer.trace(new float[2 * inputs - 1], 2, null, null),
                "input: expected at least " + 2 * inputs + " floats, got " + (2 * inputs - 1));
        refused(
                () -> tracer.trace(new float[2 * inputs], 2, new float[outputs], null),
                "target: expected at least " + 2 * outputs + " floats, got " + outputs);
        refused(() -> tracer.trace(new float[2 * inputs], 2, null, new float[1]), "mask: expected at least 2 floats, got 1");
        refused(() -> tracer.trace(new float[inputs], 1, null, null, null, true), "interventions: expected one, got null");
        refused(
                () -> tracer.trace(new float[inputs], 1, null, null, Arrays.asList((Intervention) null), true),
                "interventions: expected no null, got one at 0");
    }

    @Test
    void numbersAreFinite() {
        float[] input = new float[inputs];
        input[1] = Float.NaN;
        refused(() -> tracer.trace(input, 1, null, null), "input: expected finite numbers, got NaN at 1");
        float[] target = new float[outputs];
        target[0] = Float.NEGATIVE_INFINITY;
        refused(() -> tracer.trace(new float[inputs], 1, target, null), "target: expected finite numbers, got -Infinity at 0");
        refused(
                () -> tracer.trace(new float[inputs], 1, null, new float[] {Float.NaN}), "mask: expected finite numbers, got NaN at 0");
    }

    private void cannotBeDone(Intervention intervention, String message) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> tracer.trace(new float[3 * inputs], 3, null, null, List.of(intervention), false))
                .withMessage("intervention: " + message);
    }

    @Test
    void interventionsAreWithinTheSequenceAndTheMachine() {
        cannotBeDone(new Intervention.Hold(2, 1, "read 1/weighting"), "to: expected at least from 2, got 1");
        cannotBeDone(new Intervention.Set(0, "read 1/key", null), "read 1 key: expected 8 numbers, got none");
        cannotBeDone(
                new Intervention.Set(0, null, new float[8]),
                "signal: expected one that can be set, such as read 1/key, got 'null'");
        cannotBeDone(
                new Intervention.Set(0, "read 1/weighting", new float[16]),
                "signal: expected one that can be set, such as read 1/key, got 'read 1/weighting'");
        cannotBeDone(
                new Intervention.Hold(0, 1, "memory"),
                "signal: expected one that can be held, such as read 1/weighting, got 'memory'");
        cannotBeDone(new Intervention.Cell(0, "tape", 0, 0, 1), "store: expected memory, got 'tape'");
        cannotBeDone(new Intervention.Cell(0, null, 0, 0, Float.NaN), "value: expected -1000000 to 1000000, got NaN");
        cannotBeDone(new Intervention.Noise(0, "memory", Float.NaN, 1), "amount: expected -1000000 to 1000000, got NaN");
    }

    /** Also where a session is interfered with by hand, and nobody has checked before. */
    @Test
    void changesAreCheckedWhenTheyAreMade() {
        Session session = new Session(machine, 1, KernelProvider.PORTABLE);
        for (Intervention wrong : List.of(
                new Intervention.Cell(0, null, 16, 0, 1),
                new Intervention.Cell(0, null, 0, 8, 1),
                new Intervention.Cell(0, null, 0, 0, Float.POSITIVE_INFINITY),
                new Intervention.EraseRow(0, null, -1),
                new Intervention.SwapRows(0, null, 0, 16),
                new Intervention.Set(0, "read 1/key", new float[7]),
                new Intervention.Set(0, "read1/key", new float[8]),
                new Intervention.Set(0, "read 1/key", new float[] {0, 0, 0, Float.NaN, 0, 0, 0, 0}),
                new Intervention.Hold(0, 1, "read 2/weighting"))) {
            assertThatExceptionOfType(UserException.class)
                    .as("%s", wrong)
                    .isThrownBy(() -> wrong.changes(session, 0))
                    .withMessageStartingWith("intervention: ");
        }
        refused(() -> new Intervention.EraseRow(0, null, 0).changes(null, 0), "session: expected one, got null");
    }
}
