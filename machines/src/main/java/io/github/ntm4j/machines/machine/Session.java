package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.signal.Signal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * A machine at work on one batch of sequences, step by step, for as long as they go on. The step is recorded once and replayed;
 * running allocates nothing. The machine is only read; any number of sessions may share it. A session serves one thread at a time, and
 * refuses a second one that comes while the first is in it. Where it stands can be saved, restored and forked; {@link SessionBatch} steps
 * many sequences that come and go.
 *
 * <p>Nothing that is not a finite number gets in: inputs, states and changed values are looked at, and what is refused has changed nothing.
 * Numbers that are finite but so large that the machine's own sums overflow give outputs that are NaN, from then on until {@link #reset} or
 * {@link #restore}.
 */
public final class Session {
    private final Machine machine;
    private final KernelProvider provider;
    private final StepRecording recording;
    private final Tape tape;
    private final OneThread use = new OneThread("session");
    private boolean carried;
    private boolean broken;

    /**
     * Something done to a named value in the middle of a step: all that is computed from it afterwards sees it changed.
     *
     * @param name one of {@link #names}
     * @param edit changes the value of the first sequence, {@code [lines][size]}, in place
     */
    public record Change(String name, Consumer<float[][]> edit) {
        /** Checks that both are there. */
        public Change {
            Arguments.given("name", name);
            Arguments.given("edit", edit);
        }
    }

    /**
     * How much memory a session takes, found out without taking it.
     *
     * @param machine the machine
     * @param batch number of sequences at a time
     * @return bytes; {@code Long.MAX_VALUE} if they are beyond java's largest array
     */
    public static long bytes(Machine machine, int batch) {
        try {
            return Float.BYTES * StepRecording.floats(machine, batch);
        } catch (ArithmeticException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * A session before its first step.
     *
     * @param machine the machine
     * @param batch number of sequences, at least 1
     * @param provider whose kernels to use
     */
    public Session(Machine machine, int batch, KernelProvider provider) {
        this.machine = Arguments.given("machine", machine);
        this.provider = Arguments.given("provider", provider);
        this.recording = StepRecording.of(machine, "batch", batch, provider);
        this.tape = recording.tape();
        recording.begin();
    }

    /** Goes back to before the first step; also takes in parameters that have changed. */
    public void reset() {
        use.begin();
        try {
            recording.begin();
            stands();
        } finally {
            use.end();
        }
    }

    /** The state before the step is where the sequences stand. */
    private void stands() {
        carried = false;
        broken = false;
    }

    /**
     * One step of all sequences.
     *
     * @param inputs holds the input vectors
     * @param at offset of the first sequence's vector
     * @param stride floats from one sequence's vector to the next one's
     * @throws IllegalArgumentException if the vectors do not lie within the array, or a number is not finite
     * @throws IllegalStateException if another thread is in this session, or a change failed in the step before
     */
    public void step(float[] inputs, int at, int stride) {
        use.begin();
        try {
            prepare(inputs, at, stride);
            recording.step();
        } finally {
            use.end();
        }
    }

    /**
     * One step of all sequences.
     *
     * @param inputs {@code [batch][inputs]}, one vector after the other
     * @throws IllegalArgumentException if there are more or fewer floats, or one is not finite
     * @throws IllegalStateException if another thread is in this session, or a change failed in the step before
     */
    public void step(float... inputs) {
        Arguments.length("inputs", (long) batch() * recording.inputs(), inputs);
        step(inputs, 0, recording.inputs());
    }

    /**
     * One step of all sequences, interfered with on the way.
     *
     * @param inputs holds the input vectors
     * @param at offset of the first sequence's vector
     * @param stride floats from one sequence's vector to the next one's
     * @param changes what to do; of several changes to a value the later one sees the earlier one's
     * @throws IllegalArgumentException if the vectors do not lie within the array, a number is not finite, a change names no value of a step,
     *     or leaves one that has another shape or is not finite; a change that fails leaves a session that must be reset or restored
     * @throws IllegalStateException if another thread is in this session, or a change failed in the step before
     */
    public void step(float[] inputs, int at, int stride, List<Change> changes) {
        List<Change> ordered = Arguments.allGiven("changes", changes).stream()
                .sorted(Comparator.comparingInt(change -> tape.namedAt(change.name()).operations()))
                .toList();
        use.begin();
        try {
            prepare(inputs, at, stride);
            broken = true;
            Tape.Mark done = recording.beginning();
            for (Change change : ordered) {
                Tape.Mark place = tape.namedAt(change.name());
                if (place.operations() > done.operations()) {
                    tape.forward(done, place);
                    done = place;
                }
                make(change);
            }
            tape.forward(done, recording.end());
            broken = false;
        } finally {
            use.end();
        }
    }

    private void make(Change change) {
        Tensor tensor = Objects.requireNonNull(names().get(change.name()));
        float[][] value = copy(tensor, 0);
        change.edit().accept(value);
        for (int line = 0; line < value.length; line++) {
            Arguments.length(change.name(), tensor.size(), value[line]);
            Arguments.finite(change.name(), value[line], 0, tensor.size());
            System.arraycopy(value[line], 0, tape.values(), tensor.at(0, line), tensor.size());
        }
    }

    private void prepare(float[] inputs, int at, int stride) {
        if (broken) {
            throw new IllegalStateException("session: expected one that was reset or restored, as a change failed in the middle of a step");
        }
        int streams = recording.streams();
        int width = recording.inputs();
        Arguments.atLeast("stride", 0, stride);
        Arguments.part("inputs", inputs, "at", at, (streams - 1) * (long) stride + width);
        for (int b = 0; b < streams; b++) {
            Arguments.finite("inputs", inputs, at + b * stride, width);
        }
        for (int b = 0; b < streams; b++) {
            if (carried) {
                recording.carry(b);
            }
            recording.input(b, inputs, at + b * stride);
        }
        carried = true;
    }

    /**
     * Where all sequences stand: what the next step depends on beside its input and the parameters. What the last step has put out, and the
     * values with names, are not part of it.
     *
     * @return a copy, which later steps leave as it is
     * @throws IllegalStateException if another thread is in this session, or a change failed in the last step
     */
    public SessionState save() {
        return new SessionState("session state", machine.parameters().sha256(), recording.shapes(), batch(), copy());
    }

    private float[] copy() {
        use.begin();
        try {
            if (broken) {
                throw new IllegalStateException("session: expected one that stands somewhere, but a change failed in the middle of a step");
            }
            int each = recording.stateFloats();
            float[] values = new float[batch() * each];
            for (int b = 0; b < batch(); b++) {
                if (carried) {
                    recording.copyAfter(b, values, b * each);
                } else {
                    recording.copyBefore(b, values, b * each);
                }
            }
            return values;
        } finally {
            use.end();
        }
    }

    /**
     * Goes on from where sequences stood, as if there had been nothing since, to the bit.
     *
     * @param state saved by a session over the same machine, or read from a file
     * @throws io.github.ntm4j.machines.config.UserException if it is the state of another machine, of one with other parameters, or of another
     *     number of sequences, or if there is NaN or infinity in it
     * @throws IllegalStateException if another thread is in this session
     */
    public void restore(SessionState state) {
        Arguments.given("state", state).require(batch(), recording.shapes(), machine.parameters().sha256());
        enter(state.values());
    }

    private void enter(float[] values) {
        use.begin();
        try {
            for (int b = 0; b < batch(); b++) {
                recording.enter(b, values, b * recording.stateFloats());
            }
            stands();
        } finally {
            use.end();
        }
    }

    /**
     * A second session that stands where this one does. From here on, each goes its own way.
     *
     * @return a session over the same machine
     * @throws IllegalStateException if another thread is in this session, or a change failed in the last step
     */
    public Session fork() {
        Session fork = new Session(machine, batch(), provider);
        fork.enter(copy());
        return fork;
    }

    /**
     * The output of the last step before its sigmoid.
     *
     * @param b sequence
     * @param output output
     * @return the logit of a bit
     */
    public float logit(int b, int output) {
        use.look();
        Arguments.index("b", b, batch());
        Arguments.index("output", output, machine.outputs());
        return recording.logit(b, output);
    }

    /**
     * The output of the last step as probabilities, for all sequences.
     *
     * @return {@code [batch][outputs]}, one vector after the other, in a new array
     */
    public float[] probabilities() {
        int outputs = machine.outputs();
        float[] probabilities = new float[batch() * outputs];
        for (int b = 0; b < batch(); b++) {
            probabilities(b, probabilities, b * outputs);
        }
        return probabilities;
    }

    /**
     * The output of the last step as it is; {@link Objective#answer} makes of it what it stands for.
     *
     * @param b sequence
     * @param outputs overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void outputs(int b, float[] outputs, int at) {
        requireRoom(b, "outputs", outputs, at);
        recording.outputs(b, outputs, at);
    }

    /**
     * What the output of the last step stands for.
     *
     * @param objective what the machine was trained for
     * @param b sequence
     * @param answer overwritten, {@code outputs} floats: probabilities of bits or symbols, or real numbers
     * @param at offset of the first
     */
    public void answer(Objective objective, int b, float[] answer, int at) {
        Arguments.given("objective", objective);
        requireRoom(b, "answer", answer, at);
        recording.answer(objective, b, answer, at);
    }

    /**
     * The output of the last step as probabilities.
     *
     * @param b sequence
     * @param probabilities overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void probabilities(int b, float[] probabilities, int at) {
        requireRoom(b, "probabilities", probabilities, at);
        recording.probabilities(b, probabilities, at);
    }

    private void requireRoom(int b, String name, float[] output, int at) {
        use.look();
        Arguments.index("b", b, batch());
        Arguments.part(name, output, "at", at, machine.outputs());
    }

    /**
     * What the last step computed, by name: {@code read_head_0.key}, {@code memory} and so on; {@code memory_before} is what the step began
     * with.
     *
     * @return names and places
     */
    public SequencedMap<String, Tensor> names() {
        return tape.names();
    }

    /**
     * A named value of the last step.
     *
     * @param tensor its place, from {@link #names}
     * @param b sequence
     * @return a copy, {@code [lines][size]}
     */
    public float[][] value(Tensor tensor, int b) {
        use.look();
        if (!names().containsValue(Arguments.given("tensor", tensor))) {
            throw new IllegalArgumentException("tensor: expected one of the names() of this session, got " + tensor);
        }
        Arguments.index("b", b, tensor.batch());
        return copy(tensor, b);
    }

    /**
     * A signal of the last step.
     *
     * @param signal one of the machine's {@link Machine#signals}
     * @param b sequence
     * @return a copy; of a store {@code [rows][width]}, one row after the other
     */
    public float[] signal(Signal signal, int b) {
        return signalValue(signal, Arguments.given("signal", signal).sessionName(), b);
    }

    /**
     * A store as the last step began with it.
     *
     * @param store a store among the machine's {@link Machine#signals}
     * @param b sequence
     * @return a copy, {@code [rows][width]}, one row after the other
     */
    public float[] signalBefore(Signal store, int b) {
        return signalValue(store, Arguments.given("store", store).nameBefore(), b);
    }

    private float[] signalValue(Signal signal, String name, int b) {
        Tensor tensor = names().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("signal: expected one that the machine records, got " + signal + ", and no value " + name);
        }
        return signal.flat(value(tensor, b));
    }

    private float[][] copy(Tensor tensor, int b) {
        float[][] copy = new float[tensor.lines()][tensor.size()];
        for (int line = 0; line < copy.length; line++) {
            System.arraycopy(tape.values(), tensor.at(b, line), copy[line], 0, copy[line].length);
        }
        return copy;
    }

    /**
     * The machine that this session runs.
     *
     * @return the machine
     */
    public Machine machine() {
        return machine;
    }

    /**
     * Number of sequences.
     *
     * @return the batch
     */
    public int batch() {
        return recording.streams();
    }
}
