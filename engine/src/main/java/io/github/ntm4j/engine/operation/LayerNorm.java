package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Layer normalisation, Ba et al. 2016, of a line x of n numbers: {@code y(j) = scale(j) (x(j) - mean) / sqrt(variance + 1e-6) + shift(j)} with the variance
 * {@code sum of (x - mean)^2 / n}. Sums are in double precision: however long the line is, they round once.
 */
public final class LayerNorm implements Operation {
    private static final double EPSILON = 1e-6;

    private final Tape tape;
    private final Tensor x;
    private final Grid scale;
    private final Grid shift;
    private final Tensor y;

    private LayerNorm(Tape tape, Tensor x, Grid scale, Grid shift) {
        this.tape = tape;
        this.x = x;
        this.scale = scale;
        this.shift = shift;
        this.y = tape.allocate(x.batch(), x.lines(), x.size());
    }

    /**
     * Records the normalisation of each line.
     *
     * @param tape the tape
     * @param x {@code [batch][lines][size]}
     * @param scale the learned scale, {@code [1][size]}
     * @param shift the learned shift, {@code [1][size]}
     * @return {@code [batch][lines][size]}
     * @throws IllegalArgumentException if shapes don't fit
     */
    public static Tensor of(Tape tape, Tensor x, Grid scale, Grid shift) {
        x.require("layer norm", x.batch(), x.lines(), scale.size());
        require("scale", scale, x.size());
        require("shift", shift, x.size());
        LayerNorm operation = new LayerNorm(tape, x, scale, shift);
        tape.record(operation);
        return operation.y;
    }

    private static void require(String name, Grid grid, int size) {
        if (grid.lines() != 1 || grid.size() != size) {
            throw new IllegalArgumentException(
                    name + ": expected [1][" + size + "], got [" + grid.lines() + "][" + grid.size() + "]");
        }
    }

    private double mean(float[] values, int at) {
        double sum = 0;
        for (int j = 0; j < x.size(); j++) {
            sum += values[at + j];
        }
        return sum / x.size();
    }

    /** One over the standard deviation. */
    private double inverse(float[] values, int at, double mean) {
        double squares = 0;
        for (int j = 0; j < x.size(); j++) {
            double distance = values[at + j] - mean;
            squares += distance * distance;
        }
        return 1 / Math.sqrt(squares / x.size() + EPSILON);
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        float[] parameters = tape.parameters().values();
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                int from = x.at(b, line);
                int to = y.at(b, line);
                double mean = mean(values, from);
                double inverse = inverse(values, from, mean);
                for (int j = 0; j < x.size(); j++) {
                    float normal = (float) ((values[from + j] - mean) * inverse);
                    values[to + j] = Math.fma(parameters[scale.at() + j], normal, parameters[shift.at() + j]);
                }
            }
        }
    }

    @Override
    public void backward() {
        for (int b = 0; b < x.batch(); b++) {
            for (int line = 0; line < x.lines(); line++) {
                backward(x.at(b, line), x.gradientAt(b, line), y.gradientAt(b, line));
            }
        }
    }

    /** With {@code d = scale dy} and the normal numbers z: {@code dx = (d - mean of d - z mean of d z) / deviation}. */
    private void backward(int from, int dx, int dy) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] parameters = tape.parameters().values();
        float[] dParameters = tape.parameterGradients();
        double mean = mean(values, from);
        double inverse = inverse(values, from, mean);
        double sum = 0;
        double along = 0;
        for (int j = 0; j < x.size(); j++) {
            double normal = (values[from + j] - mean) * inverse;
            double d = (double) parameters[scale.at() + j] * gradients[dy + j];
            sum += d;
            along += d * normal;
        }
        sum /= x.size();
        along /= x.size();
        for (int j = 0; j < x.size(); j++) {
            double normal = (values[from + j] - mean) * inverse;
            double d = (double) parameters[scale.at() + j] * gradients[dy + j];
            gradients[dx + j] += (float) ((d - sum - normal * along) * inverse);
            if (scale.trainable()) {
                dParameters[scale.at() + j] = Math.fma(gradients[dy + j], (float) normal, dParameters[scale.at() + j]);
            }
            if (shift.trainable()) {
                dParameters[shift.at() + j] += gradients[dy + j];
            }
        }
    }
}
