import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.MachineFile;

/** At every step: is the number of ones so far odd? */
class Parity implements Task {
    public int inputs() {
        return 1;
    }

    public int outputs() {
        return 1;
    }

    public List<SizeRange> sizes() {
        return List.of(new SizeRange("length", 1, 20, 100_000)); // 1 to 20 in training, at most 100,000 ever
    }

    public int steps(Size size) {
        return size.get("length");
    }

    public void generate(Size size, Random64 random, Sequence into) {
        into.clear(steps(size));
        boolean odd = false;
        for (int step = 0; step < steps(size); step++) {
            boolean one = random.nextBoolean();
            odd ^= one;
            into.input(step, 0, one ? 1 : 0);
            into.target(step, 0, odd ? 1 : 0); // which also makes the step count
        }
    }
}

/** Trains a small LSTM on a task of one's own, saves it, and runs what was saved. */
void main() throws IOException {
    RunConfig config = RunConfig.resolve(Yaml.parse(
            """
            machine: {type: lstm, controller_size: 16, controller_layers: 1}
            training: {batch: 16, learning_rate: 0.01, sequences: 100000, evaluation_interval: 2000}
            """,
            "OwnTask"));
    Task task = new Parity();
    Machine machine = config.machine().build(task.inputs(), task.outputs());
    machine.initialise(1);
    try (Trainer trainer = new Trainer(machine, task, config.training(), 1, 2, KernelProvider.best())) { // seed 1, 2 threads
        trainer.listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f bits wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        IO.println(trainer.run());
    }

    Path file = Files.createTempDirectory("ntm4j").resolve("parity.safetensors");
    MachineFile.write(file, machine);
    Machine loaded = config.machine().build(task.inputs(), task.outputs());
    MachineFile.read(file, loaded);
    Session session = new Session(loaded, 1, KernelProvider.best());
    int ones = 0;
    for (float bit : new float[] {1, 0, 1, 1, 0, 0, 1, 0, 1}) {
        session.step(bit);
        ones += (int) bit;
        IO.println("%d ones: odd with probability %.3f".formatted(ones, session.probabilities()[0]));
        if (session.probabilities()[0] > 0.5f != (ones % 2 == 1)) {
            throw new IllegalStateException("it has not learned to count");
        }
    }
}
