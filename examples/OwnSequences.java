import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.DataSurvey;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.model.Answerer;
import io.github.ntm4j.machines.model.Model;

/** Trains a machine on sequences in memory, words to reverse, and asks it. */
void main() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<SequenceLine> lines = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(1, 6); length > 0; length--) {
            word.append("abcdefgh".charAt(random.nextInt(8)));
        }
        lines.add(SequenceLine.of(SequenceSide.text(word.toString()), SequenceSide.text(word.reverse().toString())));
    }
    // Also SequenceSide.words("turn", "left"), symbols(3, 0, 2) and vectors(new float[][] {{0.5f, 1}, {0.25f, 0}}).

    DataSurvey survey = DataSurvey.of("words", lines, Yaml.parse("{seed: 1, training: {sequences: 30000}}", "OwnSequences"));
    survey.report().lines().forEach(IO::println); // what ./ntm train says of a file
    RunConfig config = RunConfig.resolve(survey.settings());
    Path folder = Files.createTempDirectory("ntm4j").resolve("words");
    try (Run run = Run.start(folder, config, survey.task(), 2, KernelProvider.best())) {
        run.trainer().listen(event -> {
            if (event instanceof TrainingEvent.Evaluated it) {
                IO.println("%,d sequences: %.2f letters wrong".formatted(it.sequences(), it.evaluation().bitErrorsPerSequence()));
            }
        });
        IO.println(run.train());
    }

    Answerer answerer = new Answerer(Model.load(folder), 100, KernelProvider.best()); // no answer is longer
    String said = answerer.answer(SequenceLine.of(SequenceSide.text("head"))).said().toString();
    IO.println("head backwards: " + said);
    if (!said.equals("daeh")) {
        throw new IllegalStateException("it has not learned to reverse");
    }
}
