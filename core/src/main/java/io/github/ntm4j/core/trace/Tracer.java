package io.github.ntm4j.core.trace;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches a machine at work: runs it on a sequence and keeps what it names at every step. Serves one thread at a time, and refuses a second
 * one that comes while the first is in it.
 */
public final class Tracer {
    private static final String WEIGHTING = ".weighting";
    private static final String MEMORY = "memory";
    private static final String MEMORY_BEFORE = "memory_before";
    /** A memory of more floats than this over all steps is not kept. */
    private static final long MOST_MEMORY = 1L << 28;

    private final Session session;
    private final Objective objective;
    private final int outputs;
    private final OneThread use = new OneThread("tracer");

    /**
     * A tracer for one machine.
     *
     * @param machine the machine
     * @param objective what its outputs stand for
     * @param provider whose kernels to use
     */
    public Tracer(Machine<?> machine, Objective objective, KernelProvider provider) {
        this.objective = Arguments.given("objective", objective);
        this.session = new Session(machine, 1, provider);
        this.outputs = machine.outputs();
    }

    /**
     * Runs the machine on a sequence.
     *
     * @param input {@code [steps][inputs]}, step after step
     * @param steps number of steps, at least 1
     * @param target {@code [steps][outputs]}, step after step; null if nobody knows
     * @param mask {@code [steps]}; null if every step counts
     * @return what it did
     * @throws IllegalArgumentException if an array is shorter than the steps say, or a number is not finite
     */
    public Trace trace(float[] input, int steps, float @Nullable [] target, float @Nullable [] mask) {
        return trace(input, steps, target, mask, List.of(), true);
    }

    /**
     * Runs the machine on a sequence while somebody interferes.
     *
     * @param input {@code [steps][inputs]}, step after step
     * @param steps number of steps, at least 1
     * @param target {@code [steps][outputs]}, step after step; null if nobody knows
     * @param mask {@code [steps]}; null if every step counts
     * @param interventions what is done to the machine, in this order where they meet
     * @param withMemory whether to keep the memory of every step, if it is not too large
     * @return what it did
     * @throws UserException if an intervention does not fit the machine or the sequence
     * @throws IllegalArgumentException if an array is shorter than the steps say, or a number is not finite
     * @throws IllegalStateException if another thread is in this tracer
     */
    public Trace trace(
            float[] input,
            int steps,
            float @Nullable [] target,
            float @Nullable [] mask,
            List<Intervention> interventions,
            boolean withMemory) {
        Arguments.atLeast("steps", 1, steps);
        requireSteps("input", input, steps, session.machine().inputs());
        if (target != null) {
            requireSteps("target", target, steps, outputs);
        }
        if (mask != null) {
            requireSteps("mask", mask, steps, 1);
        }
        Arguments.allGiven("interventions", interventions).forEach(intervention -> intervention.check(session, steps));
        use.begin();
        try {
            return watched(input, steps, target, mask, interventions, withMemory);
        } finally {
            use.end();
        }
    }

    private static void requireSteps(String name, float[] values, int steps, int width) {
        long expected = (long) steps * width;
        Arguments.part(name, values, name, 0, expected);
        Arguments.finite(name, values, 0, (int) expected);
    }

    private Trace watched(
            float[] input,
            int steps,
            float @Nullable [] target,
            float @Nullable [] mask,
            List<Intervention> interventions,
            boolean withMemory) {
        int inputs = session.machine().inputs();
        Tensor memory = session.names().get(MEMORY);
        int width = memory == null ? 0 : memory.lines();
        int rows = memory == null ? 0 : memory.size();
        boolean keepMemory = withMemory && memory != null && (long) steps * width * rows <= MOST_MEMORY;
        float[][] output = new float[steps][outputs];
        float[][][] memories = new float[keepMemory ? steps : 0][][];
        float[][] initialMemory = null;
        SequencedMap<String, float[][]> values = new LinkedHashMap<>();
        session.reset();
        for (int t = 0; t < steps; t++) {
            interfere(input, t, interventions);
            session.answer(objective, 0, output[t], 0);
            for (Map.Entry<String, Tensor> named : session.names().entrySet()) {
                if (named.getKey().equals(MEMORY_BEFORE)) {
                    initialMemory = t == 0 ? transposed(session.value(named.getValue(), 0)) : initialMemory;
                } else if (!named.getKey().equals(MEMORY)) {
                    values.computeIfAbsent(named.getKey(), name -> new float[steps][])[t] =
                            session.value(named.getValue(), 0)[0];
                } else if (keepMemory) {
                    memories[t] = transposed(session.value(named.getValue(), 0));
                }
            }
        }
        return new Trace(
                steps,
                objective,
                split(input, steps, inputs),
                output,
                target == null ? null : split(target, steps, outputs),
                mask == null ? null : java.util.Arrays.copyOf(mask, steps),
                heads(values, steps),
                keepMemory ? memories : null,
                initialMemory,
                rows,
                width);
    }

    private void interfere(float[] input, int t, List<Intervention> interventions) {
        int inputs = session.machine().inputs();
        List<Session.Change> changes = new ArrayList<>();
        for (Intervention intervention : interventions) {
            intervention.changes(session, t).forEach(changes::add);
        }
        if (changes.isEmpty()) {
            session.step(input, t * inputs, inputs);
        } else {
            session.step(input, t * inputs, inputs, changes);
        }
    }

    private static float[][] transposed(float[][] lines) {
        float[][] rows = new float[lines[0].length][lines.length];
        for (int m = 0; m < lines.length; m++) {
            for (int n = 0; n < rows.length; n++) {
                rows[n][m] = lines[m][n];
            }
        }
        return rows;
    }

    private static float[][] split(float[] flat, int steps, int width) {
        float[][] rows = new float[steps][width];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(flat, t * width, rows[t], 0, width);
        }
        return rows;
    }

    private static List<HeadTrace> heads(SequencedMap<String, float[][]> values, int steps) {
        List<HeadTrace> heads = new ArrayList<>();
        for (HeadTrace.Kind kind : HeadTrace.Kind.values()) {
            String prefix = kind == HeadTrace.Kind.READ ? "read_head_" : "write_head_";
            for (int i = 0; values.containsKey(prefix + i + WEIGHTING); i++) {
                heads.add(head(values, prefix + i, (kind == HeadTrace.Kind.READ ? "read " : "write ") + (i + 1), kind, steps));
            }
        }
        return heads;
    }

    private static HeadTrace head(
            SequencedMap<String, float[][]> values, String name, String label, HeadTrace.Kind kind, int steps) {
        boolean writes = kind == HeadTrace.Kind.WRITE;
        return new HeadTrace(
                label,
                kind,
                series(values, name + ".previous"),
                series(values, name + WEIGHTING),
                series(values, name + ".similarity"),
                series(values, name + ".content"),
                series(values, name + ".interpolated"),
                series(values, name + ".shifted"),
                series(values, name + ".key"),
                numbers(values, name + ".strength", steps),
                numbers(values, name + ".gate", steps),
                series(values, name + ".shift"),
                numbers(values, name + ".sharpening", steps),
                writes ? series(values, name + ".erase") : null,
                writes ? series(values, name + ".add") : null,
                writes ? null : series(values, name + ".read"));
    }

    private static float[][] series(SequencedMap<String, float[][]> values, String name) {
        float[][] series = values.get(name);
        if (series == null) {
            throw new IllegalStateException("the machine names no " + name);
        }
        return series;
    }

    private static float[] numbers(SequencedMap<String, float[][]> values, String name, int steps) {
        float[] numbers = new float[steps];
        for (int t = 0; t < steps; t++) {
            numbers[t] = series(values, name)[t][0];
        }
        return numbers;
    }
}
