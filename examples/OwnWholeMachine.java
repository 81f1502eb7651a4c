import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Term;
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
import io.github.ntm4j.machines.episode.Lesson;
import io.github.ntm4j.machines.episode.Respondent;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.WholeMachine;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.machine.Objective;

/** A convolution that sees what comes next: y(t) = V tanh(W [x(t - 1) ; x(t) ; x(t + 1)] + b) + c. */
class Convolution implements WholeMachine {
    private final Parameters parameters = new Parameters();
    private final int inputs;
    private final Matrix map;
    private final OutputLayer output;

    Convolution(int inputs, int outputs, int units) {
        this.inputs = inputs;
        this.map = parameters.addMatrix("window", 3 * inputs, 1, units);
        parameters.declareWeights("window.weight", map, 0, 3 * inputs, 0, units);
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

    /** Lengths up to the next multiple of 8 share a recording. */
    public int extent(int steps) {
        return Math.ceilDiv(steps, 8) * 8;
    }

    public Term loss(Lesson lesson) {
        Tape tape = lesson.tape();
        Tensor x = lesson.input().at(); // [batch][steps][inputs], zeros behind the end of a sequence
        Tensor nothing = tape.allocateValues(x.batch(), 1, inputs);
        Term[] answers = new Term[x.lines()];
        for (int t = 0; t < answers.length; t++) {
            Tensor before = t == 0 ? nothing : x.lines(t - 1, 1);
            Tensor after = t == answers.length - 1 ? nothing : x.lines(t + 1, 1);
            Term hidden = Term.of(tape, Linear.of(tape, map, List.of(before, x.lines(t, 1), after))).tanh();
            answers[t] = Term.of(tape, output.of(tape, List.of(hidden.at())));
        }
        Term all = Term.stack(answers); // [batch][steps][outputs]
        lesson.answer(all);
        return lesson.loss(all);
    }
}

/** Do the bits before and after differ? */
class Neighbours implements Task {
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
            into.input(step, 0, random.nextBoolean() ? 1 : -1);
        }
        for (int step = 1; step < steps(size) - 1; step++) {
            into.target(step, 0, into.input()[step - 1] == into.input()[step + 1] ? 0 : 1);
        }
    }
}

/** Trains the machine and asks it about a sequence longer than any before. */
void main() {
    RunConfig config = RunConfig.resolve(Yaml.parse(
            "training: {batch: 16, learning_rate: 0.01, sequences: 50000, evaluation_interval: 1000}", "OwnWholeMachine"));
    Task task = new Neighbours();
    Convolution machine = new Convolution(task.inputs(), task.outputs(), 16);
    machine.initialise(1);
    try (Trainer trainer = new Trainer(machine, task, config.training(), 1, 2, KernelProvider.best())) {
        trainer.listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f bits wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        IO.println(trainer.run());
    }

    Sequence sequence = new Sequence(task.inputs(), task.outputs());
    task.generate(Size.of("length", 40), Random64.of(1, "question", 0), sequence);
    float[] answers = new Respondent(machine, Objective.BITS, KernelProvider.best()).answer(sequence);
    for (int step = 1; step < 39; step++) {
        if (answers[step] > 0.5f != sequence.target()[step] > 0.5f) {
            throw new IllegalStateException("step " + step + ": it has not learned to look ahead");
        }
    }
    IO.println("38 answers of 38 are right");
}
