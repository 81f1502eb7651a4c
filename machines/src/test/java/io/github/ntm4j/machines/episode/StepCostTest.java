package io.github.ntm4j.machines.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step costs joins the loss. */
final class StepCostTest {
    private static RecurrentMachine machine(boolean costly) {
        RecurrentMachine machine = new RecurrentMachine(3, 2, costly, 1);
        machine.initialise(2);
        return machine;
    }

    private static Sequence sequence(int steps, long seed) {
        Random64 random = Random64.of(seed, "sequence", 0);
        Sequence sequence = new Sequence(3, 2);
        sequence.clear(steps);
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < 3; i++) {
                sequence.input(t, i, random.nextFloat(-1, 1));
            }
            if (t > 1) {
                sequence.target(t, 0, random.nextBoolean() ? 1 : 0);
            }
        }
        return sequence;
    }

    private static Episode episode(RecurrentMachine machine, int batch, int segment) {
        return machine.episode(new Desk(Objective.BITS, batch, segment, 1, KernelProvider.SIMD));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7})
    void theDerivativesAreTheSlopesOfLossAndCost(int segment) {
        RecurrentMachine machine = machine(true);
        Slopes.check(machine, episode(machine, 2, segment), new Sequence[] {sequence(7, 1), sequence(4, 2)}, NoiseSource.NONE);
    }

    /** The steps that count for nothing cost something, too; those behind the end of a shorter sequence do not. */
    @Test
    void everyStepOfASequenceCosts() {
        Sequence[] two = {sequence(7, 1), sequence(4, 2)};
        float[] gradient = new float[machine(true).parameters().size()];
        Episode both = episode(machine(true), 2, 0);
        both.run(two, 0, NoiseSource.NONE, 1, gradient);
        for (int b = 0; b < 2; b++) {
            Episode free = episode(machine(false), 1, 0);
            free.run(two, b, NoiseSource.NONE, 1, new float[gradient.length]);
            assertThat(both.loss(b)).isCloseTo(free.loss(0) + cost(two[b]), within(1e-5));
            assertThat(both.errors(b)).isEqualTo(free.errors(0));
        }
    }

    /** The same from the values of a machine that answers. */
    private static double cost(Sequence sequence) {
        RecurrentMachine machine = machine(false);
        Session session = new Session(machine, 1, KernelProvider.PORTABLE);
        double cost = 0;
        for (int t = 0; t < sequence.steps(); t++) {
            session.step(sequence.input(), 3 * t, 3);
            for (float unit : session.value(session.names().get("kept"), 0)[0]) {
                cost += unit * (double) unit / 2;
            }
        }
        return cost;
    }
}
