package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Tape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Recordings of a machine for a few extents, made when they are asked for; the one least recently used makes room. */
final class RecentExtents {
    /** As many as are kept. */
    static final int KEPT = 4;

    private static final float LOAD = 0.75f;

    private final WholeMachine machine;
    private final Desk desk;
    private final boolean training;
    private final int kept;
    private final SequencedMap<Integer, WholeRecording> recordings = new LinkedHashMap<>(KEPT, LOAD, true);

    RecentExtents(WholeMachine machine, Desk desk, boolean training, int kept) {
        this.machine = machine;
        this.desk = desk;
        this.training = training;
        this.kept = Arguments.atLeast("kept", 1, kept);
    }

    /** The extent of a sequence. */
    static int extent(WholeMachine machine, int steps) {
        int extent = machine.extent(steps);
        if (extent < steps) {
            throw new IllegalStateException("extent: expected at least the " + steps + " steps of the sequence, got " + extent);
        }
        return extent;
    }

    /** The recording for sequences of up to some number of steps. */
    WholeRecording of(int steps) {
        int extent = extent(machine, steps);
        WholeRecording found = recordings.get(extent);
        if (found != null) {
            return found;
        }
        if (recordings.size() >= kept) { // before the new one takes its memory
            Iterator<Integer> oldest = recordings.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        Tape counting = WholeRecording.counted(machine, desk, training, extent);
        Tape tape = new Tape(machine.parameters(), desk.provider().create(), training);
        tape.reserve(counting.valueFloats() - tape.valueFloats(), counting.mark().gradients() - tape.mark().gradients());
        WholeRecording recording = new WholeRecording(machine, desk.objective(), tape, desk.batch(), extent);
        recordings.put(extent, recording);
        return recording;
    }

    long floats() {
        return recordings.values().stream().mapToLong(WholeRecording::floats).sum();
    }
}
