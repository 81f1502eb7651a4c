package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.ArrayList;
import java.util.List;

/** A machine recorded for some steps, as training records it, with random bits for inputs and targets. */
final class RecordedMachine {
    private final StepMachine<?> machine;
    private final Tape tape;
    private final List<Tensor> losses = new ArrayList<>();
    private final List<Tensor> bits = new ArrayList<>();
    private final List<Tensor> masks = new ArrayList<>();

    RecordedMachine(StepMachine<?> machine, int batch, int steps, KernelProvider provider) {
        this.machine = machine;
        Tape counting = Tape.counting(machine.parameters(), provider.create(), true);
        record(machine, counting, batch, steps);
        forget();
        tape = new Tape(machine.parameters(), provider.create(), true);
        tape.reserve(counting.valueFloats(), counting.mark().gradients());
        tape.recordOnly(() -> {
            record(machine, tape, batch, steps);
            return batch;
        });
        fill(Random64.of(1, "benchmark", 0));
        machine.parameters().refresh();
    }

    private <S extends State> void record(StepMachine<S> typed, Tape onto, int batch, int steps) {
        S state = typed.initialState(onto, batch);
        for (int t = 0; t < steps; t++) {
            Tensor input = onto.allocateValues(batch, 1, typed.inputs());
            Step<S> step = typed.step(onto, input, state);
            state = step.state();
            Tensor target = onto.allocateValues(batch, 1, typed.outputs());
            Tensor mask = onto.allocateValues(batch, 1, 1);
            losses.add(BitCrossEntropy.of(onto, step.output(), target, mask));
            bits.add(input);
            bits.add(target);
            masks.add(mask);
        }
    }

    private void forget() {
        losses.clear();
        bits.clear();
        masks.clear();
    }

    private void fill(Random64 random) {
        for (Tensor tensor : bits) {
            for (int b = 0; b < tensor.batch(); b++) {
                for (int i = 0; i < tensor.size(); i++) {
                    tape.values()[tensor.at(b, 0) + i] = random.nextBoolean() ? 1 : 0;
                }
            }
        }
        for (Tensor mask : masks) {
            for (int b = 0; b < mask.batch(); b++) {
                tape.values()[mask.at(b, 0)] = 1;
            }
        }
    }

    StepMachine<?> machine() {
        return machine;
    }

    Tape tape() {
        return tape;
    }

    /** Runs all steps. */
    void forward() {
        tape.forward(tape.start(), tape.mark());
    }

    /** Clears the derivatives of all values and sets those by the losses. */
    void clear() {
        tape.clearGradients(tape.mark());
        for (Tensor loss : losses) {
            for (int b = 0; b < loss.batch(); b++) {
                tape.gradients()[loss.gradientAt(b, 0)] = 1;
            }
        }
    }

    /** Runs all steps backwards. */
    void backward(float[] parameterGradients) {
        tape.backward(tape.mark(), parameterGradients);
    }

    /** Floats of values and derivatives. */
    long floats() {
        return (long) tape.valueFloats() + tape.mark().gradients();
    }
}
