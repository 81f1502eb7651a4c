package io.github.ntm4j.bench.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.ArrayList;
import java.util.List;

/** A machine on a tape, with a batch of sequences of the copy task. */
final class RecordedSequence {
    /** Vectors to copy. */
    static final int LENGTH = 10;

    /** Steps of a sequence. */
    static final int STEPS = 2 * LENGTH + 1;

    private final Tape tape;
    private final List<Tensor> losses = new ArrayList<>();
    private final int before;
    private final Tape.Mark end;

    <S extends State> RecordedSequence(StepMachine<S> machine, int batch, KernelProvider provider) {
        tape = new Tape(machine.parameters(), provider.create(), true);
        Task task = CopyConfig.DEFAULT.create();
        List<Sequence> sequences = sequences(task, batch);
        S state = machine.initialState(tape, batch);
        before = tape.valueFloats();
        for (int t = 0; t < STEPS; t++) {
            Tensor input = tape.allocateValues(batch, 1, task.inputs());
            Tensor target = tape.allocateValues(batch, 1, task.outputs());
            Tensor mask = tape.allocateValues(batch, 1, 1);
            for (int b = 0; b < batch; b++) {
                Sequence sequence = sequences.get(b);
                System.arraycopy(sequence.input(), t * task.inputs(), tape.values(), input.at(b, 0), task.inputs());
                System.arraycopy(sequence.target(), t * task.outputs(), tape.values(), target.at(b, 0), task.outputs());
                tape.values()[mask.at(b, 0)] = sequence.mask()[t];
            }
            Step<S> step = machine.step(tape, input, state);
            state = step.state();
            losses.add(BitCrossEntropy.of(tape, step.output(), target, mask));
        }
        end = tape.mark();
    }

    /** The sequences of a batch, all of {@link #LENGTH}. */
    static List<Sequence> sequences(Task task, int batch) {
        List<Sequence> sequences = new ArrayList<>();
        for (int b = 0; b < batch; b++) {
            Sequence sequence = new Sequence(task.inputs(), task.outputs());
            task.generate(Size.of("length", LENGTH), Random64.of(1, "benchmark", b), sequence);
            sequences.add(sequence);
        }
        return sequences;
    }

    /** Bytes of values that a step takes. */
    double bytesPerStep() {
        return (double) Float.BYTES * (tape.valueFloats() - before) / STEPS;
    }

    void forward() {
        tape.forward(tape.start(), end);
    }

    void backward(float[] gradients) {
        tape.clearGradients(end);
        for (Tensor loss : losses) {
            for (int b = 0; b < loss.batch(); b++) {
                tape.gradients()[loss.gradientAt(b, 0)] = 1;
            }
        }
        tape.backward(end, gradients);
    }
}
