package io.github.ntm4j.core.machine;

import io.github.ntm4j.core.layer.State;
import io.github.ntm4j.core.layer.Step;
import io.github.ntm4j.engine.kernel.Activation;
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
 * running allocates nothing. The machine is only read; any number of sessions may share it. A session serves one thread.
 */
public final class Session {
    private final Machine<?> machine;
    private final Tape tape;
    private final Tensor input;
    private final Tensor logits;
    private final List<Tensor> before;
    private final List<Tensor> after;
    private final Tape.Mark start;
    private final Tape.Mark beginning;
    private final Tape.Mark end;
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
        this.tape = new Tape(machine.parameters(), provider.create(), false);
        this.start = tape.mark();
        this.input = tape.allocateValues(batch, 1, machine.inputs());
        Recorded recorded = tape.recordOnly(() -> record(machine, batch));
        this.before = recorded.before();
        this.after = recorded.after();
        this.logits = recorded.logits();
        this.beginning = recorded.beginning();
        this.end = tape.mark();
        reset();
    }

    private record Recorded(List<Tensor> before, List<Tensor> after, Tensor logits, Tape.Mark beginning) {}

    private <S extends State> Recorded record(Machine<S> typed, int batch) {
        S state = typed.initialState(tape, batch);
        Tape.Mark mark = tape.mark();
        Step<S> step = typed.step(tape, input, state);
        return new Recorded(state.tensors(), step.state().tensors(), step.output(), mark);
    }

    /** Goes back to before the first step; also takes in parameters that have changed. */
    public void reset() {
        tape.forward(start, beginning);
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
        tape.forward(beginning, end);
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
        Tape.Mark done = beginning;
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
        tape.forward(done, end);
    }

    private void prepare(float[] inputs, int at, int stride) {
        if (carried) {
            carry();
        }
        for (int b = 0; b < input.batch(); b++) {
            System.arraycopy(inputs, at + b * stride, tape.values(), input.at(b, 0), input.size());
        }
        carried = true;
    }

    /** The state after the last step becomes the state before the next. */
    private void carry() {
        float[] values = tape.values();
        for (int i = 0; i < before.size(); i++) {
            Tensor from = after.get(i);
            Tensor to = before.get(i);
            for (int b = 0; b < from.batch(); b++) {
                for (int line = 0; line < from.lines(); line++) {
                    System.arraycopy(values, from.at(b, line), values, to.at(b, line), from.size());
                }
            }
        }
    }

    /**
     * The output of the last step before its sigmoid.
     *
     * @param b sequence
     * @param output output
     * @return the logit of a bit
     */
    public float logit(int b, int output) {
        return tape.values()[logits.at(b, 0) + output];
    }

    /**
     * The output of the last step as it is; {@link Objective#answer} makes of it what it stands for.
     *
     * @param b sequence
     * @param outputs overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void outputs(int b, float[] outputs, int at) {
        System.arraycopy(tape.values(), logits.at(b, 0), outputs, at, logits.size());
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
        if (objective == Objective.BITS) {
            probabilities(b, answer, at);
        } else {
            outputs(b, answer, at);
            objective.answer(answer, at, logits.size());
        }
    }

    /**
     * The output of the last step as probabilities.
     *
     * @param b sequence
     * @param probabilities overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void probabilities(int b, float[] probabilities, int at) {
        tape.kernels()
                .elements()
                .activate(Activation.SIGMOID, tape.values(), logits.at(b, 0), logits.size(), probabilities, at);
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
        return input.batch();
    }
}
