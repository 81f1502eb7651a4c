package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a controller tells a memory: the parts of a row {@code W h + b}, each through its function. Parts are declared by name, one behind the
 * other, and asked for by name; a part has a line for each head. Then a matrix is made that is as wide as all of them.
 */
public final class Emission {
    private final String name;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<Columns> beforeSoftmax = new ArrayList<>();
    private final List<Columns> functions = new ArrayList<>();
    private int width;
    private boolean limited;

    /** Columns that belong together. */
    private record Part(int from, int lines, int size) {}

    /**
     * Without parts.
     *
     * @param name what the matrix is called
     */
    public Emission(String name) {
        this.name = Arguments.given("name", name);
    }

    /**
     * Declares a part whose elements go through a function.
     *
     * @param part its name
     * @param lines how many lines it has
     * @param size floats in each
     * @param function what happens to them
     * @return this
     * @throws IllegalArgumentException if there is a part of that name
     */
    public Emission part(String part, int lines, int size, Activation function) {
        int from = add(part, lines, size);
        beforeSoftmax.add(Columns.of(from, lines * size, Activation.IDENTITY));
        functions.add(Columns.of(from, lines * size, function));
        return this;
    }

    /**
     * Declares a part whose lines become distributions.
     *
     * @param part its name
     * @param lines how many lines it has
     * @param size floats in each
     * @return this
     * @throws IllegalArgumentException if there is a part of that name
     */
    public Emission distribution(String part, int lines, int size) {
        return distribution(part, lines, size, Activation.IDENTITY);
    }

    /**
     * Declares a part whose lines become distributions, behind a function.
     *
     * @param part its name
     * @param lines how many lines it has
     * @param size floats in each
     * @param before what happens to the elements before the softmax
     * @return this
     * @throws IllegalArgumentException if there is a part of that name
     */
    public Emission distribution(String part, int lines, int size, Activation before) {
        int from = add(part, lines, size);
        beforeSoftmax.add(Columns.of(from, lines * size, before));
        limited |= before != Activation.IDENTITY;
        for (int line = 0; line < lines; line++) {
            functions.add(Columns.softmax(from + line * size, size));
        }
        return this;
    }

    /** Makes room for a part, behind all others. */
    private int add(String part, int lines, int size) {
        Arguments.atLeast("lines", 1, lines);
        Arguments.atLeast("size", 1, size);
        if (parts.putIfAbsent(part, new Part(width, lines, size)) != null) {
            throw new IllegalArgumentException(name + ": expected a name that no other part has, got " + part);
        }
        int from = width;
        width += lines * size;
        return from;
    }

    /**
     * Adds the matrix of all parts without naming it in files: for whoever has an order of columns of its own there.
     *
     * @param parameters where to
     * @param inputs width of what is seen of the controller
     * @return the matrix
     */
    public Matrix matrix(Parameters parameters, int inputs) {
        return parameters.addMatrix(name, inputs, 1, width);
    }

    /**
     * Adds the matrix of all parts and names it in files {@code NAME.weight [columns][inputs]} and {@code NAME.bias [columns]}, in the order
     * in which the parts were declared.
     *
     * @param parameters where to
     * @param inputs width of what is seen of the controller
     * @return the matrix
     */
    public Matrix declare(Parameters parameters, int inputs) {
        Matrix matrix = matrix(parameters, inputs);
        Supplier<int[]> all = () -> IntStream.range(0, width).toArray();
        parameters.declareOutputs(name, matrix, width, all);
        return matrix;
    }

    /**
     * The columns of a line.
     *
     * @param part a part
     * @param line one of its lines
     * @return its columns in the row, which are outputs of the matrix
     */
    public IntStream columns(String part, int line) {
        Part it = find(part);
        int from = it.from + Arguments.index("line", line, it.lines) * it.size;
        return IntStream.range(from, from + it.size);
    }

    /**
     * The columns of the same line of several parts, one part after the other.
     *
     * @param line a line of all of them
     * @param names the parts
     * @return their columns
     */
    public IntStream columns(int line, String... names) {
        return Stream.of(names).flatMapToInt(part -> columns(part, line));
    }

    /**
     * Records the product.
     *
     * @param tape the tape
     * @param matrix the matrix of this emission
     * @param hidden the controller's output, {@code [batch][lines][...]}, as wide as the matrix's inputs
     * @return {@code [batch][1][columns]}, before any function
     */
    public static Tensor raw(Tape tape, Matrix matrix, Tensor hidden) {
        return Linear.of(tape, matrix, List.of(hidden));
    }

    /**
     * Records the functions of the parts.
     *
     * @param tape the tape
     * @param raw {@code [batch][1][columns]}
     * @return the row, to be asked for its parts
     */
    public Told told(Tape tape, Tensor raw) {
        Tensor before = limited ? ActivateColumns.of(tape, raw, beforeSoftmax) : raw;
        return new Told(this, ActivateColumns.of(tape, before, functions));
    }

    private Part find(String part) {
        Part found = parts.get(part);
        if (found == null) {
            throw new IllegalArgumentException(name + ": expected one of " + parts.keySet() + ", got " + part);
        }
        return found;
    }

    /**
     * What is told in a step.
     *
     * @param emission says where the parts are
     * @param row all parts, {@code [batch][1][columns]}
     */
    public record Told(Emission emission, Tensor row) {
        /**
         * A part.
         *
         * @param name which one
         * @return {@code [batch][lines][size]}, a window on the row
         */
        public Tensor part(String name) {
            return part(name, 0, emission.find(name).lines);
        }

        /**
         * Some lines of a part.
         *
         * @param name which one
         * @param from the first line
         * @param lines how many
         * @return {@code [batch][lines][size]}, a window on the row
         */
        public Tensor part(String name, int from, int lines) {
            Part part = emission.find(name);
            if (from < 0 || lines < 1 || lines > part.lines - from) {
                throw new IllegalArgumentException(name + ": expected lines within 0.." + part.lines + ", got " + from + ".." + (from + lines));
            }
            return row.slice(part.from + from * part.size, lines * part.size).split(lines, part.size);
        }
    }
}
