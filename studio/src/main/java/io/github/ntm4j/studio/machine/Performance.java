package io.github.ntm4j.studio.machine;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.util.List;

/**
 * A machine at work on one sequence.
 *
 * @param machine the machine
 * @param task what the sequence comes from
 * @param size its size
 * @param answerable whether there is a right answer
 * @param optimum nats that any machine can expect to need
 * @param detail how much of it is told
 * @param trace what it did
 */
public record Performance(LoadedMachine machine, String task, Size size, boolean answerable, double optimum, Detail detail, Trace trace) {
    /** Numbers of an answer that tells everything. */
    private static final long MOST_TOLD = 1L << 23;
    /** Numbers that are kept while a machine is watched. */
    private static final long MOST_KEPT = 1L << 25;
    /** Numbers that a step is counted as where nothing is over rows. */
    private static final int OF_OTHERS = 1000;
    /** Numbers that would fit where an array has its length. */
    private static final long ARRAY = 4;

    /** How much is told of what a machine did. */
    enum Detail {
        /** Every signal. */
        MEMORY,
        /** Every signal but stores. */
        STAGES,
        /** Of what is over rows only where heads looked. */
        TRACKS
    }

    /** Runs the machine. */
    static Performance of(LoadedMachine machine, TraceSpec spec) {
        TraceSpec.SequenceSpec wanted = spec.sequenceOrAny();
        Task task = machine.task(wanted.task());
        Size size = wanted.size(task);
        Detail detail = detail(machine.model().machine().signals(), task.steps(size), spec.wantsMemory());
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(size, Random64.of(wanted.seedOr(Run.MEASUREMENT_SEED), Run.MEASUREMENT, wanted.indexOr(0)), sequence);
        boolean answerable = true;
        if (!wanted.painted().isEmpty()) {
            wanted.painted().forEach(cell -> paint(sequence, cell));
            answerable = task.answer(size, sequence);
        }
        Signals signals = machine.model().machine().signals();
        List<Intervention> interventions =
                spec.allInterventions().stream().map(one -> InterventionSpec.of(one, signals)).toList();
        Trace trace = machine.trace(sequence, answerable, interventions, detail == Detail.MEMORY);
        String name = wanted.task() != null ? wanted.task() : machine.taskName().orElse("");
        return new Performance(machine, name, size, answerable, answerable ? task.optimum(sequence) : 0, detail, trace);
    }

    /** Bytes that watching a machine takes, the machine at work and the answer included. */
    static long bytes(LoadedMachine machine, TraceSpec spec) {
        TraceSpec.SequenceSpec wanted = spec.sequenceOrAny();
        Task task = machine.task(wanted.task());
        Signals signals = machine.model().machine().signals();
        long steps = task.steps(wanted.size(task));
        Detail detail = detail(signals, steps, spec.wantsMemory());
        long step = task.inputs() + 2L * task.outputs();
        long before = 0;
        for (Signal signal : signals.all()) {
            long kept = signal.floats() + ARRAY;
            step += signal.kind() != Kind.STORE || detail == Detail.MEMORY ? kept : 0;
            before += signal.kind() == Kind.STORE ? 2 * kept : 0;
        }
        // What was seen, and the same once more in the answer.
        return machine.answerBytes(steps) + 2 * Float.BYTES * (steps * step + before);
    }

    /** As much as is wanted, or as there is room for. */
    private static Detail detail(Signals signals, long steps, boolean wantsMemory) {
        long stages = 0;
        long stores = 0;
        for (Signal signal : signals.all()) {
            boolean store = signal.kind() == Kind.STORE;
            stores += store ? signal.floats() : 0;
            stages += store ? 0 : signal.over().isPresent() ? signal.floats() : 0;
        }
        require(steps, stages == 0 ? OF_OTHERS : stages);
        if (steps * stages > MOST_TOLD) {
            return Detail.TRACKS;
        }
        return (wantsMemory || stores == 0) && steps * (stages + stores) <= MOST_TOLD ? Detail.MEMORY : Detail.STAGES;
    }

    private static void require(long steps, long eachStep) {
        if (eachStep > MOST_KEPT) {
            throw new UserException("machine: expected one of which a step has at most " + MOST_KEPT + " numbers to watch, got " + eachStep
                    + "; take fewer rows");
        }
        if (steps * eachStep > MOST_KEPT) {
            throw new UserException("sequence: expected at most " + MOST_KEPT / eachStep + " steps for this machine, got " + steps);
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
