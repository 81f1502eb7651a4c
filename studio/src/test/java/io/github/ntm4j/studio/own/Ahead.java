package io.github.ntm4j.studio.own;

import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.Lesson;
import io.github.ntm4j.machines.episode.WholeMachine;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import java.util.List;

/** Sees a step and the two after it at once: {@code y(t) = V tanh(W [x(t) ; x(t + 1) ; x(t + 2)] + b) + c}. */
public final class Ahead implements WholeMachine {
    private static final int SEEN = 3;

    private final Parameters parameters;
    private final int inputs;
    private final Matrix map;
    private final OutputLayer output;

    Ahead(AheadConfig config, Parameters parameters, int inputs, int outputs) {
        this.parameters = parameters;
        this.inputs = inputs;
        map = parameters.addMatrix("window", SEEN * inputs, 1, config.units());
        parameters.declareWeights("window.weight", map, 0, SEEN * inputs, 0, config.units());
        parameters.declareBias("window.bias", map, 0, config.units());
        output = new OutputLayer(parameters, config.units(), outputs, 0, Initialisation.XAVIER);
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
    }

    @Override
    public int extent(int steps) {
        return Math.ceilDiv(steps, 4) * 4;
    }

    @Override
    public Term loss(Lesson lesson) {
        Tape tape = lesson.tape();
        Tensor input = lesson.input().at();
        int steps = input.lines();
        Tensor nothing = tape.allocateValues(input.batch(), SEEN - 1, inputs);
        Term[] answers = new Term[steps];
        for (int t = 0; t < steps; t++) {
            int there = Math.min(SEEN, steps - t);
            List<Tensor> seen =
                    there == SEEN ? List.of(input.lines(t, there)) : List.of(input.lines(t, there), nothing.lines(0, SEEN - there));
            Term hidden = Term.of(tape, Linear.of(tape, map, seen)).tanh();
            answers[t] = Term.of(tape, output.of(tape, List.of(hidden.at())));
        }
        Term all = Term.stack(answers);
        lesson.answer(all);
        return lesson.loss(all);
    }
}
