package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of a machine for a batch of streams, recorded once to be replayed: {@code [state before] -> step -> [state after]}. Each stream
 * has a state of its own, and streams do not touch each other. Nothing here allocates after the constructor but what says so.
 */
final class StepRecording {
    private final Tape tape;
    private final Tensor input;
    private final Tensor logits;
    private final List<StateShape> shapes;
    private final Run[] runs;
    private final int stateFloats;
    private final boolean overlapping;
    private final float[] staged;
    private final float[] unrecorded; // what no operation sets, of all streams before the first step
    private final Tape.Mark start;
    private final Tape.Mark beginning;
    private final Tape.Mark end;

    /** Neighbouring floats of the state: their place in a copy of a stream's state, and on the tape before and after the step. */
    private record Run(int at, int size, int before, int beforeStride, int after, int afterStride) {
        int before(int stream) {
            return before + stream * beforeStride;
        }

        int after(int stream) {
            return after + stream * afterStride;
        }

        boolean continuesWith(Run next) {
            return next.before == before + size
                    && next.after == after + size
                    && next.beforeStride == beforeStride
                    && next.afterStride == afterStride;
        }

        Run with(Run next) {
            return new Run(at, size + next.size, before, beforeStride, after, afterStride);
        }
    }

    /** Of so many streams, which the caller calls by a name. */
    static StepRecording of(Machine machine, String name, int streams, KernelProvider provider) {
        StepMachine<?> steps = StepMachine.required(machine, "a session");
        Arguments.given("provider", provider);
        try {
            return new StepRecording(steps, Arguments.atLeast(name, 1, streams), provider);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(
                    name + ": expected fewer, got " + streams + ", whose state is larger than java's largest array", tooLarge);
        }
    }

    private StepRecording(StepMachine<?> machine, int streams, KernelProvider provider) {
        tape = new Tape(machine.parameters(), provider.create(), false);
        start = tape.mark();
        input = tape.allocateValues(streams, 1, machine.inputs());
        Recorded recorded = tape.recordOnly(() -> record(machine, streams));
        logits = recorded.logits();
        beginning = recorded.beginning();
        end = tape.mark();
        List<Run> lines = new ArrayList<>();
        int floats = 0;
        for (int i = 0; i < recorded.before().size(); i++) {
            Tensor before = recorded.before().get(i);
            Tensor after = recorded.after().get(i);
            after.require("state after the step", streams, before.lines(), before.size());
            for (int line = 0; line < before.lines(); line++) {
                lines.add(new Run(
                        floats, before.size(), before.at(0, line), before.batchStride(), after.at(0, line), after.batchStride()));
                floats = Math.addExact(floats, before.size());
            }
        }
        runs = joined(lines);
        stateFloats = floats;
        shapes = recorded.before().stream().map(tensor -> new StateShape(tensor.lines(), tensor.size())).toList();
        overlapping = overlapping(lines);
        staged = new float[overlapping ? floats : 0];
        unrecorded = new float[Math.multiplyExact(streams, floats)];
        for (int stream = 0; stream < streams; stream++) {
            copyBefore(stream, unrecorded, stream * floats);
        }
    }

    /** Floats that a recording takes, found out without taking them. */
    static long floats(Machine machine, int streams) {
        Tape tape = Tape.counting(machine.parameters(), KernelProvider.PORTABLE.create(), false);
        Tensor input = tape.allocateValues(streams, 1, machine.inputs());
        return count(StepMachine.required(machine, "a session"), tape, input, streams);
    }

    private static <S extends State> long count(StepMachine<S> machine, Tape tape, Tensor input, int streams) {
        S state = machine.initialState(tape, streams);
        machine.step(tape, input, state);
        long floats = 0;
        for (Tensor tensor : state.tensors()) {
            floats += (long) tensor.batch() * tensor.lines() * tensor.size();
        }
        // What the step begins with is kept once more, and staged where it overlaps.
        return tape.valueFloats() + 2 * floats;
    }

    private record Recorded(List<Tensor> before, List<Tensor> after, Tensor logits, Tape.Mark beginning) {}

    private <S extends State> Recorded record(StepMachine<S> machine, int streams) {
        S state = machine.initialState(tape, streams);
        Tape.Mark mark = tape.mark();
        Step<S> step = machine.step(tape, input, state);
        return new Recorded(state.tensors(), step.state().tensors(), step.output(), mark);
    }

    /** Whether a part of the state after the step lies where another part of the state before it does, as in a machine that remembers delays. */
    private static boolean overlapping(List<Run> lines) {
        Set<Integer> places = new HashSet<>();
        for (Run line : lines) {
            if (!places.add(line.before())) {
                throw new IllegalStateException("initial state: expected a place for each tensor, got one for two of them");
            }
        }
        return lines.stream().anyMatch(line -> line.after() != line.before() && places.contains(line.after()));
    }

    private static Run[] joined(List<Run> lines) {
        List<Run> runs = new ArrayList<>();
        for (Run line : lines) {
            if (!runs.isEmpty() && runs.getLast().continuesWith(line)) {
                runs.add(runs.removeLast().with(line));
            } else {
                runs.add(line);
            }
        }
        return runs.toArray(Run[]::new);
    }

    Tape tape() {
        return tape;
    }

    int streams() {
        return input.batch();
    }

    int inputs() {
        return input.size();
    }

    /** The tensors of a stream's state. */
    List<StateShape> shapes() {
        return shapes;
    }

    /** Floats in a copy of a stream's state. */
    int stateFloats() {
        return stateFloats;
    }

    /** Makes the state before the step that of the beginning, for all streams. */
    void begin() {
        for (int stream = 0; stream < streams(); stream++) {
            enter(stream, unrecorded, stream * stateFloats);
        }
        tape.forward(start, beginning);
    }

    void step() {
        tape.forward(beginning, end);
    }

    /** Where the step begins. */
    Tape.Mark beginning() {
        return beginning;
    }

    /** Where the step ends. */
    Tape.Mark end() {
        return end;
    }

    /** The state after the step becomes the state before the next one, for one stream. */
    void carry(int stream) {
        float[] values = tape.values();
        if (overlapping) {
            copyAfter(stream, staged, 0);
            enter(stream, staged, 0);
            return;
        }
        for (int i = 0; i < runs.length; i++) {
            Run run = runs[i];
            System.arraycopy(values, run.after(stream), values, run.before(stream), run.size());
        }
    }

    /** Copies the state before the step. */
    void copyBefore(int stream, float[] to, int at) {
        for (int i = 0; i < runs.length; i++) {
            Run run = runs[i];
            System.arraycopy(tape.values(), run.before(stream), to, at + run.at(), run.size());
        }
    }

    /** Copies the state after the step. */
    void copyAfter(int stream, float[] to, int at) {
        for (int i = 0; i < runs.length; i++) {
            Run run = runs[i];
            System.arraycopy(tape.values(), run.after(stream), to, at + run.at(), run.size());
        }
    }

    /** Sets the state before the step. */
    void enter(int stream, float[] from, int at) {
        for (int i = 0; i < runs.length; i++) {
            Run run = runs[i];
            System.arraycopy(from, at + run.at(), tape.values(), run.before(stream), run.size());
        }
    }

    /** Sets what a stream is to see in the step. */
    void input(int stream, float[] vector, int at) {
        System.arraycopy(vector, at, tape.values(), input.at(stream, 0), input.size());
    }

    float logit(int stream, int output) {
        return tape.values()[logits.at(stream, 0) + output];
    }

    void probabilities(int stream, float[] probabilities, int at) {
        tape.kernels()
                .elements()
                .activate(Activation.SIGMOID, tape.values(), logits.at(stream, 0), logits.size(), probabilities, at);
    }

    void outputs(int stream, float[] outputs, int at) {
        System.arraycopy(tape.values(), logits.at(stream, 0), outputs, at, logits.size());
    }

    void answer(Objective objective, int stream, float[] answer, int at) {
        if (objective == Objective.BITS) {
            probabilities(stream, answer, at);
        } else {
            outputs(stream, answer, at);
            objective.answer(answer, at, logits.size());
        }
    }
}
