package io.github.ntm4j.machines.machine.reference;

import io.github.ntm4j.machines.layer.Squash;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A head in one step (Graves et al. 2014, section 3).
 *
 * @param emitted what the controller tells it: {@code key, strength, gate, shift, sharpening[, erase, add]} before their functions
 * @param config the machine's settings
 */
record ReferenceHead(Variable emitted, NtmConfig config) {
    private static final double SMALLEST_SQUARED_NORM = 1e-16;

    private Variable key() {
        return squash(config.heads().keyActivation(), emitted.slice(0, config.memory().width()));
    }

    private Variable strength() {
        return strength(emitted.element(config.memory().width()));
    }

    private Variable strength(Variable x) {
        return switch (config.heads().strengthActivation()) {
            case SOFTPLUS -> x.softplus();
            case RELU -> relu(x);
        };
    }

    private static Variable relu(Variable x) {
        return x.within(0, Double.POSITIVE_INFINITY);
    }

    private Variable gate() {
        return emitted.element(config.memory().width() + 1).sigmoid();
    }

    /** A distribution over the displacements -range .. range. */
    private Variable shift() {
        Variable x = emitted.slice(config.memory().width() + 2, displacements());
        Variable shifts = switch (config.heads().shiftActivation()) {
            case NONE -> x;
            case SOFTPLUS -> x.softplus();
            case RELU -> relu(x);
        };
        return shifts.softmax();
    }

    private Variable sharpening() {
        return strength(emitted.element(config.memory().width() + 2 + displacements())).plus(Variable.of(1));
    }

    private Variable erase() {
        return emitted.slice(config.memory().width() + 3 + displacements(), config.memory().width()).sigmoid();
    }

    private Variable add() {
        return squash(config.heads().addActivation(), emitted.slice(2 * config.memory().width() + 3 + displacements(), config.memory().width()));
    }

    private int displacements() {
        return 2 * config.memory().shiftRange() + 1;
    }

    static Variable squash(Squash function, Variable x) {
        return switch (function) {
            case NONE -> x;
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case RELU -> relu(x);
        };
    }

    /** The weighting of this step, from the memory and the weighting of the last step. */
    Variable address(List<Variable> memory, Variable last) {
        Variable key = key();
        List<Variable> similarities = new ArrayList<>();
        for (Variable row : memory) {
            similarities.add(key.dot(row).over(norm(key).times(norm(row)))); // eq. 6
        }
        Variable content = strength().times(Variable.join(similarities)).softmax(); // eq. 5
        Variable gate = gate();
        Variable interpolated = gate.times(content).plus(gate.complement().times(last)); // eq. 7
        Variable shift = shift();
        Variable shifted = Variable.of(new double[last.size()]);
        for (int d = -config.memory().shiftRange(); d <= config.memory().shiftRange(); d++) {
            Variable moved = interpolated.slice(-d, last.size());
            shifted = shifted.plus(shift.element(d + config.memory().shiftRange()).times(moved)); // eq. 8
        }
        Variable sharpened = shifted.power(sharpening());
        return sharpened.over(sharpened.sum()); // eq. 9
    }

    private static Variable norm(Variable vector) {
        return vector.dot(vector).within(SMALLEST_SQUARED_NORM, Double.POSITIVE_INFINITY).root();
    }

    /** The rows by their weights. */
    static Variable read(List<Variable> memory, Variable weighting) {
        Variable read = Variable.of(new double[memory.getFirst().size()]);
        for (int i = 0; i < memory.size(); i++) {
            read = read.plus(weighting.element(i).times(memory.get(i))); // eq. 2
        }
        return read;
    }

    /** The memory after this head's write. */
    List<Variable> write(List<Variable> memory, Variable weighting) {
        Variable erase = erase();
        Variable add = add();
        List<Variable> written = new ArrayList<>();
        for (int i = 0; i < memory.size(); i++) {
            Variable weight = weighting.element(i);
            Variable erased = memory.get(i).times(weight.times(erase).complement()); // eq. 3
            written.add(erased.plus(weight.times(add))); // eq. 4
        }
        return written;
    }
}
