package io.github.ntm4j.machines.model;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Coding;
import io.github.ntm4j.machines.data.SequenceCoding;
import io.github.ntm4j.machines.data.SequenceData;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.episode.Respondent;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A trained machine that answers sequences in the form of the data that it was trained on: vectors, symbols or texts. Where answers follow
 * their inputs, the machine goes on until it says that its answer has ended, or for as many steps as all answers have. Serves one thread at
 * a time, and notices two.
 */
public final class Answerer {
    /** Steps that a machine which reads whole sequences is given for its answer at first, where their number is not known. */
    private static final int FIRST_ANSWER = 16;

    private final SequenceCoding coding;
    private final Objective objective;
    private final Machine machine;
    private final @Nullable Session session; // null for a machine that reads whole sequences
    private final Respondent respondent;
    private final int limit;
    private final float[] silence;
    private final OneThread use = new OneThread("answerer");

    /**
     * What a machine answers.
     *
     * @param said the answer in the form of the targets
     * @param input {@code [steps][inputs]}, what the machine saw
     * @param steps how many steps it ran
     * @param values {@code [answered][outputs]} of the steps in which it answered, the one that said the end included: probabilities, or real
     *     numbers
     * @param answered how many these are
     */
    public record Answer(SequenceSide said, float[] input, int steps, float[] values, int answered) {}

    /**
     * An answerer.
     *
     * @param model the machine
     * @param limit after how many steps an answer ends that the machine does not end, at least 1
     * @param provider whose kernels to use
     */
    public Answerer(Model model, int limit, KernelProvider provider) {
        this.coding = Arguments.given("model", model).coding();
        this.objective = model.objective();
        this.machine = model.machine();
        this.session = machine instanceof StepMachine ? new Session(machine, 1, provider) : null;
        this.respondent = new Respondent(machine, objective, provider);
        this.limit = Arguments.atLeast("limit", 1, limit);
        this.silence = new float[model.machine().inputs()];
    }

    /**
     * Runs the machine.
     *
     * @param line a line of which the input counts
     * @return its answer
     * @throws UserException if the input has a symbol or a character that the machine does not know
     * @throws IllegalArgumentException if the input has not the form of the data that the machine was trained on
     * @throws IllegalStateException if another thread has not got its answer yet
     */
    public Answer answer(SequenceLine line) {
        require(Arguments.given("line", line).input());
        use.begin();
        try {
            return run(line);
        } finally {
            use.end();
        }
    }

    private void require(SequenceSide input) {
        SequenceForm form = Arguments.given("line.input", input).form();
        if (form != coding.input().form()) {
            throw new IllegalArgumentException("line.input: expected " + Settings.text(coding.input().form()) + ", got " + Settings.text(form));
        }
        // What is answered after the input may be empty.
        Arguments.atLeast("line.input.steps", coding.layout() == SequenceCoding.Layout.AFTER ? 0 : 1, input.steps());
        if (input instanceof SequenceSide.Vectors vectors) {
            int width = coding.input().width();
            if (vectors.width() != width) {
                throw new IllegalArgumentException("line.input.width: expected " + width + ", got " + vectors.width());
            }
            Arguments.finite("line.input.values", vectors.values(), 0, vectors.steps() * width);
        }
    }

    private Answer run(SequenceLine line) {
        SequenceData asked;
        try {
            asked = coding.encode(line.question());
        } catch (Coding.Unknown e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
        return session == null ? ofWhole(asked) : stepByStep(session, asked);
    }

    private Answer stepByStep(Session session, SequenceData asked) {
        boolean after = coding.layout() == SequenceCoding.Layout.AFTER;
        int outputs = coding.outputs();
        float[] values = new float[after ? 16 * outputs : Math.multiplyExact(asked.steps(), outputs)];
        session.reset();
        for (int t = 0; t < asked.steps(); t++) {
            session.step(asked.input(), t * coding.inputs(), coding.inputs());
            if (!after) {
                session.answer(objective, 0, values, t * outputs);
            }
        }
        int answered = after ? 0 : asked.steps();
        int most = coding.answerSteps() > 0 ? coding.answerSteps() : limit;
        boolean ended = false;
        for (; after && !ended && answered < most; answered++) {
            if (values.length < (answered + 1) * outputs) {
                values = Arrays.copyOf(values, Math.max(2 * values.length, (answered + 1) * outputs));
            }
            session.step(silence, 0, silence.length);
            session.answer(objective, 0, values, answered * outputs);
            ended = coding.ended(values, answered, objective);
        }
        int steps = after ? asked.steps() + answered : asked.steps();
        return new Answer(
                coding.decode(values, ended ? answered - 1 : answered),
                Arrays.copyOf(asked.input(), steps * coding.inputs()),
                steps,
                Arrays.copyOf(values, answered * outputs),
                answered);
    }

    /** Where answers follow, their steps are there from the beginning: as many as all have, or more and more until one is the last. */
    private Answer ofWhole(SequenceData asked) {
        boolean after = coding.layout() == SequenceCoding.Layout.AFTER;
        int most = !after ? 0 : coding.answerSteps() > 0 ? coding.answerSteps() : limit;
        int silent = coding.answerSteps() > 0 ? most : Math.min(most, FIRST_ANSWER);
        while (true) {
            int steps = asked.steps() + silent;
            WorkingMemory.requireAnswer(machine, steps);
            Sequence sequence = new Sequence(coding.inputs(), coding.outputs());
            sequence.clear(steps);
            System.arraycopy(asked.input(), 0, sequence.input(), 0, asked.steps() * coding.inputs());
            float[] all = respondent.answer(sequence);
            float[] values = after ? Arrays.copyOfRange(all, asked.steps() * coding.outputs(), all.length) : all;
            int answered = after ? 0 : asked.steps();
            boolean ended = false;
            for (; after && !ended && answered < silent; answered++) {
                ended = coding.ended(values, answered, objective);
            }
            if (!after || ended || silent == most) {
                int ran = after ? asked.steps() + answered : steps;
                return new Answer(
                        coding.decode(values, ended ? answered - 1 : answered),
                        Arrays.copyOf(asked.input(), ran * coding.inputs()),
                        ran,
                        Arrays.copyOf(values, answered * coding.outputs()),
                        answered);
            }
            silent = (int) Math.min(most, 2L * silent);
        }
    }
}
