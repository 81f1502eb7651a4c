import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.picture.Caption;
import io.github.ntm4j.lab.picture.SequencePicture;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.layer.Emission;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.memory.MemoryState;
import io.github.ntm4j.machines.signal.Role;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;

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
    private final Emission emission = new Emission("queue");
    private final Matrix map;
    private final int rows;
    private final int width;
    private final Signal cells;
    private final List<Pointer> pointers;
    private final Signal erase;
    private final Signal add;
    private final Signal read;

    /** What a pointer shows of itself: where it is, and what the controller tells it. */
    record Pointer(Signal at, Signal move, Signal sharpening) {
        Pointer(Signals signals, String name, Signal cells, Use use) {
            this(
                    signals.weighting(name, "pointer", cells, use),
                    signals.distribution(name, "move", "back", "stay", "on").as(Role.SHIFT).settable(),
                    signals.number(name, "sharpening", 1, Signals.UNLIMITED).as(Role.SHARPENING).settable().detail());
        }
    }

    Queue(Parameters parameters, Signals signals, int controllerSize, int rows, int width) {
        this.parameters = parameters;
        this.rows = rows;
        this.width = width;
        emission.distribution("moves", 2, MOVES) // of both pointers
                .part("sharpening", 2, 1, Activation.ONE_PLUS_SOFTPLUS)
                .part("erase", 1, width, Activation.SIGMOID)
                .part("add", 1, width, Activation.TANH);
        this.map = emission.declare(parameters, controllerSize);
        this.cells = signals.store("cells", rows, width);
        this.pointers = List.of(
                new Pointer(signals, "back", cells, Use.WRITES), new Pointer(signals, "front", cells, Use.READS));
        this.erase = signals.vector("back", "erase", width).within(0, 1).as(Role.ERASE).settable().detail();
        this.add = signals.vector("back", "add", width).within(-1, 1).as(Role.ADD).settable();
        this.read = signals.vector("front", "read", width).within(-1, 1).as(Role.READ);
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
        Tensor empty = Constant.of(tape, batch, width, new float[width * rows]);
        cells.recordBefore(tape, empty);
        return new State(
                empty,
                Constant.of(tape, batch, 2, atRowZero),
                Constant.of(tape, batch, 1, new float[width]));
    }

    public State step(Tape tape, Tensor hidden, State state) {
        Emission.Told told = emission.told(tape, Emission.raw(tape, map, hidden));
        Tensor moves = told.part("moves");
        Tensor sharpening = told.part("sharpening");
        Tensor erased = told.part("erase");
        Tensor added = told.part("add");
        erase.record(tape, erased);
        add.record(tape, added);
        for (int i = 0; i < 2; i++) { // where a signal is recorded, there it can be set
            pointers.get(i).move().record(tape, moves.lines(i, 1));
            pointers.get(i).sharpening().record(tape, sharpening.lines(i, 1));
        }
        Tensor closed = Constant.of(tape, hidden.batch(), 2, 0, 0); // gates: nothing but where the pointers were
        Tensor where =
                LocationWeighting.of(tape, state.pointers(), state.pointers(), closed, moves, sharpening).weighting();
        for (int i = 0; i < 2; i++) {
            pointers.get(i).at().record(tape, where.lines(i, 1));
        }
        Tensor after = EraseAdd.of(tape, state.cells(), where.lines(0, 1), erased, added);
        Tensor reads = Read.of(tape, after, where.lines(1, 1));
        cells.record(tape, after);
        read.record(tape, reads);
        return new State(after, where, reads);
    }
}

/** Trains an LSTM with this memory to copy, draws it at work, and holds its front pointer. */
void main() throws IOException {
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
    Signals signals = new Signals();
    Queue queue = new Queue(parameters, signals, controller.size(), 24, width);
    OutputLayer output = new OutputLayer(parameters, controller.size() + width, task.outputs(), 0, Initialisation.FAN_IN);
    Machine machine = new MemoryMachine<>(parameters, signals, task.inputs(), controller, queue, output);
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
    Tracer tracer = new Tracer(machine, task.objective(), KernelProvider.best());
    Trace trace = tracer.trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask());
    for (Signal pointer : signals.heads()) {
        float[][] at = trace.of(pointer);
        IO.println(pointer.group() + " at row " + IntStream.range(0, at.length).map(step -> row(at[step])).boxed().toList());
    }
    Explanation.of(trace).programme().phases().forEach(IO::println);
    Path picture = Files.createTempDirectory("ntm4j").resolve("queue.svg");
    Files.writeString(picture, SequencePicture.of(trace, Caption.of("copy", "a queue")).svg());
    IO.println(picture);

    Intervention hold = new Intervention.Hold(0, trace.steps() - 1, "front/pointer");
    Trace held = tracer.trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask(), List.of(hold), true);
    IO.println("wrong bits: " + trace.bitErrors() + ", with the front pointer held: " + held.bitErrors());
    if (trace.bitErrors() > 0 || held.bitErrors() == 0) {
        throw new IllegalStateException("it does not use its queue");
    }
}

int row(float[] pointer) {
    int largest = 0;
    for (int row = 1; row < pointer.length; row++) {
        largest = pointer[row] > pointer[largest] ? row : largest;
    }
    return largest;
}
