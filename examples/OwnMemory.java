import io.github.ntm4j.core.episode.Sequence;
import io.github.ntm4j.core.layer.InitialVector;
import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.core.layer.LstmController;
import io.github.ntm4j.core.layer.OutputLayer;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.MemoryMachine;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.core.memory.Memory;
import io.github.ntm4j.core.memory.MemoryState;
import io.github.ntm4j.core.run.RunConfig;
import io.github.ntm4j.core.task.Task;
import io.github.ntm4j.core.training.Trainer;
import io.github.ntm4j.core.training.TrainingEvent;
import io.github.ntm4j.core.yaml.Yaml;
import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * A soft queue: a tape with two pointers and nothing to look up by. In every step each pointer moves a row back, stays or moves a row on; then
 * a vector is written at the back pointer, and one is read at the front pointer.
 */
class Queue implements Memory<Queue.State> {
    /** Cells [batch][width][rows], pointers [batch][back, front][rows], reads [batch][1][width]. */
    record State(Tensor cells, Tensor pointers, Tensor reads) implements MemoryState {
        public List<Tensor> tensors() {
            return List.of(cells, pointers, reads);
        }
    }

    private static final int MOVES = 3; // back, stay, on
    private static final int ON = 2;

    private final Parameters parameters;
    private final Matrix map;
    private final int rows;
    private final int width;

    Queue(Parameters parameters, int controllerSize, int rows, int width) {
        this.parameters = parameters;
        this.rows = rows;
        this.width = width;
        int columns = 2 * MOVES + 2 + 2 * width; // moves and sharpening of both pointers, erase, add
        this.map = parameters.addMatrix("queue", controllerSize, 1, columns);
        parameters.declareWeights("queue.weight", map, 0, controllerSize, 0, columns);
        parameters.declareBias("queue.bias", map, 0, columns);
    }

    public int readWidth() {
        return width;
    }

    public void initialise(Random64 random) {
        Initialisation.FAN_IN.fill(map, parameters.values(), random);
        parameters.values()[map.at(map.inputs(), ON)] = 3; // before training, the back pointer tends to move on
    }

    public State initialState(Tape tape, int batch) {
        float[] atRowZero = new float[2 * rows];
        atRowZero[0] = 1;
        atRowZero[rows] = 1;
        return new State(
                Constant.of(tape, batch, width, new float[width * rows]),
                Constant.of(tape, batch, 2, atRowZero),
                Constant.of(tape, batch, 1, new float[width]));
    }

    public State step(Tape tape, Tensor hidden, State state) {
        int erase = 2 * MOVES + 2;
        int add = erase + width;
        Tensor told = ActivateColumns.of(tape, Linear.of(tape, map, List.of(hidden)), List.of(
                Columns.softmax(0, MOVES),
                Columns.softmax(MOVES, MOVES),
                Columns.of(2 * MOVES, 2, Activation.ONE_PLUS_SOFTPLUS),
                Columns.of(erase, width, Activation.SIGMOID),
                Columns.of(add, width, Activation.TANH)));
        Tensor moves = told.slice(0, 2 * MOVES).split(2, MOVES);
        Tensor sharpening = told.slice(2 * MOVES, 2).split(2, 1);
        Tensor closed = Constant.of(tape, hidden.batch(), 2, 0, 0); // gates: nothing but where the pointers were
        Tensor pointers =
                LocationWeighting.of(tape, state.pointers(), state.pointers(), closed, moves, sharpening).weighting();
        Tensor cells = EraseAdd.of(tape, state.cells(), pointers.lines(0, 1), told.slice(erase, width), told.slice(add, width));
        Tensor reads = Read.of(tape, cells, pointers.lines(1, 1));
        tape.name("pointers", pointers); // to be watched in a session
        return new State(cells, pointers, reads);
    }
}

/** Trains an LSTM with this memory to copy, and shows where the pointers are. */
void main() {
    RunConfig config = RunConfig.resolve(Yaml.parse(
            """
            task: {name: copy, max_length: 6, width: 4}
            training: {batch: 16, sequences: 60000, evaluation_interval: 2000, evaluation_sequences: 100}
            """,
            "OwnMemory"));
    Task task = config.task().create();
    int width = 8;
    Parameters parameters = new Parameters();
    LstmController controller = new LstmController(
            parameters, "controller.lstm", task.inputs() + width, 32, 1, InitialVector.ZERO, 1, Initialisation.FAN_IN);
    Queue queue = new Queue(parameters, controller.size(), 24, width);
    OutputLayer output = new OutputLayer(parameters, controller.size() + width, task.outputs(), 0, Initialisation.FAN_IN);
    Machine<?> machine = new MemoryMachine<>(parameters, task.inputs(), controller, queue, output);
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

    Sequence sequence = new Sequence(task.inputs(), task.outputs());
    task.generate(task.largest(), Random64.of(2, "example", 0), sequence);
    Session session = new Session(machine, 1, KernelProvider.best());
    for (int step = 0; step < sequence.steps(); step++) {
        session.step(Arrays.copyOfRange(sequence.input(), step * task.inputs(), (step + 1) * task.inputs()));
        float[][] pointers = session.value(session.names().get("pointers"), 0);
        IO.println("step %2d: back at row %2d, front at row %2d".formatted(step, row(pointers[0]), row(pointers[1])));
    }
}

int row(float[] pointer) {
    int largest = 0;
    for (int row = 1; row < pointer.length; row++) {
        largest = pointer[row] > pointer[largest] ? row : largest;
    }
    return largest;
}
