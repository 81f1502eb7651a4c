package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.MachineConfig;
import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.run.Run;
import io.github.ntm4j.core.task.Sequence;
import io.github.ntm4j.core.task.Size;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.trace.Intervention;
import io.github.ntm4j.core.trace.Trace;
import io.github.ntm4j.engine.random.Random64;
import java.util.List;

/**
 * A machine at work on one sequence.
 *
 * @param machine the machine
 * @param task what the sequence comes from
 * @param size its size
 * @param answerable whether there is a right answer
 * @param optimum nats that any machine can expect to need
 * @param trace what it did
 */
public record Performance(LoadedMachine machine, String task, Size size, boolean answerable, double optimum, Trace trace) {
    /** Steps times rows times width of a memory that is watched all the time. */
    static final long MOST_CELLS = 1L << 28;

    /** Runs the machine. */
    static Performance of(LoadedMachine machine, TraceSpec spec) {
        TraceSpec.SequenceSpec wanted = spec.sequenceOrAny();
        Task task = machine.task(wanted.task());
        Size size = wanted.size(task);
        requireSmall(machine.model().machineConfig(), task.steps(size));
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(wanted.seedOr(Run.MEASUREMENT_SEED), Run.MEASUREMENT, wanted.indexOr(0)), sequence);
        boolean answerable = true;
        if (!wanted.painted().isEmpty()) {
            wanted.painted().forEach(cell -> paint(sequence, cell));
            answerable = task.answer(size, sequence);
        }
        List<Intervention> interventions =
                spec.allInterventions().stream().map(InterventionSpec::intervention).toList();
        Trace trace;
        synchronized (machine.tracer()) {
            trace = machine.tracer().trace(
                    sequence.input(), sequence.steps(), answerable ? sequence.target() : null, sequence.mask(), interventions);
        }
        String name = wanted.task() != null ? wanted.task() : machine.taskName().orElse("");
        return new Performance(machine, name, size, answerable, answerable ? task.optimum(sequence) : 0, trace);
    }

    private static void requireSmall(MachineConfig config, long steps) {
        long cells = config instanceof NtmConfig ntm ? (long) ntm.rows() * (ntm.width() + 8L * (ntm.readHeads() + ntm.writeHeads())) : 1000;
        if (steps * cells > MOST_CELLS) {
            throw new UserException("sequence: expected steps times memory small enough to watch (" + MOST_CELLS / cells
                    + " steps for this machine), got " + steps + " steps");
        }
    }

    private static void paint(Sequence sequence, float[] cell) {
        if (cell == null || cell.length != 3) {
            throw new UserException("paint: expected step, channel and value, got " + (cell == null ? 0 : cell.length) + " numbers");
        }
        int step = (int) cell[0];
        int channel = (int) cell[1];
        if (step < 0 || step >= sequence.steps() || channel < 0 || channel >= sequence.inputs()) {
            throw new UserException("paint: expected a step below " + sequence.steps() + " and a channel below " + sequence.inputs() + ", got "
                    + step + " and " + channel);
        }
        if (!(Math.abs(cell[2]) <= 1e6f)) {
            throw new UserException("paint: expected a value from -1000000 to 1000000, got " + cell[2]);
        }
        sequence.input(step, channel, cell[2]);
    }
}
