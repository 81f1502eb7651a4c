package io.github.ntm4j.engine.tape;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.Kernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * A recorded computation: operations in the order in which they ran, over one arena of values and one of derivatives. An
 * operation runs when it is recorded, unless told otherwise. The whole recording, or its beginning up to a {@link Mark}, can then be run again on new values,
 * forwards and backwards, without allocating anything: a sequence is recorded once at its greatest length and every batch replays
 * as many steps as it has. A tape serves one thread at a time.
 */
public final class Tape {
    /**
     * A place in the recording.
     *
     * @param operations number of operations before it
     * @param gradients floats of derivatives before it
     */
    public record Mark(int operations, int gradients) {}

    private static final Mark START = new Mark(0, 0);

    /** The most floats that an arena can have: Java's largest array. */
    public static final int LARGEST_ARENA = Integer.MAX_VALUE - 16;

    private final Parameters parameters;
    private final Kernels kernels;
    private final boolean training;
    private final boolean counting;
    private final SequencedMap<String, Tensor> names = new LinkedHashMap<>();
    private final Map<String, Mark> namedAt = new HashMap<>();
    private final Map<Matrix, DeferredGradient> deferred = new HashMap<>();
    /** In the order of their places among the parameters. */
    private final List<DeferredGradient> products = new ArrayList<>();
    private float[] values = new float[1024];
    private float[] gradients;
    private float[] scratch = new float[0];
    private final List<Noise> noises = new ArrayList<>();
    private int linkInterval = 1;
    private Operation[] operations = new Operation[64];
    private int operationCount;
    private int valueTop = Rows.FIRST;
    private int gradientTop = Rows.FIRST;
    private boolean running;

    /**
     * An empty tape.
     *
     * @param parameters the parameters that the recorded machine reads
     * @param kernels kernels of this tape's own
     * @param training whether to keep derivatives
     * @throws IllegalStateException if derivatives by sealed parameters are asked for
     */
    public Tape(Parameters parameters, Kernels kernels, boolean training) {
        this(parameters, kernels, training, false);
    }

    private Tape(Parameters parameters, Kernels kernels, boolean training, boolean counting) {
        if (training && parameters.isSealed()) {
            throw new IllegalStateException(
                    "parameters: expected ones that training may change, but these are sealed, because they are shared; train a copy");
        }
        this.parameters = parameters;
        this.kernels = kernels;
        this.training = training;
        this.counting = counting;
        this.running = !counting;
        this.gradients = new float[training ? 1024 : 0];
    }

    /**
     * A tape without arenas: recording on it finds out how large they would be, and nothing on it can run.
     *
     * @param parameters the parameters that the recorded machine reads
     * @param kernels kernels of this tape's own
     * @param training whether to count derivatives
     * @return the tape
     */
    public static Tape counting(Parameters parameters, Kernels kernels, boolean training) {
        return new Tape(parameters, kernels, training, true);
    }

    /**
     * The parameters of the recorded machine.
     *
     * @return the parameters
     */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * This tape's kernels.
     *
     * @return the kernels
     */
    public Kernels kernels() {
        return kernels;
    }

    /**
     * The value arena; a new array whenever recording outgrows it.
     *
     * @return the arena itself
     */
    public float[] values() {
        return values;
    }

    /**
     * The derivative arena; a new array whenever recording outgrows it.
     *
     * @return the arena itself
     */
    public float[] gradients() {
        return gradients;
    }

    /**
     * Work space for a single operation call.
     *
     * @return at least as many floats as were asked for by {@link #reserveScratch}
     */
    public float[] scratch() {
        return scratch;
    }

    /**
     * Makes sure that {@link #scratch} has some size.
     *
     * @param floats its least size
     */
    public void reserveScratch(int floats) {
        if (scratch.length < floats) {
            scratch = new float[floats];
        }
    }

    /**
     * Room for a result, zero at first.
     *
     * @param batch sequences
     * @param lines lines of each
     * @param size floats in a line
     * @return the place, with derivatives if this tape keeps any
     */
    public Tensor allocate(int batch, int lines, int size) {
        return allocate(batch, lines, size, Rows.stride(size), training);
    }

    /**
     * Room for values without derivatives: plain input, or what an operation keeps for its backward half.
     *
     * @param batch sequences
     * @param lines lines of each
     * @param size floats in a line
     * @return the place
     */
    public Tensor allocateValues(int batch, int lines, int size) {
        return allocate(batch, lines, size, Rows.stride(size), false);
    }

    /**
     * Room for a result whose lines lie {@code lineStride} floats apart.
     *
     * @param batch sequences
     * @param lines lines of each
     * @param size floats in a line
     * @param lineStride floats between lines, at least {@code size}
     * @return the place, with derivatives if this tape keeps any
     * @throws IllegalArgumentException if the lines would overlap
     */
    public Tensor allocate(int batch, int lines, int size, int lineStride) {
        if (lineStride < size) {
            throw new IllegalArgumentException("tensor: expected lines at least " + size + " apart, got " + lineStride);
        }
        return allocate(batch, lines, size, lineStride, training);
    }

    private Tensor allocate(int batch, int lines, int size, int lineStride, boolean withGradient) {
        if (batch < 1 || lines < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "tensor: expected a batch, lines and size of at least 1, got [" + batch + "][" + lines + "][" + size + "]");
        }
        int batchStride = Rows.padded(Math.multiplyExact(lines, lineStride));
        int floats = Math.multiplyExact(batch, batchStride);
        int valueAt = valueTop;
        valueTop = Math.addExact(valueTop, floats);
        values = grown(values, valueTop);
        int gradientAt = -1;
        if (withGradient) {
            gradientAt = gradientTop;
            gradientTop = Math.addExact(gradientTop, floats);
            gradients = grown(gradients, gradientTop);
        }
        return new Tensor(valueAt, gradientAt, batch, lines, size, batchStride, lineStride);
    }

    private float[] grown(float[] arena, int top) {
        if (counting || top <= arena.length) {
            return arena;
        }
        return Arrays.copyOf(arena, Math.max(top, (int) Math.min(LARGEST_ARENA, arena.length * 3L / 2)));
    }

    /**
     * Room for a new state of something that is updated as a whole, such as a memory. It shares the derivatives of the old
     * state, which the operation turns in place; the old state may not be used by operations recorded later.
     *
     * @param old the state before
     * @return the state after, with values of its own
     * @throws IllegalArgumentException if the state is a window on a larger tensor
     */
    public Tensor supersede(Tensor old) {
        return supersede(old, allocateValues(old.batch(), old.lines(), old.size()));
    }

    /**
     * A new state as by {@link #supersede(Tensor)}, with values at a place that several states of a recording share: each is gone when the next is
     * computed.
     *
     * @param old the state before
     * @param place room for the values of the state after
     * @return the state after
     * @throws IllegalArgumentException if the state is a window on a larger tensor, or the place is not laid out as it is
     */
    public Tensor supersede(Tensor old, Tensor place) {
        place.require("place", old.batch(), old.lines(), old.size());
        if (old.lineStride() != place.lineStride() || old.batchStride() != place.batchStride()) {
            throw new IllegalArgumentException("memory: expected a whole tensor to be written, got a window of " + old);
        }
        return old.supersede(place.at(0, 0));
    }

    /**
     * Makes room at once for what is to be recorded, so that the arenas need not grow.
     *
     * @param valueFloats floats of values, beyond those in use
     * @param gradientFloats floats of derivatives, beyond those in use
     */
    public void reserve(int valueFloats, int gradientFloats) {
        Arguments.atLeast("valueFloats", 0, valueFloats);
        Arguments.atLeast("gradientFloats", 0, gradientFloats);
        values = Arrays.copyOf(values, Math.max(values.length, Math.addExact(valueTop, valueFloats)));
        if (training) {
            gradients = Arrays.copyOf(gradients, Math.max(gradients.length, Math.addExact(gradientTop, gradientFloats)));
        }
    }

    /**
     * Floats of values in use.
     *
     * @return the size of the recording's values
     */
    public int valueFloats() {
        return valueTop;
    }

    /**
     * The recording so far, for whoever measures its parts.
     *
     * @return the operations, in order
     */
    public List<Operation> operations() {
        return List.of(Arrays.copyOf(operations, operationCount));
    }

    /**
     * Places for random numbers, to be drawn before the recording runs.
     *
     * @return all of them, in the order of recording
     */
    public List<Noise> noises() {
        return Collections.unmodifiableList(noises);
    }

    void add(Noise noise) {
        noises.add(noise);
    }

    boolean isCounting() {
        return counting;
    }

    /**
     * How many steps lie between two states that are kept, of a machine whose state is large and can be computed again: set before anything
     * is recorded, and asked by the machine when it records its initial state.
     *
     * @return 1 where all are kept
     */
    public int linkInterval() {
        return linkInterval;
    }

    /**
     * Sets how many steps lie between two states that are kept.
     *
     * @param steps at least 1
     * @return this tape
     */
    public Tape withLinkInterval(int steps) {
        linkInterval = Arguments.atLeast("steps", 1, steps);
        return this;
    }

    /** Number of operations recorded so far. */
    int operationCount() {
        return operationCount;
    }

    /**
     * Records an operation and runs it.
     *
     * @param operation the operation, its results allocated
     */
    public void record(Operation operation) {
        Arguments.given("operation", operation);
        if (operationCount == operations.length) {
            operations = Arrays.copyOf(operations, 2 * operationCount);
        }
        operations[operationCount++] = operation;
        if (running) {
            operation.forward();
        }
    }

    /**
     * Records without running: for what will be replayed on values that are not there yet.
     *
     * @param recording records operations on this tape
     * @param <T> what it returns
     * @return what it returned
     */
    public <T> T recordOnly(Supplier<T> recording) {
        running = false;
        try {
            return recording.get();
        } finally {
            running = !counting;
        }
    }

    /**
     * The end of the recording so far.
     *
     * @return a mark
     */
    public Mark mark() {
        return new Mark(operationCount, gradientTop);
    }

    /**
     * The start of the recording.
     *
     * @return a mark before the first operation
     */
    public Mark start() {
        return START;
    }

    /**
     * Runs a part of the recording again.
     *
     * @param from where to begin
     * @param to where to stop
     * @throws IllegalArgumentException if the recording does not reach so far
     */
    public void forward(Mark from, Mark to) {
        requireRecorded(to);
        for (int i = from.operations(); i < to.operations(); i++) {
            operations[i].forward();
        }
    }

    /**
     * Sets all derivatives before a mark to zero. The caller then sets the derivative by the result, and calls {@link #backward}.
     *
     * @param to the end of the part in question
     */
    public void clearGradients(Mark to) {
        Arrays.fill(gradients, 0, to.gradients(), 0f);
    }

    /**
     * Runs the recording backwards, from a mark to the start.
     *
     * @param from where to begin
     * @param parameterGradients receives the derivatives by the parameters, laid out as {@link Parameters#values}; overwritten
     * @throws IllegalStateException if this tape keeps no derivatives
     */
    public void backward(Mark from, float[] parameterGradients) {
        requireRoom(from, parameterGradients);
        clearBetweenProducts(parameterGradients);
        visit(from, start(), parameterGradients);
        for (int i = 0; i < products.size(); i++) {
            products.get(i).multiply(parameterGradients);
        }
    }

    /**
     * Runs a part of the recording backwards: for a sequence that is recorded part by part. The sums that are the derivatives
     * by the weights begin with the last step. So the parts of a sequence, the last one first, have the same derivatives to the bit
     * wherever the sequence is cut; those of {@link #backward(Mark, float[])}, which begin with the first step, differ in last bits.
     * The caller clears the derivatives by the parameters before the first of the parts.
     *
     * @param from where to begin
     * @param to where to stop
     * @param parameterGradients accumulates the derivatives by the parameters, laid out as {@link Parameters#values}
     * @throws IllegalStateException if this tape keeps no derivatives
     */
    public void backward(Mark from, Mark to, float[] parameterGradients) {
        requireRoom(from, parameterGradients);
        visit(from, to, parameterGradients);
        for (int i = 0; i < products.size(); i++) {
            products.get(i).multiplyLastFirst(to.operations(), parameterGradients);
        }
    }

    /** Sets to zero what operations add to; products overwrite their own places. */
    private void clearBetweenProducts(float[] parameterGradients) {
        int from = 0;
        for (int i = 0; i < products.size(); i++) {
            Matrix matrix = products.get(i).matrix();
            Arrays.fill(parameterGradients, from, matrix.at(), 0f);
            from = matrix.at() + matrix.depth() * matrix.columns();
        }
        Arrays.fill(parameterGradients, from, parameterGradients.length, 0f);
    }

    private void requireRecorded(Mark mark) {
        if (mark.operations() > operationCount) {
            throw new IllegalArgumentException("mark: expected one within the " + operationCount + " operations of this recording, got "
                    + mark.operations());
        }
    }

    private void requireRoom(Mark from, float[] accumulated) {
        if (!training) {
            throw new IllegalStateException("this tape keeps no derivatives");
        }
        requireRecorded(from);
        // Where there are no parameters there is nothing to receive.
        if (parameters.size() > Rows.FIRST) {
            Arguments.length("parameterGradients", parameters.size(), accumulated);
        }
    }

    private void visit(Mark from, Mark to, float[] accumulated) {
        parameterGradients = accumulated;
        for (int i = from.operations() - 1; i >= to.operations(); i--) {
            operations[i].backward();
        }
    }

    private float[] parameterGradients = new float[0];

    /**
     * Where the running {@link #backward} accumulates derivatives by the parameters.
     *
     * @return the buffer
     */
    public float[] parameterGradients() {
        return parameterGradients;
    }

    /**
     * The weight gradient of a linear map, which is multiplied once for all steps at the end of {@link #backward}.
     *
     * @param matrix the map's parameters
     * @return the rows collected so far on this tape
     */
    public DeferredGradient deferred(Matrix matrix) {
        return deferred.computeIfAbsent(matrix, key -> {
            DeferredGradient product = new DeferredGradient(this, key);
            products.add(product);
            products.sort(Comparator.comparingInt(p -> p.matrix().at()));
            return product;
        });
    }

    /**
     * Gives a value a name under which an observer finds it. Naming costs nothing when the recording runs.
     *
     * @param name the name
     * @param tensor its place
     */
    public void name(String name, Tensor tensor) {
        names.put(name, tensor);
        namedAt.put(name, mark());
    }

    /**
     * Where in the recording a value was named: what is recorded before computes it, and whatever uses it and is recorded behind sees a
     * change that is made to it there.
     *
     * @param name one of {@link #names}
     * @return the place of its last naming
     * @throws IllegalArgumentException if nothing has this name
     */
    public Mark namedAt(String name) {
        Mark mark = namedAt.get(name);
        if (mark == null) {
            throw new IllegalArgumentException("name: expected one of " + names.keySet() + ", got " + name);
        }
        return mark;
    }

    /**
     * The named values of the last recorded step.
     *
     * @return names and places, in the order of naming
     */
    public SequencedMap<String, Tensor> names() {
        return Collections.unmodifiableSequencedMap(names);
    }
}
