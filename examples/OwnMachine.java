import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.layer.State;
import io.github.ntm4j.machines.layer.Step;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.MachineFile;

/** A machine that sees a window of three steps: y(t) = V tanh(W [x(t) ; x(t - 1) ; x(t - 2)] + b) + c. */
class WindowMachine implements StepMachine<WindowMachine.Window> {
    /** The last two inputs, [batch][1][inputs] each. */
    record Window(Tensor last, Tensor lastButOne) implements State {
        public List<Tensor> tensors() {
            return List.of(last, lastButOne);
        }
    }

    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final Matrix map;
    private final OutputLayer output;

    WindowMachine(int inputs, int outputs, int units) {
        this.inputs = inputs;
        this.map = parameters.addMatrix("window", 3 * inputs, 1, units);
        parameters.declareWeights("window.weight", map, 0, 3 * inputs, 0, units); // names and shapes in files
        parameters.declareBias("window.bias", map, 0, units);
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

    public void initialise(long seed) {
        Random64 random = Random64.of(seed, "initialise", 0);
        Initialisation.XAVIER.fill(map, parameters.values(), random);
        output.initialise(random);
    }

    public Window initialState(Tape tape, int batch) {
        return new Window(tape.allocateValues(batch, 1, inputs), tape.allocateValues(batch, 1, inputs)); // zeros
    }

    public Step<Window> step(Tape tape, Tensor input, Window state) {
        Tensor sum = Linear.of(tape, map, List.of(input, state.last(), state.lastButOne()));
        Tensor hidden = ActivateColumns.of(tape, sum, List.of(Columns.of(0, sum.size(), Activation.TANH)));
        return new Step<>(output.of(tape, List.of(hidden)), new Window(input, state.last()));
    }
}

/** Does the bit differ from the one two steps before? */
class Change implements Task {
    public int inputs() {
        return 1;
    }

    public int outputs() {
        return 1;
    }

    public List<SizeRange> sizes() {
        return List.of(new SizeRange("length", 3, 20, 100_000));
    }

    public int steps(Size size) {
        return size.get("length");
    }

    public void generate(Size size, Random64 random, Sequence into) {
        into.clear(steps(size));
        for (int step = 0; step < steps(size); step++) {
            into.input(step, 0, random.nextBoolean() ? 1 : 0);
            float before = step < 2 ? 0 : into.input()[step - 2];
            into.target(step, 0, into.input()[step] == before ? 0 : 1);
        }
    }
}

/** Trains the machine, saves it, and runs what was saved. */
void main() throws IOException {
    RunConfig config = RunConfig.resolve(Yaml.parse(
            "training: {batch: 16, learning_rate: 0.01, sequences: 50000, evaluation_interval: 1000}", "OwnMachine"));
    Task task = new Change();
    Machine machine = new WindowMachine(task.inputs(), task.outputs(), 16);
    machine.initialise(1);
    try (Trainer trainer = new Trainer(machine, task, config.training(), 1, 2, KernelProvider.best())) {
        trainer.listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f bits wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        IO.println(trainer.run());
    }

    Path file = Files.createTempDirectory("ntm4j").resolve("window.safetensors");
    MachineFile.write(file, machine);
    Machine loaded = new WindowMachine(task.inputs(), task.outputs(), 16);
    MachineFile.read(file, loaded);
    Session session = new Session(loaded, 1, KernelProvider.best());
    float[] bits = {1, 0, 1, 1, 0, 0, 1, 0, 1};
    for (int step = 0; step < bits.length; step++) {
        session.step(bits[step]);
        boolean differs = bits[step] != (step < 2 ? 0 : bits[step - 2]);
        IO.println("step %d: differs with probability %.3f".formatted(step, session.probabilities()[0]));
        if (session.probabilities()[0] > 0.5f != differs) {
            throw new IllegalStateException("it has not learned to compare");
        }
    }
}
