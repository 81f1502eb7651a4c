package own;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.util.List;

/** h(t) = tanh(W [x(t) ; h(t - 1)] + b), y(t) = V h(t) + c. */
final class Elman implements StepMachine<Elman.Hidden> {
    /** [batch][1][units]. */
    record Hidden(Tensor units) implements State {
        public List<Tensor> tensors() {
            return List.of(units);
        }
    }

    private final Parameters parameters;
    private final int inputs;
    private final int units;
    private final Matrix map;
    private final OutputLayer output;
    private final Signals signals = new Signals();
    private final Signal shown;

    /** Does nothing but declare: the same constructor counts the parameters of a machine that nobody builds. */
    Elman(ElmanConfig config, Parameters parameters, int inputs, int outputs) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.units = config.units();
        this.map = parameters.addMatrix("hidden", inputs + units, 1, units);
        parameters.declareWeights("hidden.weight", map, 0, inputs + units, 0, units); // names and shapes in files
        parameters.declareBias("hidden.bias", map, 0, units);
        this.shown = signals.vector("hidden", "units", units).within(-1, 1).settable(); // drawn, and set in the studio
        this.output = new OutputLayer(parameters, units, outputs, 0, Initialisation.XAVIER);
    }

    public int inputs() {
        return inputs;
    }

    public int outputs() {
        return output.outputs();
    }

    public Parameters parameters() {
        return parameters;
    }

    public Signals signals() {
        return signals;
    }

    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        Initialisation.XAVIER.fill(map, parameters.values(), random);
        output.initialise(random);
    }

    public Hidden initialState(Tape tape, int batch) {
        return new Hidden(tape.allocateValues(batch, 1, units)); // zeros
    }

    public Step<Hidden> step(Tape tape, Tensor input, Hidden state) {
        Tensor sum = Linear.of(tape, map, List.of(input, state.units()));
        Tensor hidden = ActivateColumns.of(tape, sum, List.of(Columns.of(0, units, Activation.TANH)));
        shown.record(tape, hidden);
        return new Step<>(output.of(tape, List.of(hidden)), new Hidden(hidden));
    }
}
