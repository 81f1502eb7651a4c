import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.model.Model;

/** Trains a machine to copy, as `./ntm train copy` does, and evaluates what it has saved. */
void main() throws IOException {
    RunConfig config = RunConfig.resolve(Yaml.parse("{seed: 1, task: {name: copy, max_length: 10}}", "TrainModel"));
    Path folder = Files.createTempDirectory("ntm4j").resolve("copy"); // for the checkpoints, the metrics and the settings
    try (Run run = Run.start(folder, config, 2, KernelProvider.best())) {
        run.trainer().listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f bits wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        IO.println(run.train());
    }
    Model model = Model.load(folder);
    Task task = config.task().create();
    try (Evaluator evaluator = new Evaluator(model.machine(), task, 2, KernelProvider.best())) {
        Evaluation evaluation = evaluator.evaluate(task.parse("length=20"), 100, 1, "test", 0);
        IO.println("%s, length 20: %.2f bits wrong".formatted(folder, evaluation.bitErrorsPerSequence()));
        if (evaluation.bitErrorsPerSequence() > 5) {
            throw new IllegalStateException("it has not learned to copy");
        }
    }
}
