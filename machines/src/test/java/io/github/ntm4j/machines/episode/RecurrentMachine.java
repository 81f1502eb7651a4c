package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.operation.SquaredError;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.List;

/**
 * {@code h(t) = tanh(W [x(t) ; h(t - 1)] + b)}, {@code y(t) = V (m(t) h(t)) + c}: m is a mask of dropout, if there is any. A step may cost
 * {@code |h|^2 / 2}.
 */
public final class RecurrentMachine implements StepMachine<RecurrentMachine.Hidden> {
    private static final int UNITS = 6;

    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final boolean costly;
    private final float keep;
    private final Matrix map;
    private final Grid first;
    private final OutputLayer output;

    /** The units. */
    public record Hidden(Tensor units) implements State {
        @Override
        public List<Tensor> tensors() {
            return List.of(units);
        }
    }

    /**
     * A machine.
     *
     * @param costly whether its steps have a cost
     * @param keep how likely a unit is kept on its way to the output; 1 for no dropout
     */
    public RecurrentMachine(int inputs, int outputs, boolean costly, float keep) {
        this.inputs = inputs;
        this.costly = costly;
        this.keep = keep;
        map = parameters.addMatrix("map", inputs + UNITS, 1, UNITS);
        parameters.declareWeights("map.weight", map, 0, inputs + UNITS, 0, UNITS);
        parameters.declareBias("map.bias", map, 0, UNITS);
        first = parameters.addGrid("first", 1, UNITS, true);
        parameters.declareGrid(first, false);
        output = new OutputLayer(parameters, UNITS, outputs, 0, Initialisation.XAVIER);
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
    public Hidden initialState(Tape tape, int batch) {
        return new Hidden(Repeat.of(tape, first, batch));
    }

    @Override
    public Step<Hidden> step(Tape tape, Tensor input, Hidden state) {
        int batch = input.batch();
        Tensor sum = Linear.of(tape, map, List.of(input, state.units()));
        Tensor hidden = ActivateColumns.of(tape, sum, List.of(Columns.of(0, UNITS, Activation.TANH)));
        Tensor kept = keep == 1 ? hidden : Term.of(tape, hidden).times(Term.of(tape, Noise.dropout(tape, batch, 1, UNITS, keep))).at();
        tape.name("kept", kept);
        Tensor y = output.of(tape, List.of(kept));
        if (!costly) {
            return new Step<>(y, new Hidden(hidden));
        }
        Tensor nothing = tape.allocateValues(batch, 1, UNITS);
        Tensor cost = SquaredError.of(tape, hidden, nothing, Constant.of(tape, batch, 1, 1));
        return new Step<>(y, new Hidden(hidden), cost);
    }
}
