package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.normal;

import io.github.ntm4j.engine.operation.Sample.Weights;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Linear maps, the LSTM cell and learned initial values: samples, and the equations in double precision. */
final class LayerSamples {
    private LayerSamples() {}

    static List<Subject> subjects() {
        return List.of(
                Subject.of(
                        "Linear, many outputs",
                        Linear.class,
                        (size, batch, heads) -> linear("Linear, outputs", size, batch, heads, 1, size, 5, 4)),
                Subject.of(
                        "Linear, four groups of outputs",
                        Linear.class,
                        (size, batch, heads) -> linear("Linear, groups", size, batch, heads, 4, size, 3, 6)),
                Subject.of(
                        "Linear, many inputs",
                        Linear.class,
                        (size, batch, heads) -> linear("Linear, inputs", size, batch, heads, 2, 3, heads - 1, size)),
                Subject.of(
                        "Linear, inputs without derivatives only",
                        Linear.class,
                        (size, batch, heads) -> linear("Linear, plain", size, batch, heads, 1, 1 + heads, size, 0)),
                Subject.of("Linear, twice the same map", Linear.class, LayerSamples::linearTwice),
                lstmCell(),
                Subject.of("Repeat", Repeat.class, LayerSamples::repeat),
                Subject.of("LayerNorm", LayerNorm.class, LayerSamples::layerNorm).withExtreme(extremeNorms()),
                Subject.of("Dropout", Dropout.class, LayerSamples::dropout),
                Subject.of("Constant", Constant.class, LayerSamples::constant));
    }

    /**
     * Up to three inputs side by side: one without derivatives, a window on a wider row, and a line for each head.
     */
    private static Sample linear(
            String name, int size, int batch, int heads, int groups, int groupSize, int plainWidth, int width) {
        String description = Subject.described(name, size, batch, heads);
        RandomGenerator random = Values.random(description);
        List<Operand> operands = new ArrayList<>();
        if (plainWidth > 0) {
            operands.add(Operand.plain("map: an input", batch, 1, plainWidth, normal(random, batch * plainWidth)));
        }
        if (width > 0) {
            operands.add(Operand.columns("map: an input", batch, 1, width, normal(random, batch * width)));
            operands.add(Operand.whole("map: an input", batch, heads, 2, normal(random, batch * heads * 2)));
        }
        int inputs = operands.stream().mapToInt(x -> x.lines() * x.size()).sum();
        int outputs = groups * groupSize;
        return new Sample(
                description,
                operands,
                List.of(
                        new Weights(outputs, inputs, normal(random, outputs * inputs)),
                        new Weights(1, outputs, normal(random, outputs))),
                parameters -> {
                    Matrix matrix = parameters.addMatrix("map", inputs, groups, groupSize);
                    parameters.declareWeights("weights", matrix, 0, inputs, 0, outputs);
                    parameters.declareBias("bias", matrix, 0, outputs);
                    return (tape, x) -> List.of(Linear.of(tape, matrix, x));
                },
                x -> List.of(linear(x, groups, groupSize)));
    }

    /** y = W x + b and z = W y + b, as a map over time: the derivative by W is the sum of both uses, that by y comes from z and from outside. */
    private static Sample linearTwice(int size, int batch, int heads) {
        String description = Subject.described("Linear, twice", size, batch, heads);
        RandomGenerator random = Values.random(description);
        int width = Math.min(size, 20);
        return new Sample(
                description,
                List.of(Operand.whole("map: an input", batch, 1, width, normal(random, batch * width))),
                List.of(
                        new Weights(width, width, normal(random, width * width)),
                        new Weights(1, width, normal(random, width))),
                parameters -> {
                    Matrix matrix = parameters.addMatrix("map", width, 1, width);
                    parameters.declareWeights("weights", matrix, 0, width, 0, width);
                    parameters.declareBias("bias", matrix, 0, width);
                    return (tape, x) -> {
                        Tensor y = Linear.of(tape, matrix, x);
                        return List.of(y, Linear.of(tape, matrix, List.of(y)));
                    };
                },
                x -> {
                    Array3 y = linear(x, 1, width);
                    return List.of(y, linear(List.of(y, x.get(1), x.get(2)), 1, width));
                });
    }

    /** y = W [x1 ; x2 ; ...] + b, with W and b behind the inputs. */
    private static Array3 linear(List<Array3> operands, int groups, int groupSize) {
        List<Array3> inputs = operands.subList(0, operands.size() - 2);
        Array3 weights = operands.get(operands.size() - 2);
        Array3 bias = operands.getLast();
        Array3 y = new Array3(inputs.getFirst().batch, groups, groupSize);
        for (int b = 0; b < y.batch; b++) {
            for (int output = 0; output < groups * groupSize; output++) {
                double sum = bias.at(0, 0, output);
                int input = 0;
                for (Array3 x : inputs) {
                    for (int line = 0; line < x.lines; line++) {
                        for (int i = 0; i < x.size; i++) {
                            sum += weights.at(0, output, input++) * x.at(b, line, i);
                        }
                    }
                }
                y.set(b, output / groupSize, output % groupSize, sum);
            }
        }
        return y;
    }

    private static Subject lstmCell() {
        List<Sample> extreme = new ArrayList<>();
        for (int units : new int[] {1, 8, 17, 100}) {
            for (float gate : new float[] {-200f, -30f, 0f, 30f, 200f}) {
                for (float cell : new float[] {0f, -1e4f, 1e4f}) {
                    String description = "LstmCell, units " + units + ", all gates " + gate + ", cell " + cell;
                    extreme.add(lstmCell(description, units, 2, Operand.Place.GROUPS, all(gate, 8 * units), all(cell, 2 * units)));
                }
            }
        }
        return Subject.of("LstmCell", LstmCell.class, LayerSamples::lstmCell).withExtreme(extreme);
    }

    private static Sample lstmCell(int units, int batch, int heads) {
        String description = Subject.described("LstmCell", units, batch, heads);
        RandomGenerator random = Values.random(description);
        Operand.Place place = heads == 1 ? Operand.Place.GROUPS : Operand.Place.WHOLE;
        return lstmCell(description, units, batch, place, normal(random, batch * 4 * units), normal(random, batch * units));
    }

    private static Sample lstmCell(
            String description, int units, int batch, Operand.Place place, float[] gates, float[] cell) {
        return Sample.of(
                description,
                List.of(
                        Operand.whole("gates", batch, 4, units, gates).with(place),
                        Operand.whole("cell", batch, 1, units, cell)),
                (tape, x) -> {
                    LstmCell.State state = LstmCell.of(tape, x.get(0), x.get(1));
                    return List.of(state.hidden(), state.cell());
                },
                        x -> lstmCell(x.get(0), x.get(1)))
                .withComposition(Compositions::lstmCell);
    }

    /** Gers et al. 2000: the hidden vector and the cell. */
    private static List<Array3> lstmCell(Array3 gates, Array3 previous) {
        Array3 hidden = new Array3(gates.batch, 1, gates.size);
        Array3 cell = new Array3(gates.batch, 1, gates.size);
        for (int b = 0; b < gates.batch; b++) {
            for (int j = 0; j < gates.size; j++) {
                double input = 1 / (1 + Math.exp(-gates.at(b, 0, j)));
                double forget = 1 / (1 + Math.exp(-gates.at(b, 1, j)));
                double candidate = Math.tanh(gates.at(b, 2, j));
                double output = 1 / (1 + Math.exp(-gates.at(b, 3, j)));
                double c = forget * previous.at(b, 0, j) + input * candidate;
                cell.set(b, 0, j, c);
                hidden.set(b, 0, j, output * Math.tanh(c));
            }
        }
        return List.of(hidden, cell);
    }

    private static Sample repeat(int size, int batch, int heads) {
        String description = Subject.described("Repeat", size, batch, heads);
        return new Sample(
                description,
                List.of(),
                List.of(new Weights(heads, size, normal(Values.random(description), heads * size))),
                parameters -> {
                    Grid grid = parameters.addGrid("initial value", heads, size, true);
                    parameters.declareGrid(grid, false);
                    return (tape, x) -> List.of(Repeat.of(tape, grid, batch));
                },
                x -> List.of(repeat(x.getFirst(), batch)));
    }

    private static Sample layerNorm(int size, int batch, int lines) {
        String description = Subject.described("LayerNorm", size, batch, lines);
        return layerNorm(description, size, batch, lines, normal(Values.random(description), batch * lines * size));
    }

    /** Lines without variance, and such that are far from zero. */
    private static List<Sample> extremeNorms() {
        List<Sample> samples = new ArrayList<>();
        for (int size : new int[] {1, 2, 16, 17}) {
            for (float value : new float[] {0f, 1f, -1e-20f, 1e8f, 1e18f}) {
                samples.add(layerNorm("LayerNorm of " + size + " times " + value, size, 1, 2, all(value, 2 * size)));
            }
        }
        return samples;
    }

    private static Sample layerNorm(String description, int size, int batch, int lines, float[] values) {
        RandomGenerator random = Values.random(description + ", weights");
        return new Sample(
                description,
                List.of(Operand.columns("layer norm", batch, lines, size, values)),
                List.of(new Weights(1, size, normal(random, size)), new Weights(1, size, normal(random, size))),
                parameters -> {
                    Grid scale = parameters.addGrid("scale", 1, size, true);
                    parameters.declareGrid(scale, false);
                    Grid shift = parameters.addGrid("shift", 1, size, true);
                    parameters.declareGrid(shift, false);
                    return (tape, x) -> List.of(LayerNorm.of(tape, x.getFirst(), scale, shift));
                },
                x -> List.of(layerNorm(x.get(0), x.get(1), x.get(2))));
    }

    private static Array3 layerNorm(Array3 x, Array3 scale, Array3 shift) {
        Array3 y = new Array3(x.batch, x.lines, x.size);
        for (int b = 0; b < x.batch; b++) {
            for (int line = 0; line < x.lines; line++) {
                double mean = 0;
                for (int j = 0; j < x.size; j++) {
                    mean += x.at(b, line, j) / x.size;
                }
                double variance = 0;
                for (int j = 0; j < x.size; j++) {
                    variance += Math.pow(x.at(b, line, j) - mean, 2) / x.size;
                }
                for (int j = 0; j < x.size; j++) {
                    double normal = (x.at(b, line, j) - mean) / Math.sqrt(variance + 1e-6);
                    y.set(b, line, j, scale.at(0, 0, j) * normal + shift.at(0, 0, j));
                }
            }
        }
        return y;
    }

    private static Sample dropout(int size, int batch, int lines) {
        String description = Subject.described("Dropout", size, batch, lines);
        RandomGenerator random = Values.random(description);
        float[] mask = new float[batch * lines * size];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextInt(4) == 0 ? 0f : 4f / 3;
        }
        return Sample.of(
                description,
                List.of(
                        Operand.columns("dropout", batch, lines, size, normal(random, mask.length)),
                        Operand.plain("mask", batch, lines, size, mask)),
                (tape, x) -> List.of(Dropout.of(tape, x.get(0), x.get(1))),
                x -> {
                    Array3 y = new Array3(batch, lines, size);
                    for (int i = 0; i < mask.length; i++) {
                        y.elements[i] = x.get(0).elements[i] * x.get(1).elements[i];
                    }
                    return List.of(y);
                });
    }

    private static Array3 repeat(Array3 parameter, int batch) {
        Array3 y = new Array3(batch, parameter.lines, parameter.size);
        for (int i = 0; i < y.elements.length; i++) {
            y.elements[i] = parameter.elements[i % parameter.elements.length];
        }
        return y;
    }

    private static Sample constant(int size, int batch, int lines) {
        String description = Subject.described("Constant", size, batch, lines);
        float[] values = normal(Values.random(description), lines * size);
        return Sample.of(
                description,
                List.of(),
                (tape, x) -> List.of(Constant.of(tape, batch, lines, values)),
                x -> List.of(repeat(Array3.of(1, lines, size, values), batch)));
    }
}
