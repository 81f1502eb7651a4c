package io.github.ntm4j.core.training;

import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Floats that a machine's recording takes, found out without taking them.
 *
 * @param initialValues values of the initial state
 * @param initialGradients derivatives of the initial state
 * @param stepValues values of each step
 * @param stepGradients derivatives of each step
 * @param state the state between two steps
 */
record RecordingSize(long initialValues, long initialGradients, long stepValues, long stepGradients, long state) {
    /**
     * Measures a machine.
     *
     * @param machine the machine
     * @param objective what is trained for
     * @param batch number of sequences
     * @param training whether derivatives are kept
     * @throws ArithmeticException if a single step is beyond the largest array
     */
    static RecordingSize of(Machine<?> machine, Objective objective, int batch, boolean training) {
        Tape tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), training);
        Recording<?> recording = new Recording<>(machine, objective, tape, batch);
        int values = tape.valueFloats();
        int gradients = tape.mark().gradients();
        long state = 0;
        for (Tensor tensor : recording.initial()) {
            state += (long) tensor.batch() * tensor.lines() * tensor.size();
        }
        recording.extend(1);
        return new RecordingSize(
                values, gradients, tape.valueFloats() - values, tape.mark().gradients() - gradients, state);
    }

    long values(long steps) {
        return initialValues + steps * stepValues;
    }

    long gradients(long steps) {
        return initialGradients + steps * stepGradients;
    }
}
