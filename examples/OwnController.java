import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.layer.Controller;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.ntm.NtmConfig;
import io.github.ntm4j.machines.ntm.NtmMachine;

/** A layer with one gate: z = sigmoid(U [x ; h] + a), c = tanh(W [x ; h] + b), h' = (1 - z) h + z c. */
class GatedController implements Controller<GatedController.Hidden> {
    record Hidden(Tensor hidden) implements State {
        public List<Tensor> tensors() {
            return List.of(hidden);
        }
    }

    private final Parameters parameters;
    private final Matrix map;
    private final int size;

    GatedController(Parameters parameters, int inputs, int size) {
        this.parameters = parameters;
        this.size = size;
        this.map = parameters.addMatrix("controller.gated", inputs + size, 2, size); // two groups of outputs: z and c
        parameters.declareWeights("controller.gated.weight", map, 0, inputs + size, 0, 2 * size);
        parameters.declareBias("controller.gated.bias", map, 0, 2 * size);
    }

    public int size() {
        return size;
    }

    public void initialise(Random64 random) {
        Initialisation.FAN_IN.fill(map, parameters.values(), random);
    }

    public Hidden initialState(Tape tape, int batch) {
        return new Hidden(Constant.of(tape, batch, 1, new float[size]));
    }

    public Step<Hidden> step(Tape tape, List<Tensor> inputs, Hidden state) {
        List<Tensor> joined = new ArrayList<>(inputs);
        joined.add(state.hidden());
        Tensor both = Linear.of(tape, map, joined); // [batch][2][size]
        Tensor gate = ActivateColumns.of(tape, both.lines(0, 1), List.of(Columns.of(0, size, Activation.SIGMOID)));
        Tensor candidate = ActivateColumns.of(tape, both.lines(1, 1), List.of(Columns.of(0, size, Activation.TANH)));
        Tensor hidden = Blend.of(tape, state.hidden(), candidate, gate);
        return new Step<>(hidden, new Hidden(hidden));
    }
}

/** An operation that the engine does not have: y = (1 - z) a + z b, each [batch][1][size]. */
record Blend(Tape tape, Tensor a, Tensor b, Tensor z, Tensor y) implements Operation {
    static Tensor of(Tape tape, Tensor a, Tensor b, Tensor z) {
        Blend blend = new Blend(tape, a, b, z, tape.allocate(a.batch(), 1, a.size()));
        tape.record(blend);
        return blend.y();
    }

    public void forward() {
        float[] v = tape.values();
        for (int n = 0; n < y.batch(); n++) {
            for (int i = 0; i < y.size(); i++) {
                float gate = v[z.at(n, 0) + i];
                v[y.at(n, 0) + i] = (1 - gate) * v[a.at(n, 0) + i] + gate * v[b.at(n, 0) + i];
            }
        }
    }

    public void backward() {
        float[] v = tape.values();
        float[] d = tape.gradients();
        for (int n = 0; n < y.batch(); n++) {
            for (int i = 0; i < y.size(); i++) {
                float gate = v[z.at(n, 0) + i];
                float dy = d[y.gradientAt(n, 0) + i];
                d[a.gradientAt(n, 0) + i] += (1 - gate) * dy;
                d[b.gradientAt(n, 0) + i] += gate * dy;
                d[z.gradientAt(n, 0) + i] += (v[b.at(n, 0) + i] - v[a.at(n, 0) + i]) * dy;
            }
        }
    }
}

/** Trains a Neural Turing Machine with this controller to copy. */
void main() {
    RunConfig config = RunConfig.resolve(Yaml.parse(
            """
            task: {name: copy, max_length: 6, width: 4}
            machine: {rows: 32, width: 8}
            training: {batch: 16, sequences: 60000, evaluation_interval: 2000, evaluation_sequences: 100}
            """,
            "OwnController"));
    Task task = config.task().create();
    Machine machine = NtmMachine.of(
            (NtmConfig) config.machine(),
            task.inputs(),
            task.outputs(),
            (parameters, width) -> new GatedController(parameters, width, 32));
    machine.initialise(1);
    try (Trainer trainer = new Trainer(machine, task, config.training(), 1, 2, KernelProvider.best())) {
        trainer.listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f bits wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        if (trainer.run() != TrainingEvent.Outcome.SOLVED) {
            throw new IllegalStateException("it has not learned to copy");
        }
    }
}
