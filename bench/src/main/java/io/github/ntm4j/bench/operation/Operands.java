package io.github.ntm4j.bench.operation;

import io.github.ntm4j.bench.Buffers;
import io.github.ntm4j.engine.operation.SparseLink;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Makes operands of operations: places on a tape with random numbers in them.
 *
 * @param tape the tape
 * @param batch number of sequences
 * @param random where numbers come from
 */
record Operands(Tape tape, int batch, Random64 random) {
    /** {@code [batch][lines][size]} of zeros. */
    Tensor zeros(int lines, int size) {
        return tape.allocate(batch, lines, size);
    }

    /** {@code [batch][lines][size]}, uniformly distributed. */
    Tensor uniform(int lines, int size, double from, double to) {
        return filled(tape.allocate(batch, lines, size), from, to);
    }

    /** {@code [batch][lines][size]}, uniformly distributed, without derivatives. */
    Tensor plain(int lines, int size, double from, double to) {
        return filled(tape.allocateValues(batch, lines, size), from, to);
    }

    /** {@code [batch][lines][size]} whose lines are distributions. */
    Tensor distributions(int lines, int size) {
        Tensor tensor = uniform(lines, size, 0.5, 1.5);
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < lines; line++) {
                Buffers.normalise(tape.values(), tensor.at(b, line), size);
            }
        }
        return tensor;
    }

    /** {@code [batch][lines][size]} whose lines are places from the last to the first, without derivatives. */
    Tensor order(int lines, int size) {
        Tensor tensor = tape.allocateValues(batch, lines, size);
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < lines; line++) {
                for (int i = 0; i < size; i++) {
                    tape.values()[tensor.at(b, line) + i] = size - 1 - i;
                }
            }
        }
        return tensor;
    }

    /** Sparse links {@code [batch][2][rows * entries]}: each row was written after the one before it. */
    Tensor chain(int rows, int entries) {
        Tensor tensor = tape.allocate(batch, 2, rows * entries);
        for (int b = 0; b < batch; b++) {
            Arrays.fill(tape.values(), tensor.at(b, 0), tensor.at(b, 0) + tensor.size(), SparseLink.NOWHERE);
            for (int row = 1; row < rows; row++) {
                tape.values()[tensor.at(b, 0) + row * entries] = row - 1;
                tape.values()[tensor.at(b, 1) + row * entries] = 1;
            }
        }
        return tensor;
    }

    /** Weights and biases of a linear map. */
    Matrix matrix(int inputs, int groups, int groupSize) {
        Matrix matrix = tape.parameters().addMatrix("matrix", inputs, groups, groupSize);
        for (int input = 0; input < matrix.depth(); input++) {
            for (int output = 0; output < groups * groupSize; output++) {
                tape.parameters().values()[matrix.at(input, output)] = random.nextFloat(-1, 1);
            }
        }
        return matrix;
    }

    /** A parameter {@code [lines][size]}. */
    Grid grid(int lines, int size) {
        Grid grid = tape.parameters().addGrid("grid", lines, size, true);
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < size; i++) {
                tape.parameters().values()[grid.at(line) + i] = random.nextFloat(-1, 1);
            }
        }
        return grid;
    }

    private Tensor filled(Tensor tensor, double from, double to) {
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < tensor.lines(); line++) {
                for (int i = 0; i < tensor.size(); i++) {
                    tape.values()[tensor.at(b, line) + i] = random.nextFloat(from, to);
                }
            }
        }
        return tensor;
    }

    /** Random derivatives by a result, for the backward half to begin with. */
    void fillDerivatives(Tensor result) {
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < result.lines(); line++) {
                for (int i = 0; i < result.size(); i++) {
                    tape.gradients()[result.gradientAt(b, line) + i] = random.nextFloat(-1, 1);
                }
            }
        }
    }
}
