package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A head in a trace: where it looked, and what there is of evidence why. All arrays have the step first; what its machine does not show is
 * null.
 *
 * @param name the group of its signals
 * @param writes whether it changes rows, and does not read them
 * @param weighting where it looked
 * @param content where it would have looked by content alone
 * @param gate how much it goes by content
 * @param gated content and the place before, mixed
 * @param allocation where it would have looked for a free row
 * @param allocationGate how much it goes by free rows, and not by content
 * @param mode how much it goes by each of several ways
 * @param ways what these ways are called
 * @param shift by how much the mixture is moved
 * @param strength how much likeness to the key counts
 * @param sharpening the power that weightings are taken to
 * @param erase how much of a row it erases
 * @param vectors what it adds, or what it reads
 */
record Head(
        String name,
        boolean writes,
        float[][] weighting,
        float @Nullable [][] content,
        float @Nullable [][] gate,
        float @Nullable [][] gated,
        float @Nullable [][] allocation,
        float @Nullable [][] allocationGate,
        float @Nullable [][] mode,
        List<String> ways,
        float @Nullable [][] shift,
        float @Nullable [][] strength,
        float @Nullable [][] sharpening,
        float @Nullable [][] erase,
        float @Nullable [][] vectors) {
    private static final String CONTENT = "content";
    private static final String FORWARD = "forward";
    private static final String BACKWARD = "backward";

    /** The heads over the memory of a trace, those that read first. */
    static List<Head> in(Trace trace) {
        List<Head> heads = new ArrayList<>();
        for (Use use : Use.values()) {
            for (Signal weighting : trace.heads(use)) {
                if (weighting.over().equals(trace.signals().memory())) {
                    heads.add(of(trace, weighting, use == Use.WRITES));
                }
            }
        }
        return heads;
    }

    private static Head of(Trace trace, Signal weighting, boolean writes) {
        String group = weighting.group();
        return new Head(
                group,
                writes,
                trace.of(weighting),
                trace.in(group, Role.CONTENT),
                trace.in(group, Role.GATE),
                trace.in(group, Role.GATED),
                trace.in(group, Role.ALLOCATION),
                trace.in(group, Role.ALLOCATION_GATE),
                trace.in(group, Role.MODE),
                trace.signals().in(group, Role.MODE).map(Signal::labels).orElse(List.of()),
                trace.in(group, Role.SHIFT),
                trace.in(group, Role.STRENGTH),
                trace.in(group, Role.SHARPENING),
                trace.in(group, Role.ERASE),
                trace.in(group, writes ? Role.ADD : Role.READ));
    }

    /** The share of a row's weight that came from the key, as far as there is evidence. */
    float byContent(int t, int row) {
        if (content == null) {
            return 0;
        }
        if (gate != null && gated != null) {
            int source = Math.floorMod(row - shift(t), weighting[t].length);
            return share(gate[t][0] * content[t][source], gated[t][source]);
        }
        if (allocation != null && allocationGate != null) {
            float found = (1 - allocationGate[t][0]) * content[t][row];
            return share(found, found + allocationGate[t][0] * allocation[t][row]);
        }
        int byContent = ways.indexOf(CONTENT);
        return mode != null && byContent >= 0 ? share(mode[t][byContent] * content[t][row], weighting[t][row]) : 0;
    }

    /** Whether a row was rather chosen as a free one than by the key. */
    boolean byAllocation(int t, int row) {
        return allocation != null && allocationGate != null && byContent(t, row) < 0.5f;
    }

    /** Which way along its links a head has rather come to a row than by the key: 1 onwards, -1 back, 0 if it has not. */
    int byLinks(int t, int row) {
        float onwards = way(t, FORWARD);
        float back = way(t, BACKWARD);
        return onwards + back == 0 || byContent(t, row) >= 0.5f ? 0 : onwards >= back ? 1 : -1;
    }

    /** How much it goes by a way, along the links of all write heads. */
    private float way(int t, String called) {
        float sum = 0;
        for (int i = 0; i < ways.size(); i++) {
            sum += mode != null && ways.get(i).startsWith(called) ? mode[t][i] : 0;
        }
        return sum;
    }

    private static float share(float part, float whole) {
        return whole > 0 ? Math.min(1, part / whole) : 0;
    }

    /** The shift that has most weight at a step; 0 where heads are not shifted. */
    int shift(int t) {
        return shift == null ? 0 : HeadSteps.indexOfLargest(shift[t]) - shift[t].length / 2;
    }

    /** By how many rows it moves at most in a step; by one where nobody says. */
    int reach() {
        return shift == null ? 1 : shift[0].length / 2;
    }

    int rows() {
        return weighting[0].length;
    }
}
