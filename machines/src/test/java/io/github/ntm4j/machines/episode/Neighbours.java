package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import java.util.List;

/**
 * A convolution over the steps, {@code y(t) = V (n tanh(W [x(t - 1) ; x(t) ; x(t + 1)] + b)) + c}, which knows what comes next as no step
 * machine does; n is noise, if there is any.
 */
public final class Neighbours implements WholeMachine {
    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final int units;
    private final int rounding;
    private final boolean noisy;
    private final Matrix map;
    private final OutputLayer output;
    private int recorded;

    /**
     * A machine.
     *
     * @param rounding an extent is a multiple of this
     */
    public Neighbours(int inputs, int outputs, int units, int rounding, boolean noisy) {
        this.inputs = inputs;
        this.units = units;
        this.rounding = rounding;
        this.noisy = noisy;
        map = parameters.addMatrix("map", 3 * inputs, 1, units);
        parameters.declareWeights("map.weight", map, 0, 3 * inputs, 0, units);
        parameters.declareBias("map.bias", map, 0, units);
        output = new OutputLayer(parameters, units, outputs, 0, Initialisation.XAVIER);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return output.outputs();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        Initialisation.XAVIER.fill(map, parameters.values(), random);
        output.initialise(random);
        parameters.refresh();
    }

    @Override
    public int extent(int steps) {
        return Math.ceilDiv(steps, rounding) * rounding;
    }

    /** How often it has been recorded. */
    int recorded() {
        return recorded;
    }

    @Override
    public Term loss(Lesson lesson) {
        recorded++;
        Tape tape = lesson.tape();
        Tensor input = lesson.input().at();
        int steps = input.lines();
        Tensor nothing = tape.allocateValues(input.batch(), 1, inputs);
        Term noise = noisy ? lesson.noise(steps, units) : null;
        Term[] outputs = new Term[steps];
        for (int t = 0; t < steps; t++) {
            Tensor before = t == 0 ? nothing : input.lines(t - 1, 1);
            Tensor after = t == steps - 1 ? nothing : input.lines(t + 1, 1);
            Term hidden = Term.of(tape, Linear.of(tape, map, List.of(before, input.lines(t, 1), after))).tanh();
            Term kept = noise == null ? hidden : hidden.times(noise.lines(t, 1));
            Tensor y = output.of(tape, List.of(kept.at()));
            tape.name("output " + t, y);
            outputs[t] = Term.of(tape, y);
        }
        Term all = Term.stack(outputs);
        lesson.answer(all);
        return lesson.loss(all);
    }
}
