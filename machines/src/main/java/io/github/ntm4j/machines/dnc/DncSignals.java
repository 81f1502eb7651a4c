package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Dnc} shows of itself: the memory, what is free in it, in which order it was written, and of each head all that it does. Links of
 * more rows than a table can show are not shown.
 */
record DncSignals(
        Signal memory, Signal retention, Signal usage, Signal freeList, List<Signal> links, List<Writer> writers, List<Reader> readers) {
    /** Of a write head. */
    record Writer(
            Signal key,
            Signal strength,
            @Nullable Signal mask,
            Signal erase,
            Signal add,
            Signal allocationGate,
            Signal gate,
            Signal similarity,
            Signal content,
            Signal allocation,
            Signal weighting,
            @Nullable Signal precedence) {}

    /** Of a read head; of several write heads it has a way along the links of each. */
    record Reader(
            Signal key,
            Signal strength,
            @Nullable Signal mask,
            Signal freeGate,
            @Nullable Signal mode,
            @Nullable Signal backwardSharpness,
            @Nullable Signal forwardSharpness,
            Signal similarity,
            Signal content,
            List<Signal> backward,
            List<Signal> forward,
            List<Signal> backwardSharpened,
            List<Signal> forwardSharpened,
            Signal weighting,
            Signal read) {}

    static DncSignals declare(Signals signals, DncConfig config) {
        int rows = config.store().rows();
        Signal memory = signals.store("memory", rows, config.store().width());
        Signal usage = signals.weighting("memory", "usage", memory).as(Role.USAGE);
        Signal retention = signals.weighting("memory", "retention", memory).detail();
        Signal freeList = signals.rows("memory", "free list", memory, -1, rows).detail();
        List<Signal> links = new ArrayList<>();
        List<Writer> writers = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        boolean linked = config.linking().links() != Links.NONE;
        for (int k = 0; k < config.store().writeHeads(); k++) {
            if (linked && rows <= DncConfig.MOST_TABLED_ROWS) {
                Signal link = signals.relation(numbered("link", k), memory).as(Role.LINK);
                links.add(config.linking().links() == Links.SPARSE ? link.inEntries() : link);
            }
            writers.add(writer(signals, "write " + (k + 1), memory, config));
        }
        for (int i = 0; i < config.store().readHeads(); i++) {
            readers.add(reader(signals, "read " + (i + 1), memory, config));
        }
        return new DncSignals(memory, retention, usage, freeList, links, writers, readers);
    }

    private static Writer writer(Signals signals, String head, Signal memory, DncConfig config) {
        int width = config.store().width();
        boolean linked = config.linking().links() != Links.NONE;
        return new Writer(
                signals.vector(head, "key", width).as(Role.KEY).settable().detail(),
                signals.number(head, "strength", 0, Signals.UNLIMITED).as(Role.STRENGTH).settable().detail(),
                config.addressing().mask() ? signals.vector(head, "mask", width).within(0, 1).settable().detail() : null,
                signals.vector(head, "erase", width).within(0, 1).as(Role.ERASE).settable().detail(),
                signals.vector(head, "add", width).as(Role.ADD).settable().titled("Adds"),
                signals.number(head, "allocation gate", 0, 1).as(Role.ALLOCATION_GATE).settable(),
                signals.number(head, "gate", 0, 1).as(Role.WRITE_GATE).settable(),
                signals.rows(head, "similarity", memory, -1, 1).as(Role.SIMILARITY).detail(),
                signals.weighting(head, "content", memory).as(Role.CONTENT).detail(),
                signals.weighting(head, "allocation", memory).as(Role.ALLOCATION).detail(),
                signals.weighting(head, "weighting", memory, Use.WRITES),
                linked ? signals.weighting(head, "precedence", memory).as(Role.PRECEDENCE).detail() : null);
    }

    private static Reader reader(Signals signals, String head, Signal memory, DncConfig config) {
        int width = config.store().width();
        int ways = config.linking().links() == Links.NONE ? 0 : config.store().writeHeads();
        boolean sharpened = config.linking().sharpen();
        List<Signal> backward = new ArrayList<>();
        List<Signal> forward = new ArrayList<>();
        List<Signal> backwardSharpened = new ArrayList<>();
        List<Signal> forwardSharpened = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        for (int k = 0; k < ways; k++) {
            backward.add(signals.weighting(head, numbered("backward", k), memory).as(Role.BACKWARD).detail());
            forward.add(signals.weighting(head, numbered("forward", k), memory).as(Role.FORWARD).detail());
            if (sharpened) {
                backwardSharpened.add(signals.weighting(head, numbered("backward sharpened", k), memory).detail());
                forwardSharpened.add(signals.weighting(head, numbered("forward sharpened", k), memory).detail());
            }
            modes.add(k, numbered("backward", k));
            modes.add(numbered("forward", k));
        }
        modes.add(ways, "content");
        Signal mode = ways > 0 ? signals.distribution(head, "mode", modes.toArray(String[]::new)).as(Role.MODE).settable() : null;
        return new Reader(
                signals.vector(head, "key", width).as(Role.KEY).settable().detail(),
                signals.number(head, "strength", 0, Signals.UNLIMITED).as(Role.STRENGTH).settable().detail(),
                config.addressing().mask() ? signals.vector(head, "mask", width).within(0, 1).settable().detail() : null,
                signals.number(head, "free gate", 0, 1).as(Role.FREE_GATE).settable(),
                mode,
                sharpened ? signals.number(head, "backward sharpness", 1, Signals.UNLIMITED).settable().detail() : null,
                sharpened ? signals.number(head, "forward sharpness", 1, Signals.UNLIMITED).settable().detail() : null,
                signals.rows(head, "similarity", memory, -1, 1).as(Role.SIMILARITY).detail(),
                signals.weighting(head, "content", memory).as(Role.CONTENT).detail(),
                backward,
                forward,
                backwardSharpened,
                forwardSharpened,
                signals.weighting(head, "weighting", memory, Use.READS),
                signals.vector(head, "read", width).as(Role.READ).titled("Reads"));
    }

    private static String numbered(String name, int k) {
        return k == 0 ? name : name + " " + (k + 1);
    }

    void told(Tape tape, Interface xi) {
        for (int k = 0; k < writers.size(); k++) {
            Writer writer = writers.get(k);
            record(tape, writer.key(), xi.writeKeys(), k);
            record(tape, writer.strength(), xi.writeStrengths(), k);
            record(tape, writer.mask(), xi.writeMasks(), k);
            record(tape, writer.erase(), xi.erases(), k);
            record(tape, writer.add(), xi.writeVectors(), k);
            record(tape, writer.allocationGate(), xi.allocationGates(), k);
            record(tape, writer.gate(), xi.writeGates(), k);
        }
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get(i);
            record(tape, reader.key(), xi.readKeys(), i);
            record(tape, reader.strength(), xi.readStrengths(), i);
            record(tape, reader.mask(), xi.readMasks(), i);
            record(tape, reader.freeGate(), xi.freeGates(), i);
            record(tape, reader.mode(), xi.readModes(), i);
            record(tape, reader.backwardSharpness(), xi.backwardSharpness(), i);
            record(tape, reader.forwardSharpness(), xi.forwardSharpness(), i);
        }
    }

    void followed(Tape tape, int k, LinkStep step) {
        if (k < links.size()) {
            links.get(k).record(tape, step.link());
        }
        for (int i = 0; i < readers.size(); i++) {
            record(tape, readers.get(i).backward().get(k), step.backward(), i);
            record(tape, readers.get(i).forward().get(k), step.forward(), i);
        }
    }

    /** Backward along each link, content, forward along each link. */
    void sharpened(Tape tape, List<Tensor> parts) {
        int ways = (parts.size() - 1) / 2;
        for (int i = 0; i < readers.size(); i++) {
            for (int k = 0; k < readers.get(i).backwardSharpened().size(); k++) {
                record(tape, readers.get(i).backwardSharpened().get(k), parts.get(k), i);
                record(tape, readers.get(i).forwardSharpened().get(k), parts.get(ways + 1 + k), i);
            }
        }
    }

    void left(Tape tape, DncState state) {
        memory.record(tape, state.memory());
        usage.record(tape, state.usage());
        for (int k = 0; k < writers.size(); k++) {
            record(tape, writers.get(k).weighting(), state.writes(), k);
            record(tape, writers.get(k).precedence(), state.precedences().isEmpty() ? null : state.precedences().get(k), 0);
        }
        for (int i = 0; i < readers.size(); i++) {
            record(tape, readers.get(i).weighting(), state.weightings(), i);
            record(tape, readers.get(i).read(), state.reads(), i);
        }
    }

    /** One line of a tensor, if there are both. */
    private static void record(Tape tape, @Nullable Signal signal, @Nullable Tensor all, int line) {
        if (signal != null && all != null) {
            signal.record(tape, all.lines(line, 1));
        }
    }
}
