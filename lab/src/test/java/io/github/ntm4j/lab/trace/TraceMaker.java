package io.github.ntm4j.lab.trace;

import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes traces of machines that there are not: a test says what their heads did. */
public final class TraceMaker {
    private final Signals signals = new Signals();
    private final Signal memory;
    private final Map<Signal, float[][]> values = new LinkedHashMap<>();
    private final Map<Signal, float[]> initial = new LinkedHashMap<>();

    /** Heads over a memory of so many rows and columns. */
    public TraceMaker(int rows, int width) {
        memory = signals.store("memory", rows, width).detail();
    }

    /** The signals, to declare further ones. */
    public Signals signals() {
        return signals;
    }

    /** A head with its weighting and what it adds or reads. */
    public TraceMaker head(String name, Use use, float[][] weighting, float[][] vectors) {
        boolean writes = use == Use.WRITES;
        value(signals.weighting(name, "weighting", memory, use), weighting);
        Signal vector = signals.vector(name, writes ? "add" : "read", memory.width()).as(writes ? Role.ADD : Role.READ);
        return value(vector.titled(writes ? "Adds" : "Reads"), vectors);
    }

    /** The addressing of an NTM's head. */
    public TraceMaker addressing(String name, float[][] content, float[][] gate, float[][] gated, float[][] shift, float[][] sharpening) {
        value(signals.weighting(name, "content", memory).as(Role.CONTENT).detail(), content);
        value(signals.weighting(name, "interpolated", memory).as(Role.GATED).detail(), gated);
        value(signals.number(name, "gate", 0, 1).as(Role.GATE).detail(), gate);
        value(signals.number(name, "strength", 0, Signals.UNLIMITED).as(Role.STRENGTH).detail(), new float[gate.length][1]);
        value(signals.distribution(name, "shift", "-1", "0", "+1").as(Role.SHIFT).detail(), shift);
        return value(signals.number(name, "sharpening", 1, Signals.UNLIMITED).as(Role.SHARPENING).detail(), sharpening);
    }

    /** A signal of its own. */
    public TraceMaker value(Signal signal, float[][] steps) {
        values.put(signal, steps);
        return this;
    }

    /** The memory of each step, and before the first. */
    public TraceMaker memory(float[][] cells, float[] before) {
        values.put(memory, cells);
        initial.put(memory, before);
        return this;
    }

    /** The trace of a machine that puts out bits. */
    public Trace trace(float[][] input, float[][] output, float @Nullable [][] target, float @Nullable [] mask) {
        return new Trace(input.length, Objective.BITS, input, output, target, mask, signals, values, initial);
    }

    /** The trace of a machine that shows nothing. */
    public static Trace withoutSignals(float[][] input, float[][] output, float @Nullable [][] target, float @Nullable [] mask) {
        return new Trace(input.length, Objective.BITS, input, output, target, mask, new Signals(), Map.of(), Map.of());
    }
}
