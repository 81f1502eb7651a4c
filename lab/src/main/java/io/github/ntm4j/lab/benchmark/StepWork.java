package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Work;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.machine.MachineConfig;
import java.util.List;

/**
 * Floating-point operations of a training step by the definitions of the operations of a machine, whatever their implementations do: two for
 * each multiply-add of the products with weights and with the memory, forwards once and backwards twice. Functions of single elements and the
 * optimiser are not counted.
 */
final class StepWork {
    private static final int FORWARD_AND_BACKWARD = 3;

    private StepWork() {}

    /** Operations of one time step of one sequence. */
    static long operations(MachineConfig config, int inputs, int outputs) {
        return 2 * FORWARD_AND_BACKWARD * second(StepMachine.required(config.build(inputs, outputs), "a benchmark")).multiplyAdds();
    }

    /** What the second step records: the first may record what comes before all steps. */
    private static <S extends State> Work second(StepMachine<S> machine) {
        Tape tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), true);
        S state = machine.step(tape, tape.allocateValues(1, 1, machine.inputs()), machine.initialState(tape, 1)).state();
        int before = tape.operations().size();
        machine.step(tape, tape.allocateValues(1, 1, machine.inputs()), state);
        List<Operation> step = tape.operations().subList(before, tape.operations().size());
        return step.stream().map(Operation::work).reduce(Work.NONE, Work::plus);
    }
}
