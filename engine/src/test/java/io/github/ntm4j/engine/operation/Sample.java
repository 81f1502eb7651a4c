package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An operation at one size, on certain values.
 *
 * @param description the operation and its sizes; also the seed of everything random about it
 * @param operands what it is applied to
 * @param weights values of the parameters that it reads
 * @param construction adds the parameters and says how to record it
 * @param reference what it means, in double precision: results of operands, followed by weights
 * @param compositions of a fused operation: the same in plain terms, a second reference; none or one
 */
record Sample(
        String description,
        List<Operand> operands,
        List<Weights> weights,
        Construction construction,
        Reference reference,
        List<Recording> compositions) {
    Sample(String description, List<Operand> operands, List<Weights> weights, Construction construction, Reference reference) {
        this(description, operands, weights, construction, reference, List.of());
    }

    /** Values of one entry of the parameters, {@code [rows][columns]}. */
    record Weights(int rows, int columns, float[] values) {
        Array3 array() {
            return Array3.of(1, rows, columns, values);
        }
    }

    interface Construction {
        Recording in(Parameters parameters);
    }

    interface Recording {
        List<Tensor> on(Tape tape, List<Tensor> operands);
    }

    interface Reference {
        List<Array3> results(List<Array3> operands);
    }

    /** An operation without parameters. */
    static Sample of(String description, List<Operand> operands, Recording recording, Reference reference) {
        return new Sample(description, operands, List.of(), parameters -> recording, reference);
    }

    /** The same sizes and the same values in reverse: what kinks and distributions demand still holds of them. */
    Sample withOtherValues() {
        List<Operand> changed = operands.stream()
                .map(operand -> operand.with(reversed(operand.values())))
                .toList();
        List<Weights> others = weights.stream()
                .map(w -> new Weights(w.rows, w.columns, reversed(w.values)))
                .toList();
        return new Sample(description, changed, others, construction, reference, compositions);
    }

    /** Reverses the order of the lines, and the order within each. */
    private static float[] reversed(float[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[values.length - 1 - i];
        }
        return result;
    }

    Sample withOperand(int index, Operand operand) {
        List<Operand> changed = new ArrayList<>(operands);
        changed.set(index, operand);
        return new Sample(description, changed, weights, construction, reference, compositions);
    }

    /** With plain terms that mean the same. */
    Sample withComposition(Recording composition) {
        return new Sample(description, operands, weights, construction, reference, List.of(composition));
    }

    /** The same operands for the plain terms, which turn no derivatives in place. */
    List<Sample> composed() {
        List<Operand> added = operands.stream()
                .map(x -> x.derivative() == Operand.Derivative.TURNED ? x.with(Operand.Derivative.ADDED) : x)
                .toList();
        return compositions.stream()
                .map(composition -> new Sample(description + ", composed", added, weights, parameters -> composition, reference))
                .toList();
    }

    /** Operands and weights in double precision. */
    List<Array3> arrays() {
        List<Array3> arrays = new ArrayList<>();
        operands.forEach(operand -> arrays.add(operand.array()));
        weights.forEach(w -> arrays.add(w.array()));
        return arrays;
    }

    /** Random numbers that only the description decides. */
    RandomGenerator random() {
        return Values.random(description);
    }
}
