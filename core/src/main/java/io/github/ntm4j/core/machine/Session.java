package io.github.ntm4j.core.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * A machine at work on one batch of sequences, step by step, for as long as they go on. The step is recorded once and replayed;
 * running allocates nothing. The machine is only read; any number of sessions may share it. A session serves one thread at a time. Where it
 * stands can be saved, restored and forked; {@link SessionBatch} steps many sequences that come and go.
 */
public final class Session {
    private final Machine<?> machine;
    private final KernelProvider provider;
    private final StepRecording recording;
    private final Tape tape;
    private boolean carried;

    /**
     * Something done to a named value in the middle of a step: all that is computed from it afterwards sees it changed.
     *
     * @param name one of {@link #names}
     * @param edit changes the value of the first sequence, {@code [lines][size]}, in place
     */
    public record Change(String name, Consumer<float[][]> edit) {}

    /**
     * A session before its first step.
     *
     * @param machine the machine
     * @param batch number of sequences, at least 1
     * @param provider whose kernels to use
     */
    public Session(Machine<?> machine, int batch, KernelProvider provider) {
        this.machine = machine;
        this.provider = provider;
        this.recording = new StepRecording(machine, batch, provider);
        this.tape = recording.tape();
        reset();
    }

    /** Goes back to before the first step; also takes in parameters that have changed. */
    public void reset() {
        recording.begin();
        carried = false;
    }

    /**
     * One step of all sequences.
     *
     * @param inputs holds the input vectors
     * @param at offset of the first sequence's vector
     * @param stride floats from one sequence's vector to the next one's
     */
    public void step(float[] inputs, int at, int stride) {
        prepare(inputs, at, stride);
        recording.step();
    }

    /**
     * One step of all sequences.
     *
     * @param inputs {@code [batch][inputs]}, one vector after the other
     * @throws IllegalArgumentException if there are more or fewer floats
     */
    public void step(float... inputs) {
        int expected = batch() * recording.inputs();
        if (inputs.length != expected) {
            throw new IllegalArgumentException("inputs: expected " + expected + " floats, got " + inputs.length);
        }
        step(inputs, 0, recording.inputs());
    }

    /**
     * One step of all sequences, interfered with on the way.
     *
     * @param inputs holds the input vectors
     * @param at offset of the first sequence's vector
     * @param stride floats from one sequence's vector to the next one's
     * @param changes what to do; of several changes to a value the later one sees the earlier one's
     * @throws IllegalArgumentException if a change names no value of a step
     */
    public void step(float[] inputs, int at, int stride, List<Change> changes) {
        prepare(inputs, at, stride);
        Tape.Mark done = recording.beginning();
        for (Change change : changes.stream().sorted(Comparator.comparingInt(c -> tape.namedAt(c.name()).operations())).toList()) {
            Tape.Mark place = tape.namedAt(change.name());
            if (place.operations() > done.operations()) {
                tape.forward(done, place);
                done = place;
            }
            Tensor tensor = Objects.requireNonNull(names().get(change.name()));
            float[][] value = value(tensor, 0);
            change.edit().accept(value);
            for (int line = 0; line < value.length; line++) {
                System.arraycopy(value[line], 0, tape.values(), tensor.at(0, line), tensor.size());
            }
        }
        tape.forward(done, recording.end());
    }

    private void prepare(float[] inputs, int at, int stride) {
        for (int b = 0; b < recording.streams(); b++) {
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
     */
    public SessionState save() {
        return new SessionState("session state", machine.parameters().sha256(), recording.shapes(), batch(), copy());
    }

    private float[] copy() {
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
    }

    /**
     * Goes on from where sequences stood, as if there had been nothing since, to the bit.
     *
     * @param state saved by a session over the same machine, or read from a file
     * @throws io.github.ntm4j.core.config.UserException if it is the state of another machine, of one with other parameters, or of another
     *     number of sequences
     */
    public void restore(SessionState state) {
        state.require(batch(), recording.shapes(), machine.parameters().sha256());
        enter(state.values());
    }

    private void enter(float[] values) {
        for (int b = 0; b < batch(); b++) {
            recording.enter(b, values, b * recording.stateFloats());
        }
        carried = false;
    }

    /**
     * A second session that stands where this one does. From here on, each goes its own way.
     *
     * @return a session over the same machine
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
        recording.probabilities(b, probabilities, at);
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
    public Machine<?> machine() {
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
