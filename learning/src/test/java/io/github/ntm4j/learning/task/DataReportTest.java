package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a file before a training on it, and which files are refused or warned of because nothing can be learned from them. */
final class DataReportTest {
    @TempDir
    private Path folder;

    private Path file(String name, int lines, IntFunction<String> line) throws IOException {
        return Files.write(folder.resolve(name), IntStream.range(0, lines).mapToObj(line).toList());
    }

    private static DataSurvey survey(Path file, String... assignments) {
        ConfigTree given = ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), "test");
        for (String assignment : assignments) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        return DataSurvey.of(given).orElseThrow();
    }

    private static String said(Path file, String... assignments) {
        return String.join("\n", survey(file, assignments).report().lines());
    }

    @Test
    void formLengthsLayoutCountedStepsAndHeldBackSequencesAreSaid() throws IOException {
        Path file = file("lists.jsonl", 100, i -> {
            List<Integer> list = List.of(i % 8, i / 8, i % 5, i % 3, i % 7).subList(0, 2 + i % 4);
            return "{\"input\":" + list + ",\"target\":" + list.reversed() + "}";
        });
        DataReport report = survey(file).report();
        assertThat(report.lines().subList(0, 4)).containsExactly(
                "sequences: 90 to train on, 10 held back (task.validation_share=0.1, or task.validation_file)",
                "input: symbols, 13 in use, 0 to 12; 2 to 5 steps, median 3",
                "target: symbols, 13 in use, 0 to 12; 2 to 5 steps, median 3",
                "answers after the input, as every target is its input in another order; task.layout=after (or during)");
        assertThat(report.lines().get(4)).isEqualTo(report.counted() + " of " + report.steps() + " steps count");
        assertThat(report.steps()).as("input, delimiter, target and end").isEqualTo(2 * report.counted());
        assertThat(said(file, "task.layout=during")).contains("answers during the input, as task.layout says; task.layout=during (or after)");
        assertThat(report.toMap()).containsEntry("layout", "after").containsEntry("held_back_sequences", 10).containsEntry("warnings", List.of());
    }

    @Test
    void kindAndRangeOfNumbersAreSaidAndHowManyStepsAMaskLeaves() throws IOException {
        Path file = file("reals.jsonl", 40, i -> "{\"input\":[[0." + i + ",0],[1,1]],\"target\":[[9],[-0.25]],\"mask\":[0," + (i % 4 == 0 ? 0 : 1) + "]}");
        assertThat(said(file)).contains(
                "input: vectors of 2 numbers from 0 to 1; 2 steps",
                "target: vectors of 1 number from -0.25 to -0.25, real numbers; 2 steps; task.targets=reals",
                "answers during the input, as steps of the input are left out",
                "30 of 80 steps count",
                "warning: all targets to train on are equal",
                "warning: no step counts in 10 sequences",
                "numbers are taken as they are; task.scale=none (or standard)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"input\":[[%d]],\"target\":[[1]],\"mask\":[0]} | expected steps that count, found none in the 18 sequences to train on",
        "{\"input\":[%d,1],\"target\":[1,2],\"mask\":[0,0]} | expected steps that count, found none in the 18 sequences to train on",
    })
    void nothingCounts(String line, String problem) throws IOException {
        Path file = file("nothing.jsonl", 20, line::formatted);
        assertThatThrownBy(() -> survey(file).report()).isInstanceOf(UserException.class).hasMessageStartingWith(file + ": " + problem);
        assertThatThrownBy(() -> RunConfig.resolve(survey(file).settings()).task().create()).isInstanceOf(UserException.class);
    }

    @Test
    void nothingCountsInWhatIsHeldBack() throws IOException {
        Path file = file("good.jsonl", 20, i -> "{\"input\":[[0." + i + "]],\"target\":[[" + i % 2 + "]]}");
        Path held = file("held.jsonl", 3, i -> "{\"input\":[[0.7" + i + "]],\"target\":[[1]],\"mask\":[0]}");
        assertThatThrownBy(() -> survey(file, "task.validation_file=" + held).report())
                .isInstanceOf(UserException.class)
                .hasMessage(held + ": expected steps that count, found none in the 3 sequences held back: a mask of 0 or null leaves them all out");
        DataConfig config = (DataConfig) RunConfig.resolve(survey(file).settings()).task();
        assertThatThrownBy(() -> config.measuring(held)).isInstanceOf(UserException.class).hasMessageContaining("none in the 3 sequences:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bits, all 0 | {\"input\":[[0.%1$d],[1]],\"target\":[[0],[0]]}",
        "bits in two channels | {\"input\":[[0.%1$d],[1]],\"target\":[[0,1],[0,1]]}",
        "one real number | {\"input\":[[0.%1$d],[1]],\"target\":[[0.5],[0.5]]}",
        "one symbol | {\"input\":[%1$d,1],\"target\":[3,3]}",
        "one text | {\"input\":\"%1$d\",\"target\":\"ab\"}",
        "nothing | {\"input\":\"%1$d\",\"target\":\"\"}",
        "one word | {\"input\":[\"w%1$d\"],\"target\":[\"yes\"]}",
        "what counts | {\"input\":[[1],[0]],\"target\":[[0.%1$d],[0]],\"mask\":[0,1]}",
    })
    void nothingIsSolvedWhereAllTargetsAreEqual(String what, String line) throws IOException {
        DataSurvey survey = survey(file("equal.jsonl", 20, line::formatted));
        assertThat(survey.task().solvable()).as(what).isFalse();
        assertThat(survey.report().warnings()).first().asString().contains("all targets to train on are equal");
    }

    @Test
    void targetsOfWhichOnlyTheLengthDiffersAreToBeLearned() throws IOException {
        DataSurvey text = survey(file("as.jsonl", 30, i -> "{\"input\":\"" + i + "\",\"target\":\"" + "a".repeat(1 + i % 7) + "\"}"));
        assertThat(text.task().solvable()).isTrue();
        assertThat(text.report().warnings()).isEmpty();
    }

    @Test
    void whatIsHeldBackMaySayTooLittle() throws IOException {
        Path file = file("good.jsonl", 20, i -> "{\"input\":[[0." + i + "]],\"target\":[[" + i % 2 + "]]}");
        Path held = file("held.jsonl", 3, i -> "{\"input\":[[0.7" + i + "]],\"target\":[[1]]}");
        DataSurvey equal = survey(file, "task.validation_file=" + held);
        assertThat(equal.task().solvable()).isFalse();
        assertThat(equal.report().warnings()).singleElement().asString().startsWith("all targets held back are equal");
        assertThat(survey(file, "task.validation_file=" + file).report().warnings())
                .contains("20 sequences of 20 held back are trained on, too: evaluations do not show how it does on others");
    }

    @Test
    void numbersThatNeverChangeAreSaid() throws IOException {
        Path file = file("constant.jsonl", 20, i -> "{\"input\":[[0." + i + ",0.5,0]],\"target\":[[" + i % 2 + ",1]]}");
        assertThat(survey(file).report().warnings()).containsExactly(
                "2 of 3 numbers in input vectors are the same at every step", "1 of 2 numbers in target vectors is the same at every step");
    }

    @Test
    void aLineOfAnotherLengthAmongVectorsIsNamedWithTheSettingThatAllowsIt() throws IOException {
        Path file = file("uneven.jsonl", 20, i -> "{\"input\":[[0." + i + "],[1]],\"target\":[[0." + i + "]" + (i == 4 ? "" : ",[1]") + "]}");
        assertThatThrownBy(() -> survey(file))
                .isInstanceOf(UserException.class)
                .hasMessage(file + ", line 5: target has 1 steps, but input has 2; targets that follow their inputs need --set task.layout=after");
        assertThat(said(file, "task.layout=after")).contains("answers after the input, as task.layout says").doesNotContain("every answer has");
    }

    @Test
    void answersInVectorsOfOneLengthNeedNoEnd() throws IOException {
        DataSurvey survey = survey(file("sums.jsonl", 20, i -> "{\"input\":[[0." + i + "],[1],[0]],\"target\":[[0." + i + "],[1]]}"));
        assertThat(String.join("\n", survey.report().lines())).contains("answers after the input", "every answer has 2 steps (task.answer_steps=2;");
        assertThat(survey.task().outputs()).isEqualTo(1);
        assertThat(survey(folder.resolve("sums.jsonl"), "task.answer_steps=0").task().outputs()).as("and a channel for the end").isEqualTo(2);
    }
}
