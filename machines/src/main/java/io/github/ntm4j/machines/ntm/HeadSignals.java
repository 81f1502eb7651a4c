package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a head shows of itself: the stages of its addressing, what the controller tells it, and what passes between it and the memory. */
final class HeadSignals {
    private final Signal weighting;
    private final Signal previous;
    private final Signal similarity;
    private final Signal content;
    private final Signal interpolated;
    private final Signal shifted;
    private final Signal key;
    private final Signal strength;
    private final Signal gate;
    private final Signal shift;
    private final Signal sharpening;
    private final @Nullable Signal erase;
    private final @Nullable Signal add;
    private final @Nullable Signal read;

    /** Declares them as {@code read 1/weighting} and so on; sessions know them as {@code read_head_0.weighting}. */
    HeadSignals(Signals signals, Signal memory, Use use, int index, int shiftRange) {
        boolean writes = use == Use.WRITES;
        String group = (writes ? "write " : "read ") + (index + 1);
        String prefix = (writes ? "write_head_" : "read_head_") + index + ".";
        this.weighting = signals.weighting(group, "weighting", memory, use);
        this.previous = signals.weighting(group, "previous", memory).as(Role.PREVIOUS);
        this.similarity = signals.rows(group, "similarity", memory, -1, 1).as(Role.SIMILARITY);
        this.content = signals.weighting(group, "content", memory).as(Role.CONTENT);
        this.interpolated = signals.weighting(group, "interpolated", memory).as(Role.GATED);
        this.shifted = signals.weighting(group, "shifted", memory).as(Role.SHIFTED);
        this.key = signals.vector(group, "key", memory.width()).as(Role.KEY).settable();
        this.strength = signals.number(group, "strength", 0, Signals.UNLIMITED).as(Role.STRENGTH).settable();
        this.gate = signals.number(group, "gate", 0, 1).as(Role.GATE).settable();
        this.shift = signals.distribution(group, "shift", displacements(shiftRange)).as(Role.SHIFT).settable();
        this.sharpening = signals.number(group, "sharpening", 1, Signals.UNLIMITED).as(Role.SHARPENING).settable();
        this.erase = writes ? signals.vector(group, "erase", memory.width()).within(0, 1).as(Role.ERASE).settable().detail() : null;
        this.add = writes ? signals.vector(group, "add", memory.width()).as(Role.ADD).settable().titled("Adds") : null;
        this.read = writes ? null : signals.vector(group, "read", memory.width()).as(Role.READ).titled("Reads");
        weighting.after(previous);
        for (Signal signal : signals.all()) {
            if (signal.group().equals(group)) {
                signal.named(prefix + signal.name());
            }
        }
        for (Signal stage : new Signal[] {previous, similarity, content, interpolated, shifted, key, strength, gate, shift, sharpening}) {
            stage.detail();
        }
    }

    private static String[] displacements(int range) {
        return IntStream.rangeClosed(-range, range).mapToObj(by -> by > 0 ? "+" + by : String.valueOf(by)).toArray(String[]::new);
    }

    void told(Tape tape, int line, Tensor keys, Tensor strengths, Tensor gates, Tensor shifts, Tensor sharpenings, Tensor before) {
        key.record(tape, keys.lines(line, 1));
        strength.record(tape, strengths.lines(line, 1));
        gate.record(tape, gates.lines(line, 1));
        shift.record(tape, shifts.lines(line, 1));
        sharpening.record(tape, sharpenings.lines(line, 1));
        previous.record(tape, before.lines(line, 1));
    }

    void found(Tape tape, int line, ContentWeighting byContent, LocationWeighting byLocation) {
        similarity.record(tape, byContent.similarity().lines(line, 1));
        content.record(tape, byContent.weighting().lines(line, 1));
        interpolated.record(tape, byLocation.interpolated().lines(line, 1));
        shifted.record(tape, byLocation.shifted().lines(line, 1));
        weighting.record(tape, byLocation.weighting().lines(line, 1));
    }

    void written(Tape tape, int line, Tensor erases, Tensor adds) {
        if (erase != null && add != null) {
            erase.record(tape, erases.lines(line, 1));
            add.record(tape, adds.lines(line, 1));
        }
    }

    void read(Tape tape, int line, Tensor reads) {
        if (read != null) {
            read.record(tape, reads.lines(line, 1));
        }
    }
}
