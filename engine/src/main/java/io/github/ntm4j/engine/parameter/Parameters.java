package io.github.ntm4j.engine.parameter;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a machine in one flat buffer, with a table of names and shapes. Gradients and the moments of an optimiser are
 * buffers of the same layout, so that clipping, updating, averaging and saving are loops over flat arrays. Reading is safe from any
 * number of threads while nobody writes.
 *
 * <p>Parameters that are shared are sealed ({@link #seal}): nothing can be added to them any more, and no tape keeps derivatives by them, so
 * nothing in this project changes them. {@link #values} stays the buffer itself, since a copy would cost every step: whoever writes to the
 * buffer of sealed parameters breaks what was promised to all who share them.
 */
public final class Parameters {
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private float[] values = new float[Rows.FIRST];
    private float[] transposed = new float[Rows.FIRST];
    private final List<Matrix> matrices = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final boolean counting;
    private volatile boolean sealed;
    private volatile @Nullable String sealedSha256;

    /** No parameters yet: a machine adds its own when it is made. */
    public Parameters() {
        this(false);
    }

    private Parameters(boolean counting) {
        this.counting = counting;
    }

    /**
     * Parameters that are only counted: names and shapes without a buffer, so that a machine that is too large for any can be asked how
     * large it is. A machine of them can do nothing.
     *
     * @return no parameters yet
     */
    public static Parameters counting() {
        return new Parameters(true);
    }

    /**
     * Number of elements in files, without padding, however many.
     *
     * @return the sum over the entries
     */
    public long count() {
        return entries.stream().mapToLong(Entry::count).sum();
    }

    /**
     * The buffer, which begins with {@link Rows#FIRST} zeros; a new array whenever a parameter is added.
     *
     * @return the buffer itself
     */
    public float[] values() {
        return values;
    }

    /**
     * Transposed copies of the matrices that a backward pass needs, true as of the last {@link #refresh}.
     *
     * @return the buffer itself
     */
    public float[] transposed() {
        return transposed;
    }

    /**
     * Floats in the buffer, with padding.
     *
     * @return its length
     */
    public int size() {
        return values.length;
    }

    /**
     * Number of elements in files, without padding.
     *
     * @return the sum over the entries
     */
    public int elements() {
        return entries.stream().mapToInt(Entry::elements).sum();
    }

    /**
     * The table of names and shapes.
     *
     * @return the entries in the order in which they were declared
     */
    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Says that these parameters have their last values and may be shared. */
    public void seal() {
        sealed = true;
    }

    /**
     * Whether these parameters have their last values.
     *
     * @return true after {@link #seal}
     */
    public boolean isSealed() {
        return sealed;
    }

    private void requireOpen() {
        if (sealed) {
            throw new IllegalStateException("parameters: expected ones that may change, but these are sealed, because they are shared");
        }
    }

    /**
     * The hash of all parameters: SHA-256 over each entry in order: its name in UTF-8, a zero byte, and its elements as little-endian
     * float32 in row-major order. It is computed once for sealed parameters, else each time.
     *
     * @return SHA-256 in hexadecimal
     */
    public String sha256() {
        if (!sealed) {
            return sha256(values);
        }
        String known = sealedSha256;
        if (known == null) {
            known = sha256(values);
            sealedSha256 = known;
        }
        return known;
    }

    /**
     * The same of other values than the present ones.
     *
     * @param buffer laid out as {@link #values}
     * @return SHA-256 in hexadecimal
     */
    public String sha256(float[] buffer) {
        Arguments.length("buffer", values.length, buffer);
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
        for (Entry entry : entries) {
            digest.update(entry.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            float[] elements = entry.read(buffer);
            ByteBuffer bytes = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(elements);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Adds a linear map, all zero. Its entries are declared apart, by {@link #declareWeights} and {@link #declareBias}.
     *
     * @param name what it is called
     * @param inputs width of its input, at least 1
     * @param groups groups of outputs, at least 1
     * @param groupSize outputs in a group, at least 1
     * @return its place
     */
    public Matrix addMatrix(String name, int inputs, int groups, int groupSize) {
        requireOpen();
        Arguments.given("name", name);
        Arguments.atLeast("inputs", 1, inputs);
        Arguments.atLeast("groups", 1, groups);
        Arguments.atLeast("groupSize", 1, groupSize);
        Matrix matrix = new Matrix(name, values.length, inputs, groups, groupSize);
        if (!counting) {
            values = Arrays.copyOf(values, values.length + matrix.floats());
            matrices.add(matrix);
        }
        return matrix;
    }

    /**
     * Adds a grid, all zero. Its entry is declared apart, by {@link #declareGrid}.
     *
     * @param name what it is called
     * @param lines number of lines, at least 1
     * @param size floats in a line, at least 1
     * @param trainable whether training changes it
     * @return its place
     */
    public Grid addGrid(String name, int lines, int size, boolean trainable) {
        requireOpen();
        Arguments.given("name", name);
        Arguments.atLeast("lines", 1, lines);
        Arguments.atLeast("size", 1, size);
        Grid grid = new Grid(name, values.length, lines, size, trainable);
        if (!counting) {
            values = Arrays.copyOf(values, values.length + grid.floats());
        }
        return grid;
    }

    /**
     * Names a grid: an entry of shape {@code [lines][size]}, or {@code [size][lines]} if it is to be seen transposed.
     *
     * @param grid the grid
     * @param transposed whether the last axis comes first outside
     */
    public void declareGrid(Grid grid, boolean transposed) {
        requireOpen();
        int width = transposed ? grid.lines() : grid.size();
        if (counts(grid.name(), transposed ? grid.size() : grid.lines(), width)) {
            return;
        }
        int[] at = new int[grid.lines() * grid.size()];
        for (int i = 0; i < at.length; i++) {
            int line = transposed ? i % width : i / width;
            int column = transposed ? i / width : i % width;
            at[i] = grid.at(line) + column;
        }
        entries.add(new Entry(grid.name(), List.of(at.length / width, width), at, false));
    }

    /**
     * Names some lines of a grid: an entry of shape {@code [lines][size]}.
     *
     * @param name its name in files
     * @param grid the grid
     * @param from first line
     * @param to behind the last line
     */
    public void declareLines(String name, Grid grid, int from, int to) {
        requireOpen();
        requirePart("from", from, "to", to, grid.lines());
        if (counts(name, to - from, grid.size())) {
            return;
        }
        int[] at = new int[(to - from) * grid.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = grid.at(from + i / grid.size()) + i % grid.size();
        }
        entries.add(new Entry(name, List.of(to - from, grid.size()), at, false));
    }

    /**
     * Names a block of a matrix's weights: an entry of shape {@code [outputs][inputs]}.
     *
     * @param name its name in files
     * @param matrix the matrix
     * @param inputFrom first input
     * @param inputTo behind the last input
     * @param outputFrom first output
     * @param outputTo behind the last output
     */
    public void declareWeights(String name, Matrix matrix, int inputFrom, int inputTo, int outputFrom, int outputTo) {
        requirePart("outputFrom", outputFrom, "outputTo", outputTo, matrix.groups() * matrix.groupSize());
        requirePart("inputFrom", inputFrom, "inputTo", inputTo, matrix.inputs());
        if (counts(name, outputTo - outputFrom, inputTo - inputFrom)) {
            return;
        }
        declareWeights(name, matrix, inputFrom, inputTo, IntStream.range(outputFrom, outputTo).toArray());
    }

    /**
     * Names the weights of some outputs of a matrix: an entry of shape {@code [outputs][inputs]}.
     *
     * @param name its name in files
     * @param matrix the matrix
     * @param inputFrom first input
     * @param inputTo behind the last input
     * @param outputs the outputs, in the order of the entry
     */
    public void declareWeights(String name, Matrix matrix, int inputFrom, int inputTo, int[] outputs) {
        requireOpen();
        requirePart("inputFrom", inputFrom, "inputTo", inputTo, matrix.inputs());
        requireOutputs(matrix, outputs);
        int width = inputTo - inputFrom;
        if (counts(name, outputs.length, width)) {
            return;
        }
        int[] at = new int[outputs.length * width];
        for (int i = 0; i < at.length; i++) {
            at[i] = matrix.at(inputFrom + i % width, outputs[i / width]);
        }
        entries.add(new Entry(name, List.of(outputs.length, width), at, true));
    }

    /**
     * Names a part of a matrix's biases: an entry of shape {@code [outputs]}.
     *
     * @param name its name in files
     * @param matrix the matrix
     * @param outputFrom first output
     * @param outputTo behind the last output
     */
    public void declareBias(String name, Matrix matrix, int outputFrom, int outputTo) {
        requirePart("outputFrom", outputFrom, "outputTo", outputTo, matrix.groups() * matrix.groupSize());
        if (counts(name, outputTo - outputFrom)) {
            return;
        }
        declareBias(name, matrix, IntStream.range(outputFrom, outputTo).toArray());
    }

    /**
     * Names the biases of some outputs of a matrix: an entry of shape {@code [outputs]}.
     *
     * @param name its name in files
     * @param matrix the matrix
     * @param outputs the outputs, in the order of the entry
     */
    public void declareBias(String name, Matrix matrix, int[] outputs) {
        requireOpen();
        requireOutputs(matrix, outputs);
        if (counts(name, outputs.length)) {
            return;
        }
        int[] at = new int[outputs.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = matrix.at(matrix.inputs(), outputs[i]);
        }
        entries.add(new Entry(name, List.of(at.length), at, false));
    }

    /**
     * Names the weights of some outputs of a matrix, {@code NAME.weight} of shape {@code [outputs][inputs]}, and their biases,
     * {@code NAME.bias} of shape {@code [outputs]}.
     *
     * @param name what both are called in files
     * @param matrix the matrix
     * @param count number of outputs
     * @param outputs gives the outputs, in the order of the entries; not asked where they are only counted
     */
    public void declareOutputs(String name, Matrix matrix, int count, Supplier<int[]> outputs) {
        requireOpen();
        if (counting) {
            counts(name + WEIGHT, count, matrix.inputs());
            counts(name + BIAS, count);
            return;
        }
        int[] all = outputs.get();
        if (all.length != count) {
            throw new IllegalArgumentException("outputs: expected " + count + " of " + name + ", got " + all.length);
        }
        declareWeights(name + WEIGHT, matrix, 0, matrix.inputs(), all);
        declareBias(name + BIAS, matrix, all);
    }

    /** Adds an entry that is only counted, where that is all that is wanted. */
    private boolean counts(String name, Integer... shape) {
        if (counting) {
            entries.add(new Entry(name, List.of(shape), new int[0], false)); // nobody asks what is only counted
        }
        return counting;
    }

    /** A part of an axis that is not empty: what lies beyond would be somebody else's. */
    private static void requirePart(String fromName, int from, String toName, int to, int count) {
        Arguments.index(fromName, from, count);
        if (to <= from || to > count) {
            throw new IllegalArgumentException(toName + ": expected " + (from + 1) + " to " + count + ", got " + to);
        }
    }

    private static void requireOutputs(Matrix matrix, int[] outputs) {
        Arguments.atLeast("outputs.length", 1, Arguments.given("outputs", outputs).length);
        for (int output : outputs) {
            Arguments.index("outputs", output, matrix.groups() * matrix.groupSize());
        }
    }

    /**
     * Asks for a transposed copy of a matrix's weights.
     *
     * @param matrix the matrix
     * @param from the first input whose derivative is wanted
     */
    public void requireTransposed(Matrix matrix, int from) {
        if (matrix.isTransposed() && matrix.transposedFrom() <= from) {
            return;
        }
        requireOpen();
        if (counting) {
            return;
        }
        matrix.placeTransposed(transposed.length, from);
        transposed = Arrays.copyOf(transposed, transposed.length + matrix.transposedColumns() * matrix.columns());
        matrix.transpose(values, transposed);
    }

    /** Brings the transposed copies up to date. To be called whenever the values have changed. */
    public void refresh() {
        for (Matrix matrix : matrices) {
            if (matrix.isTransposed()) {
                matrix.transpose(values, transposed);
            }
        }
    }
}
