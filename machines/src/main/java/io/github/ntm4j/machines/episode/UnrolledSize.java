package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * What a machine takes that is recorded step after step: counted step by step, as steps need not take the same. Behind as many steps as are
 * counted, each stretch of a link interval is taken for as large as the last one counted.
 */
final class UnrolledSize implements RecordingSize {
    private static final int MOST_COUNTED = 4096;

    private final Tape tape;
    private final Recording<?> recording;
    private final long state;
    private final int stretch;
    private final long recorded;
    /** Floats up to the end of each step, the initial state's first. */
    private int[] values;
    private int[] gradients;

    /**
     * Measures a machine.
     *
     * @param recorded how many steps are recorded at most, however long a sequence is
     */
    UnrolledSize(StepMachine<?> machine, Desk desk, boolean training, long recorded) {
        this.recorded = recorded;
        tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), training).withLinkInterval(desk.linkInterval());
        recording = new Recording<>(machine, desk.objective(), tape, desk.batch());
        stretch = desk.linkInterval() == 1 ? LinkHistory.INTERVAL_OF_LARGE : desk.linkInterval();
        values = new int[] {tape.valueFloats()};
        gradients = new int[] {tape.mark().gradients()};
        long floats = 0;
        for (Tensor tensor : recording.initial()) {
            floats += (long) tensor.batch() * tensor.lines() * tensor.size();
        }
        state = floats;
        count(1);
    }

    /** Counts up to some step; returns how many are counted, fewer where a step would be beyond the largest array. */
    private int count(int steps) {
        int counted = recording.size();
        if (steps <= counted) {
            return counted;
        }
        values = Arrays.copyOf(values, steps + 1);
        gradients = Arrays.copyOf(gradients, steps + 1);
        for (int t = counted + 1; t <= steps; t++) {
            try {
                recording.extend(t);
            } catch (ArithmeticException tooLarge) {
                if (t == 1) {
                    throw tooLarge;
                }
                return t - 1;
            }
            values[t] = tape.valueFloats();
            gradients[t] = tape.mark().gradients();
        }
        return steps;
    }

    private long floats(long wanted, boolean ofValues) {
        long steps = Math.min(wanted, recorded);
        int most = Math.max(MOST_COUNTED, 2 * stretch);
        int counted = count((int) Math.min(steps, most));
        int[] floats = ofValues ? values : gradients;
        if (steps <= counted) {
            return floats[(int) steps];
        }
        int repeated = Math.min(stretch, counted);
        long stretches = Math.ceilDiv(steps - counted, repeated);
        int within = (int) (steps - stretches * repeated);
        return floats[within] + stretches * (floats[counted] - floats[counted - repeated]);
    }

    @Override
    public long values(long steps) {
        return floats(steps, true);
    }

    @Override
    public long gradients(long steps) {
        return floats(steps, false);
    }

    @Override
    public long largest(long steps) {
        return Math.max(values(steps), gradients(steps));
    }

    @Override
    public long state() {
        return state;
    }

    @Override
    public boolean segmented() {
        return true;
    }
}
