package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A machine recorded on sequences of one extent, to be run again and again. */
final class WholeRecording implements Lesson {
    private final Objective objective;
    private final Tape tape;
    private final int batch;
    private final int steps;
    private final Tensor input;
    private final Tensor target;
    private final Tensor mask;
    private final Tensor present;
    private final Tensor loss;
    private final Tape.Mark end;
    private @Nullable Tensor answer;
    private Tape.@Nullable Mark answered;

    /**
     * Records a machine.
     *
     * @param machine the machine
     * @param objective what its outputs stand for
     * @param tape an empty tape, or one that counts
     * @param batch sequences at a time
     * @param steps the extent
     */
    WholeRecording(WholeMachine machine, Objective objective, Tape tape, int batch, int steps) {
        this.objective = objective;
        this.tape = tape;
        this.batch = batch;
        this.steps = steps;
        this.input = tape.allocateValues(batch, steps, machine.inputs());
        this.target = tape.allocateValues(batch, steps, machine.outputs());
        this.mask = tape.allocateValues(batch, steps, 1);
        this.present = tape.allocateValues(batch, steps, 1);
        this.loss = tape.recordOnly(() -> machine.loss(this).at());
        loss.require("loss of a lesson", batch, 1, 1);
        if (answer == null) {
            throw new IllegalStateException("lesson: expected an answer, got none; call Lesson.answer with the outputs");
        }
        this.end = tape.mark();
    }

    /** A counting tape on which a machine has been recorded. */
    static Tape counted(WholeMachine machine, Desk desk, boolean training, int steps) {
        Tape tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), training);
        return new WholeRecording(machine, desk.objective(), tape, desk.batch(), steps).tape();
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public Term input() {
        return Term.of(tape, input);
    }

    @Override
    public Term mask() {
        return Term.of(tape, mask);
    }

    @Override
    public Term present() {
        return Term.of(tape, present);
    }

    @Override
    public Term noise(int lines, int size) {
        return Term.of(tape, Noise.uniform(tape, batch, lines, size));
    }

    @Override
    public Term loss(Term outputs) {
        Tensor told = requireOutputs(outputs);
        Term[] losses = new Term[steps];
        for (int t = 0; t < steps; t++) {
            losses[t] = Term.of(tape, objective.loss(tape, told.lines(t, 1), target.lines(t, 1), mask.lines(t, 1)));
        }
        return Term.stack(losses).sumOfLines();
    }

    @Override
    public void answer(Term outputs) {
        if (answer != null) {
            throw new IllegalStateException("lesson: expected one answer, got a second");
        }
        answer = requireOutputs(outputs);
        answered = tape.mark();
    }

    private Tensor requireOutputs(Term outputs) {
        Tensor told = outputs.at();
        told.require("outputs of a lesson", batch, steps, target.size());
        return told;
    }

    /** Puts sequences on the tape and draws what they need; of fewer than the batch, the others have no step. */
    void load(Sequence[] sequences, int from, int count, NoiseSource noise, Random64 random) {
        float[] values = tape.values();
        for (int b = 0; b < batch; b++) {
            Sequence s = b < count ? sequences[from + b] : null;
            int length = s == null ? 0 : s.steps();
            for (int t = 0; t < steps; t++) {
                if (s == null || t >= length) {
                    fill(input, b, t, 0);
                    fill(target, b, t, 0);
                    fill(mask, b, t, 0);
                    fill(present, b, t, 0);
                    continue;
                }
                System.arraycopy(s.input(), t * s.inputs(), values, input.at(b, t), s.inputs());
                System.arraycopy(s.target(), t * s.outputs(), values, target.at(b, t), s.outputs());
                fill(mask, b, t, s.mask()[t]);
                fill(present, b, t, 1);
            }
            if (s != null && !tape.noises().isEmpty()) {
                NoiseSource.begin(noise.key(from + b, random), -1, random);
                for (Noise place : tape.noises()) {
                    place.draw(b, random);
                }
            }
        }
    }

    private void fill(Tensor tensor, int b, int t, float value) {
        Arrays.fill(tape.values(), tensor.at(b, t), tensor.at(b, t) + tensor.size(), value);
    }

    /** Replaces what is not finite in the input of a sequence; returns the first such step, or the extent. */
    int mend(int b) {
        int first = steps;
        float[] values = tape.values();
        for (int t = steps - 1; t >= 0; t--) {
            if (!FiniteCopy.of(values, input.at(b, t), input.size(), values, input.at(b, t))) {
                first = t;
            }
        }
        return first;
    }

    /** Runs forwards as far as the answer needs it. */
    void answer() {
        if (answered != null) {
            tape.forward(tape.start(), answered);
        }
    }

    void forward() {
        tape.forward(tape.start(), end);
    }

    void backward(double scale, float[] gradients) {
        tape.clearGradients(end);
        for (int b = 0; b < batch; b++) {
            tape.gradients()[loss.gradientAt(b, 0)] = (float) scale;
        }
        tape.backward(end, gradients);
    }

    double loss(int b) {
        return tape.values()[loss.at(b, 0)];
    }

    int errors(int b) {
        Tensor outputs = outputs();
        int errors = 0;
        for (int t = 0; t < steps; t++) {
            if (tape.values()[mask.at(b, t)] > 0) {
                errors += objective.errors(tape.values(), outputs.at(b, t), tape.values(), target.at(b, t), outputs.size());
            }
        }
        return errors;
    }

    private Tensor outputs() {
        if (answer == null) {
            throw new IllegalStateException("lesson: expected an answer, got none");
        }
        return answer;
    }

    void outputs(int b, int t, float[] into, int at) {
        System.arraycopy(tape.values(), outputs().at(b, t), into, at, outputs().size());
    }

    /** The same as what they stand for, by the kernels that a session answers with. */
    void answer(int b, int t, float[] into, int at) {
        Tensor outputs = outputs();
        if (objective == Objective.BITS) {
            tape.kernels().elements().activate(Activation.SIGMOID, tape.values(), outputs.at(b, t), outputs.size(), into, at);
        } else {
            outputs(b, t, into, at);
            objective.answer(into, at, outputs.size());
        }
    }

    long floats() {
        return (long) tape.values().length + tape.gradients().length;
    }
}
