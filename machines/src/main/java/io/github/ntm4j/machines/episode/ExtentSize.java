package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.tape.Tape;
import java.util.HashMap;
import java.util.Map;

/** What the recordings take that are kept at a time: those of the largest extents that come. */
final class ExtentSize implements RecordingSize {
    private final WholeMachine machine;
    private final Desk desk;
    private final boolean training;
    private final Map<Integer, Count> counts = new HashMap<>();

    private record Count(long values, long gradients) {
        Count plus(Count other) {
            return new Count(values + other.values, gradients + other.gradients);
        }
    }

    ExtentSize(WholeMachine machine, Desk desk, boolean training) {
        this.machine = machine;
        this.desk = desk;
        this.training = training;
    }

    private Count count(int extent) {
        return counts.computeIfAbsent(extent, steps -> {
            Tape counted = WholeRecording.counted(machine, desk, training, steps);
            return new Count(counted.valueFloats(), counted.mark().gradients());
        });
    }

    private Count all(long steps) {
        int kept = training ? RecentExtents.KEPT : 1;
        Count sum = new Count(0, 0);
        int last = 0;
        for (int t = Math.toIntExact(steps), found = 0; t > 0 && found < kept; t--) {
            int extent = RecentExtents.extent(machine, t);
            if (extent != last) {
                sum = sum.plus(count(extent));
                last = extent;
                found++;
            }
        }
        return sum;
    }

    @Override
    public long values(long steps) {
        return all(steps).values();
    }

    @Override
    public long gradients(long steps) {
        return all(steps).gradients();
    }

    @Override
    public long largest(long steps) {
        if (steps == 0) {
            return 0;
        }
        Count one = count(RecentExtents.extent(machine, Math.toIntExact(steps)));
        return Math.max(one.values(), one.gradients());
    }

    @Override
    public long state() {
        return 0;
    }

    @Override
    public boolean segmented() {
        return false;
    }
}
