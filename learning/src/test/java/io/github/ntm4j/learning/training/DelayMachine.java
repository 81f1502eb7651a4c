package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import java.util.ArrayList;
import java.util.List;

/** {@code h(t) = tanh(W [x(t) ; h(t-1) ; h(t-2)] + b)}: the older part of its state is the newer part of the state before, the same tensor. */
final class DelayMachine implements StepMachine<DelayMachine.Last> {
    private static final int UNITS = 6;

    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final Initial initial;
    private final Matrix map;
    private final Matrix output;
    private final Grid newer;
    private final Grid older;

    /** How the state begins. */
    enum Initial {
        /** Learned, as it should. */
        LEARNED,
        /** One tensor for both parts. */
        SHARED,
        /** Plain values without derivatives. */
        PLAIN
    }

    record Last(Tensor newer, Tensor older) implements State {
        @Override
        public List<Tensor> tensors() {
            return List.of(newer, older);
        }
    }

    DelayMachine(Task task) {
        this(task, Initial.LEARNED);
    }

    DelayMachine(Task task, Initial initial) {
        this.inputs = task.inputs();
        this.initial = initial;
        map = parameters.addMatrix("map", inputs + 2 * UNITS, 1, UNITS);
        output = parameters.addMatrix("output", UNITS, 1, task.outputs());
        newer = parameters.addGrid("newer", 1, UNITS, true);
        older = parameters.addGrid("older", 1, UNITS, true);
        parameters.declareWeights("map.weight", map, 0, map.inputs(), 0, UNITS);
        parameters.declareBias("map.bias", map, 0, UNITS);
        parameters.declareGrid(newer, false);
        parameters.declareGrid(older, false);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return output.groupSize();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        Initialisation.XAVIER.fill(map, parameters.values(), random);
        Initialisation.XAVIER.fill(output, parameters.values(), random);
        parameters.refresh();
    }

    @Override
    public Last initialState(Tape tape, int batch) {
        return switch (initial) {
            case LEARNED -> new Last(Repeat.of(tape, newer, batch), Repeat.of(tape, older, batch));
            case SHARED -> {
                Tensor both = Repeat.of(tape, newer, batch);
                yield new Last(both, both);
            }
            case PLAIN -> new Last(tape.allocateValues(batch, 1, UNITS), tape.allocateValues(batch, 1, UNITS));
        };
    }

    @Override
    public Step<Last> step(Tape tape, Tensor input, Last state) {
        List<Tensor> joined = new ArrayList<>(List.of(input));
        boolean mixed = state.newer().hasGradient() && !state.older().hasGradient();
        joined.addAll(mixed ? List.of(state.older(), state.newer()) : List.of(state.newer(), state.older()));
        Tensor sum = Linear.of(tape, map, joined);
        Tensor hidden = ActivateColumns.of(tape, sum, List.of(Columns.of(0, UNITS, Activation.TANH)));
        return new Step<>(Linear.of(tape, output, List.of(hidden)), new Last(hidden, state.newer()));
    }
}
