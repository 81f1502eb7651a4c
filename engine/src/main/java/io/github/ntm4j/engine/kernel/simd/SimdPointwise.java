package io.github.ntm4j.engine.kernel.simd;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;
import static io.github.ntm4j.engine.kernel.simd.Lanes.LENGTH;
import static io.github.ntm4j.engine.kernel.simd.Lanes.SPECIES;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.Place;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Evaluates an expression node by node over some lines at a time, so that what lies between inputs and outputs stays in the nearest cache. Lines
 * are computed in whole blocks; what is computed behind their end is not used.
 */
final class SimdPointwise {
    /** Floats of a node at a time, unless a single line has more. */
    private static final int AT_A_TIME = 512;

    private final float[] partials = new float[BLOCK];
    private float[] scratch = new float[0];

    /** For each node where the values of the present lines are, and how far apart the lines. */
    private float[][] arrays = new float[0][];

    private int[] ats = new int[0];
    private int[] strides = new int[0];

    void run(
            Expression expression,
            int batch,
            int lines,
            int size,
            float[] values,
            float[] derivatives,
            Place[] inputs,
            Place[] outputs,
            boolean add) {
        int width = Rows.padded(size);
        int atATime = Math.clamp(AT_A_TIME / width, 1, lines);
        int slotSize = atATime * width;
        prepare(expression, slotSize);
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < lines; i += atATime) {
                int count = Math.min(atATime, lines - i);
                for (int n = 0; n < expression.nodes(); n++) {
                    ElementFunction function = expression.function(n);
                    if (function == ElementFunction.INPUT) {
                        Place from = inputs[expression.argument(n, 0)];
                        input(n, expression.slot(n) * slotSize, from, b, i, count, size, from.in(values, derivatives));
                    } else if (function != ElementFunction.CONSTANT) {
                        apply(function, expression, n, count, width);
                    }
                }
                put(expression, b, i, count, size, values, derivatives, outputs, add);
            }
        }
    }

    private void prepare(Expression expression, int slotSize) {
        int floats = expression.slots() * slotSize;
        if (scratch.length < floats) {
            scratch = new float[floats];
        }
        int nodes = expression.nodes();
        if (ats.length < nodes) {
            arrays = new float[nodes][];
            ats = new int[nodes];
            strides = new int[nodes];
        }
        for (int n = 0; n < nodes; n++) {
            arrays[n] = scratch;
            ats[n] = expression.slot(n) * slotSize;
            if (expression.function(n) == ElementFunction.CONSTANT) {
                strides[n] = 0;
                Arrays.fill(scratch, ats[n], ats[n] + slotSize, expression.constant(n));
            }
        }
    }

    /** Where it can be read as it lies it is not copied. */
    private void input(int n, int slotAt, Place from, int b, int i, int count, int size, float[] array) {
        int width = Rows.padded(size);
        boolean oneLine = from.lines() == 1;
        int at = from.at(b, oneLine ? 0 : i);
        int stride = oneLine ? 0 : from.lineStride();
        if (from.size() == size && at + (count - 1) * stride + width <= array.length) {
            arrays[n] = array;
            ats[n] = at;
            strides[n] = stride;
            return;
        }
        arrays[n] = scratch;
        ats[n] = slotAt;
        strides[n] = oneLine ? 0 : width;
        for (int line = 0; line < (oneLine ? 1 : count); line++) {
            int to = slotAt + line * width;
            if (from.size() == size) {
                System.arraycopy(array, at + line * stride, scratch, to, size);
            } else {
                FloatVector everywhere = FloatVector.broadcast(SPECIES, array[at + line * stride]);
                for (int j = 0; j < width; j += LENGTH) {
                    everywhere.intoArray(scratch, to + j);
                }
            }
        }
    }

    private void apply(ElementFunction function, Expression expression, int n, int count, int width) {
        int a = expression.argument(n, 0);
        int b = expression.argument(n, 1);
        int c = expression.argument(n, 2);
        int arguments = function.arguments();
        boolean same = strides[a] == 0 && (arguments < 2 || strides[b] == 0) && (arguments < 3 || strides[c] == 0);
        boolean dense = strides[a] == width && (arguments < 2 || strides[b] == width) && (arguments < 3 || strides[c] == width);
        // Lines that are all the same are computed once; lines without gaps are one line.
        int lines = same || dense ? 1 : count;
        int columns = dense ? count * width : width;
        strides[n] = same ? 0 : width;
        switch (arguments) {
            case 1 -> ElementLoops.unary(function, arrays[a], ats[a], strides[a], scratch, ats[n], lines, columns);
            case 2 -> ElementLoops.binary(
                    function, arrays[a], ats[a], strides[a], arrays[b], ats[b], strides[b], scratch, ats[n], lines, columns);
            default -> ElementLoops.ternary(
                    function,
                    arrays[a],
                    ats[a],
                    strides[a],
                    arrays[b],
                    ats[b],
                    strides[b],
                    arrays[c],
                    ats[c],
                    strides[c],
                    scratch,
                    ats[n],
                    lines,
                    columns);
        }
    }

    private void put(
            Expression expression,
            int b,
            int i,
            int count,
            int size,
            float[] values,
            float[] derivatives,
            Place[] outputs,
            boolean add) {
        for (int line = 0; line < count; line++) {
            for (int o = 0; o < outputs.length; o++) {
                Place to = outputs[o];
                int n = expression.output(o);
                int from = ats[n] + line * strides[n];
                int at = to.at(b, to.lines() == 1 ? 0 : i + line);
                if (to.size() < size) {
                    float[] array = to.in(values, derivatives);
                    array[at] += sum(arrays[n], from, size);
                } else if (add) {
                    add(arrays[n], from, size, to.in(values, derivatives), at);
                } else {
                    System.arraycopy(arrays[n], from, to.in(values, derivatives), at, size);
                }
            }
        }
    }

    private float sum(float[] x, int xAt, int size) {
        for (int j = 0; j < BLOCK; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            int n = j;
            for (; n <= size - LENGTH; n += BLOCK) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, xAt + n));
            }
            if (n < size) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, xAt + n, Lanes.first(size - n)));
            }
            sum.intoArray(partials, j);
        }
        return Summation.tree(partials, 0);
    }

    private static void add(float[] x, int xAt, int size, float[] y, int yAt) {
        int j = 0;
        for (; j <= size - LENGTH; j += LENGTH) {
            FloatVector.fromArray(SPECIES, y, yAt + j).add(FloatVector.fromArray(SPECIES, x, xAt + j)).intoArray(y, yAt + j);
        }
        if (j < size) {
            var rest = Lanes.first(size - j);
            FloatVector.fromArray(SPECIES, y, yAt + j, rest)
                    .add(FloatVector.fromArray(SPECIES, x, xAt + j, rest))
                    .intoArray(y, yAt + j, rest);
        }
    }
}
