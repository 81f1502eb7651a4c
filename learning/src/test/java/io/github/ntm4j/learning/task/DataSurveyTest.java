package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.data.DataForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.SequenceCoding.Layout;
import io.github.ntm4j.machines.data.SequenceForm;
import io.github.ntm4j.machines.machine.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file's sequences are like is found out by reading it, unless somebody knows better. */
final class DataSurveyTest {
    @TempDir
    private Path folder;

    private DataConfig survey(String text, String... assignments) throws IOException {
        Path file = Files.writeString(folder.resolve("data.jsonl"), text);
        ConfigTree given = ConfigTree.option("the argument", "task.name", "data")
                .with(ConfigTree.option("the argument", "task.file", file.toString()));
        for (String assignment : assignments) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        return ConfigTree.of(Map.of("task", Settings.describe(DataConfig.DEFAULT)), "defaults")
                .overriddenBy(DataSurvey.complete(given))
                .bind(DataConfig.class, "task");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"input\":[[1,2]],\"target\":[[0,1,1]]} | VECTORS | 2 | VECTORS | 3 | BITS    | DURING",
        "{\"input\":[[1]],\"target\":[[0.5]]}     | VECTORS | 1 | VECTORS | 1 | REALS   | DURING",
        "{\"input\":[0,7],\"target\":[1,0]}       | SYMBOLS | 2 | SYMBOLS | 2 | SYMBOLS | AFTER",
        "{\"input\":[0,1],\"target\":[4]}         | SYMBOLS | 2 | SYMBOLS | 1 | SYMBOLS | AFTER",
        "{\"input\":\"abca\",\"target\":\"xy\"}   | TEXT    | 3 | TEXT    | 2 | SYMBOLS | AFTER",
        "{\"input\":\"ab\",\"target\":\"xy\"}     | TEXT    | 2 | TEXT    | 2 | SYMBOLS | AFTER",
        "{\"input\":[[1],[2]],\"target\":\"yes\"} | VECTORS | 1 | TEXT    | 3 | SYMBOLS | AFTER",
    })
    void theFormsSayWhatTheTargetsAre(
            String line, SequenceForm input, int inputWidth, SequenceForm target, int targetWidth, Objective targets, Layout layout)
            throws IOException {
        DataConfig config = survey(line);
        assertThat(config.form().input().form()).isEqualTo(input);
        assertThat(config.form().input().width()).isEqualTo(inputWidth);
        assertThat(config.form().target().form()).isEqualTo(target);
        assertThat(config.form().target().width()).isEqualTo(targetWidth);
        assertThat(config.form().targets()).isEqualTo(targets);
        assertThat(config.form().layout()).isEqualTo(layout);
    }

    @Test
    void alphabetsAreTheCharactersOfAllLinesInTheirOrder() throws IOException {
        DataConfig config = survey("{\"input\":\"zü\",\"target\":\"b\"}\n{\"input\":\"a😀\",\"target\":\"\"}\n");
        assertThat(config.form().input().alphabet()).isEqualTo("azü😀");
        assertThat(config.form().coding().inputs()).as("and the delimiter").isEqualTo(5);
        assertThat(config.form().target().alphabet()).isEqualTo("b");
    }

    @Test
    void whoKnowsBetterSaysSo() throws IOException {
        String text = "{\"input\":[[1]],\"target\":[[0,1]]}\n";
        assertThat(survey(text, "task.targets=symbols").form().targets()).isEqualTo(Objective.SYMBOLS);
        assertThat(survey(text, "task.targets=reals").form().targets()).isEqualTo(Objective.REALS);
        assertThat(survey("{\"input\":\"ab\",\"target\":\"ba\"}", "task.layout=during").form().layout()).isEqualTo(Layout.DURING);
        assertThat(survey("{\"input\":[1],\"target\":[0]}", "task.input_width=10").form().input().width()).isEqualTo(10);
    }

    @Test
    void whatIsGivenNeedsNotSayWhatGoesWithIt() throws IOException {
        assertThat(survey("{\"input\":\"a b\",\"target\":\"c d e\"}\n", "task.target_form=words").form().target().words()).isEqualTo("c d e");
        DataConfig vectors = survey("{\"input\":[[1],[1]],\"target\":[[1]]}\n", "task.answer_steps=1");
        assertThat(vectors.form().layout()).isEqualTo(Layout.AFTER);
        assertThat(vectors.form().coding().outputs()).isEqualTo(1);
        assertThat(survey("{\"input\":[[1]],\"target\":[[5]]}\n", "task.target_means=4", "task.target_deviations=2").form().targetScales().means()).isEqualTo("4");
    }

    /** Two files, whose numbers are alike but for their size. */
    @Test
    void realNumbersThatAreFarFromOneAreScaledByTheTrainingPart() throws IOException {
        StringBuilder near = new StringBuilder();
        StringBuilder far = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String line = "{\"input\":[[%s,%d],[%s,1]],\"target\":[[0],[%s]],\"mask\":[0,1]}\n";
            double x = Math.sin(i);
            near.append(line.formatted(x, i % 2, -x, x / 2));
            far.append(line.formatted(1000 + 50 * x, i % 2, 1000 - 50 * x, x / 200));
        }
        DataConfig asTheyAre = survey(near.toString());
        assertThat(asTheyAre.form().scale()).isEqualTo(DataForm.Scale.NONE);
        assertThat(asTheyAre.form().inputScales().means()).isEmpty();
        DataConfig scaled = survey(far.toString());
        assertThat(scaled.form().scale()).isEqualTo(DataForm.Scale.STANDARD);
        DataTask task = scaled.create();
        double[] sums = new double[4];
        task.training().forEach(sequence -> {
            for (int t = 0; t < 2; t++) {
                sums[0] += sequence.input()[2 * t];
                sums[1] += sequence.input()[2 * t] * sequence.input()[2 * t];
            }
            sums[2] += sequence.target()[1];
            sums[3] += sequence.target()[1] * sequence.target()[1];
            assertThat(sequence.input()[3]).as("a bit stays one").isEqualTo(1);
        });
        int n = task.trainingSequences();
        assertThat(sums[0] / (2 * n)).isCloseTo(0, within(1e-5));
        assertThat(sums[1] / (2 * n)).isCloseTo(1, within(1e-4));
        assertThat(sums[2] / n).as("of the training part only").isCloseTo(0, within(1e-5));
        assertThat(sums[3] / n).isCloseTo(1, within(1e-4));
        assertThat(survey(far.toString(), "task.scale=none").form().inputScales().means()).isEmpty();
        assertThat(survey(near.toString(), "task.scale=standard").form().inputScales().means()).isNotEmpty();
        assertThat(ConfigTree.of(Map.of("task", Settings.describe(scaled)), "config.yaml").bind(DataConfig.class, "task")).isEqualTo(scaled);
    }

    @Test
    void bitsAndSymbolsAreNeverScaled() throws IOException {
        assertThat(survey("{\"input\":[[0,1]],\"target\":[[1,0]]}\n{\"input\":[[0,0]],\"target\":[[1,1]]}", "task.scale=standard").form().targetScales().means()).isEmpty();
        DataConfig symbols = survey("{\"input\":[500],\"target\":[900]}\n{\"input\":[7],\"target\":[9]}", "task.scale=standard");
        assertThat(symbols.form().inputScales().means()).isEmpty();
    }

    @Test
    void targetsThatAreNotWhatSomebodySaysAreRefused() throws IOException {
        assertThatThrownBy(() -> survey("{\"input\":[[1],[1]],\"target\":[[0],[1.5]]}", "task.targets=bits"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--set task.targets: ")
                .hasMessageEndingWith("data.jsonl, line 1: target step 2: expected numbers from 0 to 1, found 1.5");
        assertThatThrownBy(() -> survey("{\"input\":[[1]],\"target\":[[1,1]]}", "task.targets=symbols"))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("line 1: target step 1: expected the probabilities of symbols, with a sum of 1, found a sum of 2.0");
        assertThatThrownBy(() -> survey("{\"input\":\"a\",\"target\":\"b\"}", "task.targets=reals"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("task.targets: expected symbols for targets that are no vectors");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "#", ":", "-", "0123456789", "~", "\"'", "\t\n\r", "!&*?|>%@`", "{}[],", "ny", "é😀", "\u0001\u007f\u0085\u2028\ufeff"})
    void anyAlphabetSurvivesTheFilesOfARun(String alphabet) throws IOException {
        String letters = ConfigWriter.toJson(Map.of("input", alphabet, "target", "a"));
        Path file = Files.writeString(folder.resolve("data.jsonl"), letters + "\n" + letters + "\n");
        RunConfig config = RunConfig.resolve(ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), "test"));
        assertThat(((DataConfig) config.task()).form().coding().input().width()).isEqualTo(alphabet.codePointCount(0, alphabet.length()));
        assertThat(RunConfig.resolve(Yaml.parse(Yaml.text(config.toMap()), "config.yaml"))).isEqualTo(config);
        assertThat(RunConfig.resolve(Yaml.parse(ConfigWriter.toJson(config.toMap()), "checkpoint"))).isEqualTo(config);
    }

    @Test
    void linesOfTwoFormsAreRefused() {
        assertThatThrownBy(() -> survey("{\"input\":\"a\",\"target\":\"b\"}\n{\"input\":[[1]],\"target\":\"b\"}\n"))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("data.jsonl, line 2: input is an array; expected a text");
    }

    @Test
    void stepsThatDoNotCountMayHaveAnyTarget() throws IOException {
        assertThat(survey("{\"input\":[[1],[1]],\"target\":[[9],[1]],\"mask\":[0,1]}").form().targets()).isEqualTo(Objective.BITS);
    }

    @Test
    void symbolsWithGapsBetweenThemAreNumberedWithoutThem() throws IOException {
        DataConfig config = survey("{\"input\":[0,3,65535],\"target\":[2]}\n{\"input\":[100000],\"target\":[0]}");
        assertThat(config.form().input().symbols()).isEqualTo("0 3 65535 100000");
        assertThat(config.form().coding().input().width()).isEqualTo(4);
        assertThat(config.form().target().symbols()).isEqualTo("0 2");
        DataConfig dense = survey("{\"input\":[0,1],\"target\":[2,1,0]}");
        assertThat(dense.form().input().symbols()).isEmpty();
        assertThat(dense.form().target().symbols()).isEmpty();
        assertThat(survey("{\"input\":[0,7],\"target\":[0]}", "task.input_width=10").form().coding().input().width()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\\\", "a b", "#", "- x", "é😀", "\\n", "<unk>", "\u2028"})
    void anyWordsSurviveTheFilesOfARun(String word) throws IOException {
        String line = "{\"input\":[\"" + word + "\",\"b\"],\"target\":[\"x\"]}\n";
        Path file = Files.writeString(folder.resolve("data.jsonl"), line + line);
        RunConfig config = RunConfig.resolve(ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), "test"));
        assertThat(RunConfig.resolve(Yaml.parse(Yaml.text(config.toMap()), "config.yaml"))).isEqualTo(config);
        assertThat(RunConfig.resolve(Yaml.parse(ConfigWriter.toJson(config.toMap()), "checkpoint"))).isEqualTo(config);
        assertThat(((DataConfig) config.task()).form().input().form()).isEqualTo(SequenceForm.WORDS);
    }

    @Test
    void aTaskOfATableKnowsItsColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("x_TRAIN.tsv"), "1\t0.5\t1\n2\t0.5\t2\n1\t0.5\t3\n2\t0\t1\n");
        DataConfig config = (DataConfig) RunConfig.resolve(ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), "test")).task();
        assertThat(config.form().reading().labelColumn()).isEqualTo("first");
        assertThat(config.form().reading().columns()).isEqualTo(3);
        assertThat(config.create().trainingSequences()).isEqualTo(3);
        Path test = Files.writeString(folder.resolve("x_TEST"), "2,1,1\n1,1,2\n");
        assertThat(config.measuring(test).testSequences(Size.ALL)).isEqualTo(2);
    }

    @Test
    void windowsAreHeldBackByTimeWithoutThoseThatOverlap() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 103; i++) {
            rows.append(i % 7).append('\n');
        }
        Path file = Files.writeString(folder.resolve("series.csv"), rows);
        Map<String, Object> task = Map.of("name", "data", "file", file.toString(), "window", 3, "horizon", 1);
        DataTask held = ((DataConfig) RunConfig.resolve(ConfigTree.of(Map.of("task", task), "test")).task()).create();
        assertThat(held.testSequences(Size.ALL)).isEqualTo(10);
        assertThat(held.trainingSequences()).as("100 windows, 10 held back, 3 before them share rows with these").isEqualTo(87);
    }
}
