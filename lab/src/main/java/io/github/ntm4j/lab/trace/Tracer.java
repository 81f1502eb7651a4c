package io.github.ntm4j.lab.trace;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Respondent;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.signal.Kind;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches a machine at work: runs it on a sequence and keeps its signals at every step. Serves one thread at a time, and refuses a second
 * one that comes while the first is in it.
 */
public final class Tracer {
    /** A store of more floats than this over all steps is not kept. */
    private static final long MOST_CELLS = 1L << 28;

    private final Machine machine;
    private final @Nullable Session session; // null for a machine that reads whole sequences
    private final KernelProvider provider;
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
    public Tracer(Machine machine, Objective objective, KernelProvider provider) {
        this.objective = Arguments.given("objective", objective);
        this.machine = Arguments.given("machine", machine);
        this.provider = Arguments.given("provider", provider);
        this.session = machine instanceof StepMachine ? new Session(machine, 1, provider) : null;
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
     * @param withStores whether to keep the stores of every step, if they are not too large
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
            boolean withStores) {
        Arguments.atLeast("steps", 1, steps);
        requireSteps("input", input, steps, machine.inputs());
        if (target != null) {
            requireSteps("target", target, steps, outputs);
        }
        if (mask != null) {
            requireSteps("mask", mask, steps, 1);
        }
        if (session == null && !Arguments.given("interventions", interventions).isEmpty()) {
            throw new UserException("interventions: expected a machine that goes step by step, got one that reads whole sequences");
        }
        Arguments.allGiven("interventions", interventions).forEach(intervention -> intervention.check(machine.signals(), steps));
        use.begin();
        try {
            return session == null
                    ? answered(input, steps, target, mask)
                    : watched(session, input, steps, target, mask, interventions, withStores);
        } finally {
            use.end();
        }
    }

    private static void requireSteps(String name, float[] values, int steps, int width) {
        long expected = (long) steps * width;
        Arguments.part(name, values, name, 0, expected);
        Arguments.finite(name, values, 0, (int) expected);
    }

    /** Of a machine that reads whole sequences there is only the answer. */
    private Trace answered(float[] input, int steps, float @Nullable [] target, float @Nullable [] mask) {
        Sequence sequence = new Sequence(machine.inputs(), outputs);
        sequence.clear(steps);
        System.arraycopy(input, 0, sequence.input(), 0, steps * machine.inputs());
        float[] answer = new Respondent(machine, objective, provider).answer(sequence);
        return new Trace(
                steps,
                objective,
                split(input, steps, machine.inputs()),
                split(answer, steps, outputs),
                target == null ? null : split(target, steps, outputs),
                mask == null ? null : Arrays.copyOf(mask, steps),
                new Signals(),
                Map.of(),
                Map.of());
    }

    private Trace watched(
            Session session,
            float[] input,
            int steps,
            float @Nullable [] target,
            float @Nullable [] mask,
            List<Intervention> interventions,
            boolean withStores) {
        int inputs = machine.inputs();
        Signals signals = session.machine().signals();
        float[][] output = new float[steps][outputs];
        Map<Signal, float[][]> values = new LinkedHashMap<>();
        for (Signal signal : signals.all()) {
            boolean store = signal.kind() == Kind.STORE;
            if (!store || (withStores && (long) steps * signal.floats() <= MOST_CELLS)) {
                values.put(signal, new float[steps][]);
            }
        }
        Map<Signal, float[]> initial = new LinkedHashMap<>();
        session.reset();
        for (int t = 0; t < steps; t++) {
            interfere(session, input, t, interventions);
            session.answer(objective, 0, output[t], 0);
            for (Map.Entry<Signal, float[][]> kept : values.entrySet()) {
                kept.getValue()[t] = session.signal(kept.getKey(), 0);
            }
            for (Signal store : t == 0 ? signals.stores() : List.<Signal>of()) {
                if (session.names().containsKey(store.nameBefore())) {
                    initial.put(store, session.signalBefore(store, 0));
                }
            }
        }
        return new Trace(
                steps,
                objective,
                split(input, steps, inputs),
                output,
                target == null ? null : split(target, steps, outputs),
                mask == null ? null : Arrays.copyOf(mask, steps),
                signals,
                values,
                initial);
    }

    private static void interfere(Session session, float[] input, int t, List<Intervention> interventions) {
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

    private static float[][] split(float[] flat, int steps, int width) {
        float[][] rows = new float[steps][width];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(flat, t * width, rows[t], 0, width);
        }
        return rows;
    }
}
