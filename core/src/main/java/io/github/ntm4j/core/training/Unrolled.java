package io.github.ntm4j.core.training;

import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine unrolled over time: its steps and losses recorded one after the other, as many as the longest sequence had so far. A shorter sequence
 * replays the first of them. Serves one thread.
 */
final class Unrolled {
    private final Tape tape;
    private final int batch;
    private final List<Recorded> steps = new ArrayList<>();
    private final Recorder<?> recorder;
    private final double[] loss;
    private final int[] errors;

    private record Recorded(Tensor input, Tensor target, Tensor mask, Tensor logits, Tensor loss, Tape.Mark end) {}

    /** Records steps, each from the state that the one before left. */
    private final class Recorder<S extends State> {
        private final Machine<S> machine;
        private S state;

        Recorder(Machine<S> machine) {
            this.machine = machine;
            this.state = machine.initialState(tape, batch);
        }

        Recorded step() {
            Tensor input = tape.allocateValues(batch, 1, machine.inputs());
            Step<S> step = machine.step(tape, input, state);
            state = step.state();
            Tensor target = tape.allocateValues(batch, 1, machine.outputs());
            Tensor mask = tape.allocateValues(batch, 1, 1);
            Tensor nats = BitCrossEntropy.of(tape, step.output(), target, mask);
            return new Recorded(input, target, mask, step.output(), nats, tape.mark());
        }
    }

    Unrolled(Machine<?> machine, int batch, KernelProvider provider) {
        this.batch = batch;
        this.tape = new Tape(machine.parameters(), provider.create(), true);
        this.recorder = new Recorder<>(machine);
        this.loss = new double[batch];
        this.errors = new int[batch];
    }

    /** Records steps until there are as many as asked for. */
    void extend(int count) {
        if (steps.size() >= count) {
            return;
        }
        int before = tape.valueFloats();
        int gradientsBefore = tape.mark().gradients();
        steps.add(tape.recordOnly(recorder::step));
        int missing = count - steps.size();
        tape.reserve(
                Math.multiplyExact(missing, tape.valueFloats() - before),
                Math.multiplyExact(missing, tape.mark().gradients() - gradientsBefore));
        while (steps.size() < count) {
            steps.add(tape.recordOnly(recorder::step));
        }
    }

    /**
     * Runs sequences of one length forwards and backwards.
     *
     * @param sequences the sequences, as many as the batch
     * @param from the first of them
     * @param scale factor of the derivatives
     * @param gradients accumulates the derivatives by the parameters
     */
    void run(Sequence[] sequences, int from, double scale, float[] gradients) {
        int length = sequences[from].steps();
        extend(length);
        load(sequences, from, length);
        Tape.Mark end = steps.get(length - 1).end();
        tape.forward(tape.start(), end);
        score(length);
        tape.clearGradients(end);
        for (int t = 0; t < length; t++) {
            Tensor nats = steps.get(t).loss();
            for (int b = 0; b < batch; b++) {
                tape.gradients()[nats.gradientAt(b, 0)] = (float) scale;
            }
        }
        tape.backward(end, gradients);
    }

    private void load(Sequence[] sequences, int from, int length) {
        float[] values = tape.values();
        for (int t = 0; t < length; t++) {
            Recorded step = steps.get(t);
            for (int b = 0; b < batch; b++) {
                Sequence s = sequences[from + b];
                System.arraycopy(s.input(), t * s.inputs(), values, step.input().at(b, 0), s.inputs());
                System.arraycopy(s.target(), t * s.outputs(), values, step.target().at(b, 0), s.outputs());
                values[step.mask().at(b, 0)] = s.mask()[t];
            }
        }
    }

    private void score(int length) {
        float[] values = tape.values();
        for (int b = 0; b < batch; b++) {
            double nats = 0;
            int wrong = 0;
            for (int t = 0; t < length; t++) {
                Recorded step = steps.get(t);
                nats += values[step.loss().at(b, 0)];
                if (values[step.mask().at(b, 0)] > 0) {
                    int logit = step.logits().at(b, 0);
                    int target = step.target().at(b, 0);
                    for (int j = 0; j < step.logits().size(); j++) {
                        if (values[logit + j] > 0 != values[target + j] > 0.5f) {
                            wrong++;
                        }
                    }
                }
            }
            loss[b] = nats;
            errors[b] = wrong;
        }
    }

    /** Nats of one of the sequences last run. */
    double nats(int b) {
        return loss[b];
    }

    /** Wrong bits of one of the sequences last run. */
    int bitErrors(int b) {
        return errors[b];
    }
}
