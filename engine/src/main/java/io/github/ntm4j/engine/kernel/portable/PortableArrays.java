package io.github.ntm4j.engine.kernel.portable;

import static io.github.ntm4j.engine.kernel.Rows.BLOCK;

import io.github.ntm4j.engine.kernel.ArrayKernels;
import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.kernel.Place;
import io.github.ntm4j.engine.kernel.Summation;
import java.util.Arrays;

final class PortableArrays implements ArrayKernels {
    private final float[] partials = new float[BLOCK];
    private float[] nodes = new float[0];
    private float[] line = new float[0];

    @Override
    public void pointwise(
            Expression expression,
            int batch,
            int lines,
            int size,
            float[] values,
            float[] derivatives,
            Place[] inputs,
            Place[] outputs,
            boolean add) {
        if (nodes.length < expression.nodes()) {
            nodes = new float[expression.nodes()];
        }
        if (line.length < outputs.length * size) {
            line = new float[outputs.length * size];
        }
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < lines; i++) {
                for (int j = 0; j < size; j++) {
                    evaluate(expression, b, i, j, values, derivatives, inputs);
                    for (int o = 0; o < outputs.length; o++) {
                        line[o * size + j] = nodes[expression.output(o)];
                    }
                }
                for (int o = 0; o < outputs.length; o++) {
                    Place to = outputs[o];
                    int at = to.at(b, to.lines() == 1 ? 0 : i);
                    put(line, o * size, size, to.in(values, derivatives), at, to.size(), add);
                }
            }
        }
    }

    /** All nodes at one element. */
    private void evaluate(Expression expression, int b, int i, int j, float[] values, float[] derivatives, Place[] inputs) {
        for (int n = 0; n < expression.nodes(); n++) {
            ElementFunction function = expression.function(n);
            nodes[n] = switch (function) {
                case INPUT -> {
                    Place from = inputs[expression.argument(n, 0)];
                    int at = from.at(b, from.lines() == 1 ? 0 : i) + (from.size() == 1 ? 0 : j);
                    yield from.in(values, derivatives)[at];
                }
                case CONSTANT -> expression.constant(n);
                default -> function.apply(
                        nodes[expression.argument(n, 0)], nodes[expression.argument(n, 1)], nodes[expression.argument(n, 2)]);
            };
        }
    }

    private void put(float[] x, int xAt, int size, float[] y, int yAt, int ySize, boolean add) {
        if (ySize < size) {
            Arrays.fill(partials, 0f);
            for (int j = 0; j < size; j++) {
                partials[j % BLOCK] += x[xAt + j];
            }
            y[yAt] += Summation.tree(partials, 0);
        } else if (add) {
            for (int j = 0; j < size; j++) {
                y[yAt + j] += x[xAt + j];
            }
        } else {
            System.arraycopy(x, xAt, y, yAt, size);
        }
    }

    @Override
    public void multiply(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        for (int s = 0; s < batch; s++) {
            for (int i = 0; i < c.lines(); i++) {
                begin(c, s, i, values, derivatives, add);
                for (int k = 0; k < b.lines(); k++) {
                    addScaled(a.in(values, derivatives)[a.at(s, i) + k], b, s, k, c, i, values, derivatives);
                }
            }
        }
    }

    @Override
    public void multiplyTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        for (int s = 0; s < batch; s++) {
            for (int i = 0; i < c.lines(); i++) {
                begin(c, s, i, values, derivatives, add);
                for (int k = 0; k < b.lines(); k++) {
                    addScaled(a.in(values, derivatives)[a.at(s, k) + i], b, s, k, c, i, values, derivatives);
                }
            }
        }
    }

    private static void begin(Place c, int s, int i, float[] values, float[] derivatives, boolean add) {
        if (!add) {
            Arrays.fill(c.in(values, derivatives), c.at(s, i), c.at(s, i) + c.size(), 0f);
        }
    }

    private static void addScaled(float factor, Place b, int s, int k, Place c, int i, float[] values, float[] derivatives) {
        float[] right = b.in(values, derivatives);
        float[] result = c.in(values, derivatives);
        int from = b.at(s, k);
        int to = c.at(s, i);
        for (int j = 0; j < c.size(); j++) {
            result[to + j] = Math.fma(factor, right[from + j], result[to + j]);
        }
    }

    @Override
    public void multiplyByTransposed(Place a, Place b, Place c, int batch, float[] values, float[] derivatives, boolean add) {
        float[] left = a.in(values, derivatives);
        float[] right = b.in(values, derivatives);
        float[] result = c.in(values, derivatives);
        for (int s = 0; s < batch; s++) {
            for (int i = 0; i < c.lines(); i++) {
                for (int j = 0; j < c.size(); j++) {
                    Arrays.fill(partials, 0f);
                    for (int k = 0; k < a.size(); k++) {
                        int lane = k % BLOCK;
                        partials[lane] = Math.fma(left[a.at(s, i) + k], right[b.at(s, j) + k], partials[lane]);
                    }
                    float sum = Summation.tree(partials, 0);
                    int to = c.at(s, i) + j;
                    result[to] = add ? result[to] + sum : sum;
                }
            }
        }
    }
}
