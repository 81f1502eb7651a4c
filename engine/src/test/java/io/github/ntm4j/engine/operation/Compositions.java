package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.ContentKernels;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;

/** The fused operations of a Neural Turing Machine in plain terms: what they mean, and a second reference. */
final class Compositions {
    private Compositions() {}

    /** Of key {@code [heads][width]}, strength {@code [heads][1]}, memory {@code [width][rows]}. */
    static List<Tensor> contentWeighting(Tape tape, List<Tensor> x) {
        Term key = Term.of(tape, x.get(0));
        Term strength = Term.of(tape, x.get(1));
        Term memory = Term.of(tape, x.get(2));
        Term keyNorm = key.square().sum().atLeast(ContentKernels.SMALLEST_SQUARED_NORM).squareRoot();
        Term rowNorm = memory.square().sumOfLines().atLeast(ContentKernels.SMALLEST_SQUARED_NORM).squareRoot();
        Term cosine = key.through(memory).over(keyNorm.times(rowNorm)); // eq. 6
        return List.of(strength.times(cosine).softmax().at()); // eq. 5
    }

    /** Of content and previous weighting {@code [heads][rows]}, gate {@code [heads][1]}, shift {@code [heads][2 R + 1]}, sharpening. */
    static List<Tensor> locationWeighting(Tape tape, List<Tensor> x) {
        Term content = Term.of(tape, x.get(0));
        Term previous = Term.of(tape, x.get(1));
        Term gate = Term.of(tape, x.get(2));
        Term shift = Term.of(tape, x.get(3));
        Term sharpening = Term.of(tape, x.get(4));
        Term interpolated = Term.of(tape, gate.times(content).plus(gate.complement().times(previous)).at()); // eq. 7
        int displacements = x.get(3).size();
        Term shifted = shift.slice(0, 1).times(interpolated.roll(-(displacements / 2)));
        for (int j = 1; j < displacements; j++) {
            shifted = shifted.plus(shift.slice(j, 1).times(interpolated.roll(j - displacements / 2))); // eq. 8
        }
        Term logarithm = shifted.atLeast(AddressingKernels.SMALLEST_WEIGHT).log();
        Term sharpened = sharpening.times(logarithm).softmax(); // eq. 9
        return List.of(sharpened.at(), interpolated.at(), shifted.at());
    }

    /** Of memory {@code [width][rows]}, weighting {@code [heads][rows]}. */
    static List<Tensor> read(Tape tape, List<Tensor> x) {
        return List.of(Term.of(tape, x.get(1)).against(Term.of(tape, x.get(0))).at()); // eq. 2
    }

    /** Of memory {@code [width][rows]}, weighting {@code [heads][rows]}, erase and add {@code [heads][width]}. */
    static List<Tensor> eraseAdd(Tape tape, List<Tensor> x) {
        Term memory = Term.of(tape, x.get(0));
        for (int head = 0; head < x.get(1).lines(); head++) {
            Term weighting = Term.of(tape, x.get(1)).lines(head, 1);
            Term erase = Term.of(tape, x.get(2)).lines(head, 1).column();
            Term add = Term.of(tape, x.get(3)).lines(head, 1).column();
            memory = memory.times(erase.times(weighting).complement()).plus(add.times(weighting)); // eq. 3 and 4
        }
        return List.of(memory.at());
    }

    /** Of gates {@code [4][units]} before their activation, cell {@code [1][units]}. */
    static List<Tensor> lstmCell(Tape tape, List<Tensor> x) {
        Term gates = Term.of(tape, x.get(0));
        Term input = gates.lines(0, 1).sigmoid();
        Term forget = gates.lines(1, 1).sigmoid();
        Term candidate = gates.lines(2, 1).tanh();
        Term output = gates.lines(3, 1).sigmoid();
        Term cell = forget.times(Term.of(tape, x.get(1))).plus(input.times(candidate));
        return List.of(output.times(cell.tanh()).at(), cell.at());
    }
}
