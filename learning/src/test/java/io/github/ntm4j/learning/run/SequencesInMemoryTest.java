package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.task.DataConfig;
import io.github.ntm4j.learning.task.DataSurvey;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceSide;
import io.github.ntm4j.machines.model.Answerer;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program trains on sequences that it has, without a file, and asks the machine in the same form. */
final class SequencesInMemoryTest {
    private static final ConfigTree SMALL = Yaml.parse(
            """
            seed: 3
            machine: {controller_size: 6, rows: 8, width: 4}
            training: {sequences: 64, batch: 4, evaluation_interval: 32, report_interval: 32}
            """,
            "test");

    @TempDir
    private Path folder;

    private static List<SequenceLine> words(int count, String last) {
        List<SequenceLine> lines = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> SequenceLine.of(SequenceSide.words("go", "n" + i % 7, "n" + i / 7), SequenceSide.words("n" + i % 7)))
                .toList());
        lines.add(SequenceLine.of(SequenceSide.words("stop"), SequenceSide.words(last)));
        return lines;
    }

    @Test
    void aRunOnThemIsLikeOneOnAFile() {
        DataSurvey survey = DataSurvey.of("words", words(40, "now"), SMALL);
        RunConfig config = RunConfig.resolve(survey.settings());
        DataConfig data = (DataConfig) config.task();
        assertThat(data.form().input().form()).isEqualTo(SequenceForm.WORDS);
        assertThat(data.source().sha256()).hasSize(64);
        assertThat(survey.report().training() + survey.report().heldBack()).isEqualTo(41);
        Path at = folder.resolve("run");
        try (Run run = Run.start(at, config, survey.task(), 1, KernelProvider.best())) {
            run.train();
        }
        Answerer answerer = new Answerer(Model.load(at), 5, KernelProvider.best());
        SequenceSide said = answerer.answer(SequenceLine.of(SequenceSide.words("go", "n3", "n4"))).said();
        assertThat(said).isInstanceOf(SequenceSide.Words.class);
        assertThat(said.steps()).isLessThanOrEqualTo(5);
    }

    @Test
    void aRunGoesOnWithTheSameSequencesToTheSameBitsAndWithNoOthers() {
        DataSurvey survey = DataSurvey.of("words", words(40, "now"), SMALL);
        RunConfig config = RunConfig.resolve(survey.settings());
        Path whole = folder.resolve("whole");
        try (Run run = Run.start(whole, config, survey.task(), 1, KernelProvider.best())) {
            run.train();
        }
        Path half = folder.resolve("half");
        RunConfig shorter = RunConfig.resolve(survey.settings().with(ConfigTree.assignment("training.sequences=32")));
        try (Run run = Run.start(half, shorter, survey.task(), 1, KernelProvider.best())) {
            run.train();
        }
        ConfigTree more = ConfigTree.assignment("training.sequences=64");
        DataSurvey others = DataSurvey.of("words", words(40, "later"), SMALL);
        assertThatThrownBy(() -> Run.resume(half, more, others.task(), 1, KernelProvider.best()))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("expected the sequences that the run began with, got others");
        DataSurvey again = DataSurvey.of("the same", words(40, "now"), ConfigTree.EMPTY);
        try (Run run = Run.resume(half, more, again.task(), 2, KernelProvider.best())) {
            run.train();
        }
        assertThat(Model.load(new RunFolder(half).last()).weightsSha256())
                .isEqualTo(Model.load(new RunFolder(whole).last()).weightsSha256());
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        refused("no sequences", List.of(), "list: expected sequences, found none");
        SequenceLine good = SequenceLine.of(SequenceSide.vectors(new float[] {1}), SequenceSide.vectors(new float[] {0.5f}));
        SequenceSide nan = SequenceSide.vectors(new float[] {1}, new float[] {Float.NaN});
        refused("NaN", List.of(good, SequenceLine.of(nan, nan)), "list, sequence 2: input step 2: NaN is not a finite number");
        refused("two forms", List.of(good, SequenceLine.of(SequenceSide.text("a"), SequenceSide.text("b"))), "list, sequence 2: expected the forms and widths of the first");
        refused("no target", List.of(good, SequenceLine.of(SequenceSide.vectors(new float[] {1}))), "list, sequence 2: no target");
        refused("negative", List.of(SequenceLine.of(SequenceSide.symbols(1, -3), SequenceSide.symbols(1))), "list, sequence 1: input step 2: symbol -3; expected 0 or more");
        SequenceSide one = SequenceSide.symbols(1);
        refused("mask", List.of(new SequenceLine(one, one, new float[] {2}, 0)), "list, sequence 1: mask step 1: 2.0 is not in 0 to 1");
        SequenceSide wide = SequenceSide.vectors(new float[] {1, 2});
        refused("width", List.of(good, SequenceLine.of(wide, wide)), "list, sequence 2: expected the forms and widths of the first");
        assertThatThrownBy(() -> SequenceSide.vectors(new float[] {1}, new float[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps: expected 1 numbers at each step, got 2 at step 2");
    }

    private static void refused(String what, List<SequenceLine> lines, String problem) {
        assertThatThrownBy(() -> DataSurvey.of("list", lines, ConfigTree.EMPTY)).as(what).isInstanceOf(UserException.class).hasMessageStartingWith(problem);
    }
}
