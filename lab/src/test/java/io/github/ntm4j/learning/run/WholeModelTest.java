package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.episode.Neighbours;
import io.github.ntm4j.machines.episode.RecurrentMachine;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Answerer;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model answers sequences as wholes, whatever machine it is; only some stream. */
final class WholeModelTest {
    private static Model model(Machine machine) {
        machine.initialise(3);
        return new Model(machine, LstmConfig.DEFAULT, ConfigTree.EMPTY, Path.of("some.safetensors"), Map.of(), Map.of());
    }

    private static Sequence sequence() {
        Sequence sequence = new Sequence(2, 1);
        sequence.clear(5);
        for (int t = 0; t < 5; t++) {
            sequence.input(t, 0, t % 2);
            sequence.input(t, 1, t - 1);
        }
        return sequence;
    }

    @Test
    void aStepMachineAnswersAsItsSessionDoes() {
        Model model = model(new RecurrentMachine(2, 1, false, 1));
        float[] answers = model.answer(sequence());
        assertThat(answers).hasSize(5);
        Session session = model.session();
        for (int t = 0; t < 5; t++) {
            session.step(sequence().input(), 2 * t, 2);
            assertThat(answers[t]).isEqualTo(session.probabilities()[0]);
        }
    }

    @Test
    void aWholeMachineAnswersWithProbabilitiesAndIsTraced() {
        Model model = model(new Neighbours(2, 1, 4, 4, false));
        float[] answers = model.answer(sequence());
        assertThat(answers).hasSize(5).doesNotHaveDuplicates();
        for (float answer : answers) {
            assertThat(answer).isStrictlyBetween(0f, 1f);
        }
        Sequence other = sequence();
        other.input(4, 0, 1); // what comes later counts
        float[] others = model.answer(other);
        assertThat(others[3]).isNotEqualTo(answers[3]);
        assertThat(Arrays.copyOf(others, 3)).containsExactly(Arrays.copyOf(answers, 3));

        Tracer tracer = new Tracer(model.machine(), Objective.BITS, KernelProvider.PORTABLE);
        Trace trace = tracer.trace(sequence().input(), 5, null, null);
        for (int t = 0; t < 5; t++) {
            assertThat(trace.output()[t]).containsExactly(answers[t]);
        }
        List<Intervention> interventions = List.of(new Intervention.Set(0, "memory", new float[1]));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> tracer.trace(sequence().input(), 5, null, null, interventions, true))
                .withMessage("interventions: expected a machine that goes step by step, got one that reads whole sequences");
    }

    @Test
    void linesAreAnsweredStepForStep() {
        Model model = model(new Neighbours(2, 1, 4, 1, false));
        SequenceSide input = new SequenceSide.Vectors(Arrays.copyOf(sequence().input(), 10), 5, 2);
        Answerer.Answer answer = new Answerer(model, 10, KernelProvider.SIMD).answer(SequenceLine.of(input));
        assertThat(answer.steps()).isEqualTo(5);
        assertThat(answer.answered()).isEqualTo(5);
        assertThat(answer.values()).containsExactly(model.answer(sequence()));
    }

    @Test
    void aSequenceThatDoesNotFitIsRefused() {
        Model model = model(new Neighbours(2, 1, 4, 1, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.answer(new Sequence(3, 1)))
                .withMessage("sequence: expected the 2 inputs of the machine, got 3");
        Sequence broken = sequence();
        broken.input()[7] = Float.POSITIVE_INFINITY;
        assertThatIllegalArgumentException().isThrownBy(() -> model.answer(broken)).withMessageStartingWith("sequence.input");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(model::session)
                .withMessage("a session: expected a machine that goes step by step, got one that reads whole sequences; "
                        + "give it a sequence as a whole (Model.answer)");
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> model.batch(2)).withMessageStartingWith("a session");
    }
}
