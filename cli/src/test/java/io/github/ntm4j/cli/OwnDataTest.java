package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.random.Random64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of sequences is trained on, measured and answered by the same commands as the tasks that come along. */
final class OwnDataTest {
    @TempDir
    private static Path folder;

    private static Path words;
    private static Path run;
    private static Cli.Outcome trained;

    private static List<String> arguments(Path file, Path out, int sequences, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train", file.toString(), "--out", out.toString(), "--threads", "1", "--sequences", Integer.toString(sequences),
                "--set", "machine.controller_size=8", "--set", "machine.rows=8", "--set", "machine.width=4",
                "--set", "training.evaluation_interval=128", "--set", "training.report_interval=64"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Cli.Outcome train(Path file, Path out, String... more) {
        return Cli.run(arguments(file, out, 256, more).toArray(String[]::new));
    }

    @BeforeAll
    static void trainOnWords() throws IOException {
        Random64 random = Random64.of(4, "words", 0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder word = new StringBuilder();
            int length = random.nextInt(1, 6);
            for (int j = 0; j < length; j++) {
                word.append("aeö".charAt(random.nextInt(0, 2)));
            }
            lines.add("{\"input\": \"" + word + "\", \"target\": \"" + word.reverse() + "\"}");
        }
        words = Files.write(folder.resolve("some words.jsonl"), lines);
        run = folder.resolve("run");
        trained = train(words, run, "--json");
    }

    @Test
    void aFileIsTrainedOnAsATaskIs() throws IOException {
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("\"task\":\"data\"", "\"symbol_errors_per_sequence\":", "\"sequences\":256");
        assertThat(Files.readString(run.resolve("config.yaml"))).contains("input_alphabet: aeö", "layout: after", "targets: symbols");
        assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"kind\":\"evaluation\"", "\"symbol_errors_per_sequence\":");
        assertThat(Cli.run("verify", run.toString()).code()).isZero();
    }

    @Test
    void itIsMeasuredOnWhatWasHeldBackOrOnAnotherFile() throws IOException {
        Cli.Outcome held = Cli.run("eval", run.toString(), "--json");
        assertThat(held.code()).as(held.err()).isZero();
        assertThat(held.out()).contains("\"sequences\":2", "\"at\":{}", "\"symbol_errors_interval_95\":");
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"input\": \"ae\", \"target\": \"ea\"}\n");
        Cli.Outcome measured = Cli.run("eval", run.toString(), "--data", other.toString());
        assertThat(measured.code()).as(measured.err()).isZero();
        assertThat(measured.out()).contains("symbol errors", " of 1\n");
        assertThat(Cli.run("show", run.toString(), "--out", folder.resolve("pictures").toString()).code()).isZero();
        assertThat(Cli.run("plot", run.toString(), "--out", folder.resolve("curves").toString()).code()).isZero();
    }

    @Test
    void itAnswersInText() {
        Cli.Outcome said = Cli.runWithInput("{\"input\": \"aeö\"}\n{\"input\": \"\"}\n", "run", run.toString(), "--limit", "5");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out().lines().toList()).hasSize(2).allMatch(line -> line.matches("\\{\"output\":\"[aeö]{0,5}\"}"));
        Cli.Outcome probabilities =
                Cli.runWithInput("{\"input\": \"a\"}\n", "run", run.toString(), "--limit", "2", "--probabilities");
        assertThat(probabilities.out()).startsWith("{\"output\": [[0.");
    }

    @Test
    void itGoesOnToTheBitAlsoWhereTheFileHasMoved() throws IOException {
        Path half = folder.resolve("half");
        assertThat(Cli.run(arguments(words, half, 128).toArray(String[]::new)).code()).isZero();
        Path moved = Files.copy(words, folder.resolve("moved.jsonl"));
        Cli.Outcome resumed = Cli.run(
                "train", "--resume", half.toString(), "--sequences", "256", "--threads", "2", "--set", "task.file=" + moved, "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(hash(resumed)).isEqualTo(hash(trained));
    }

    private static String hash(Cli.Outcome outcome) {
        return outcome.out().replaceFirst("(?s).*\"weights_sha256\":\"([0-9a-f]+)\".*", "$1");
    }

    @Test
    void realNumbersHaveASquaredError() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"input\": [[0." + i + "], [1]], \"target\": [[0], [0." + i + "]]}");
        }
        Path file = Files.write(folder.resolve("reals.jsonl"), lines);
        Path out = folder.resolve("reals");
        Cli.Outcome outcome = train(file, out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("squared error per sequence", "root mean square");
        assertThat(Files.readString(out.resolve("metrics.jsonl"))).contains("\"squared_error_per_sequence\":").doesNotContain("bit_errors");
        assertThat(Files.readString(out.resolve("curve.svg"))).contains("squared error per sequence").doesNotContain("bit errors");
        Cli.Outcome said = Cli.runWithInput("{\"input\": [[0.3], [1]]}\n", "run", out.toString());
        assertThat(said.out()).startsWith("{\"output\": [[");
    }

    @Test
    void realNumbersThatAreScaledComeBackInTheirOwnUnit() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add("{\"input\": [[" + (5000 + 10 * i) + "], [" + (5000 - i) + "]], \"target\": [[" + (0.002 + i * 1e-5) + "]]}");
        }
        Path file = Files.write(folder.resolve("far.jsonl"), lines);
        Path out = folder.resolve("far");
        Cli.Outcome outcome = train(file, out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("inputs and targets are scaled by mean and deviation of the training part", "every answer has 1 step ");
        Cli.Outcome said = Cli.runWithInput("{\"input\": [[5300], [4970]]}\n", "run", out.toString());
        assertThat(said.code()).as(said.err()).isZero();
        double answer = Double.parseDouble(said.out().replaceAll("[^0-9.eE-]", ""));
        assertThat(answer).as("a number such as those trained on").isBetween(0.0005, 0.0045);
        // What eval tells is what the answers of run are off by, in the unit of the targets.
        Path held = Files.writeString(folder.resolve("one.jsonl"), "{\"input\": [[5300], [4970]], \"target\": [[0.0023]]}\n");
        Cli.Outcome measured = Cli.run("eval", out.toString(), "--data", held.toString(), "--json");
        double error = Double.parseDouble(measured.out().replaceFirst("(?s).*\"root_mean_square\":([0-9.eE-]+).*", "$1"));
        assertThat(error).isCloseTo(Math.abs(answer - 0.0023), within(1e-6));
        assertThat(Cli.run("verify", out.toString()).code()).isZero();
    }

    @Test
    void vectorsAreAnsweredAfterTheInputUntilTheMachineSaysTheEnd() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add("{\"input\": [[" + i % 2 + "], [" + i / 2 % 2 + "], [0." + i + "]], \"target\": [[1]" + ", [0]".repeat(i % 2) + "]}");
        }
        Path file = Files.write(folder.resolve("after.jsonl"), lines);
        Path out = folder.resolve("after");
        Cli.Outcome outcome = train(file, out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readString(out.resolve("config.yaml"))).contains("layout: after", "answer_steps: 0", "targets: bits");
        Cli.Outcome said = Cli.runWithInput("{\"input\": [[1], [0], [0.5]]}\n", "run", out.toString(), "--limit", "4");
        assertThat(said.out()).as("a number for each step, without the end").matches("\\{\"output\": \\[(\\[[0-9.eE-]+\\](, )?){0,4}\\]\\}\n");
        assertThat(Cli.run("eval", out.toString()).code()).isZero();
        assertThat(Cli.run("show", out.toString(), "--out", folder.resolve("after-pictures").toString()).code()).isZero();
    }

    @Test
    void nothingIsSolvedOnTargetsThatAreAllEqual() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"input\": [" + i + "], \"target\": [1]}");
        }
        Path file = Files.write(folder.resolve("equal.jsonl"), lines);
        Cli.Outcome outcome = Cli.run(arguments(file, folder.resolve("equal"), 2048, "--set", "training.learning_rate=0.01").toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("not solved").doesNotContain("\nsolved after");
        assertThat(outcome.err()).contains("warning: all targets to train on are equal");
    }

    @Test
    void whatWasFoundIsSaidBeforeTrainingAndByVerifyInTheSameLines() {
        Cli.Outcome verified = Cli.run("verify", words.toString());
        assertThat(verified.code()).as(verified.err()).isZero();
        List<String> lines = verified.out().lines().skip(1).map(String::strip).toList();
        assertThat(trained.err().lines().toList()).startsWith(lines.toArray(String[]::new));
        assertThat(lines).anyMatch(line -> line.startsWith("answers after the input, as every target is its input in another order"));
        assertThat(trained.out()).as("one JSON object").startsWith("{").hasLineCount(1);
        Cli.Outcome json = Cli.run("verify", words.toString(), "--json", "--set", "task.layout=during");
        assertThat(json.out()).contains("\"layout\":\"during\"", "\"layout_reason\":\"as task.layout says\"").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nothing.jsonl | {\"input\": [[%d]], \"target\": [[1]], \"mask\": [0]}",
        "untold.jsonl | {\"input\": [[%d]]}",
        "mixed.jsonl | {\"input\": [[%d]], \"target\": [[1, 2], [1]]}",
        "empty.jsonl | ''",
    })
    void verifyRefusesWhatTrainRefusesInTheSameLine(String name, String line) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(line.formatted(i));
        }
        Path file = Files.write(folder.resolve(name), lines);
        Cli.Outcome refused = train(file, folder.resolve("refused"));
        Cli.Outcome verified = Cli.run("verify", file.toString());
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(verified.code()).isEqualTo(2);
        assertThat(verified.err()).isEqualTo(refused.err()).hasLineCount(1);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void itIsExportedWithACardThatSaysHowToMakeItAgain() throws IOException {
        Path model = folder.resolve("reverse.safetensors");
        Cli.Outcome exported = Cli.run("export", run.toString(), "--out", model.toString(), "--card");
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(Files.readString(folder.resolve("reverse.md")))
                .contains("./ntm train " + words + " --seed 1 --set task.targets=symbols --set task.layout=after --set machine.controller_size=8")
                .contains("symbol errors", "all", "length 4 to 14")
                .doesNotContain("alphabet", "bit errors");
        Cli.Outcome said = Cli.runWithInput("{\"input\": \"aeö\"}\n", "run", model.toString(), "--limit", "3");
        assertThat(said.out()).startsWith("{\"output\":\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "train missing.jsonl | cannot read missing.jsonl: ",
        "train RUN/config.yaml | config.yaml, line 1: not valid JSON: column 1: unrecognized token 'preset'",
        "train WORDS --set task.inputs=3 | --set task.inputs: no such setting; task.* has name, file, ",
        "train WORDS --set training.curriculum=5 | training.curriculum: expected 0 for sequences from a file, got 5",
        "train WORDS --set task.target_alphabet=xyz | line 1: target step 1: character ",
        "eval RUN --data missing.jsonl | cannot read missing.jsonl: ",
        "eval RUN --at length=1 | size length=1: expected the length of a sequence to evaluate on",
        "train --resume RUN --set task.split_seed=2 | expected changes to the training only",
        "run RUN --limit 0 | --limit: expected a whole number from 1 to 1000000, got 0",
    })
    void whatIsWrongIsSaidInOneLine(String line, String problem) {
        String[] arguments = line.strip().split(" ");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].replace("WORDS", words.toString()).replace("RUN", run.toString());
        }
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err().strip()).startsWith("ntm: ").contains(problem.strip()).doesNotContain("\n");
    }

    @Test
    void anUnknownCharacterIsNamedWithItsLine() {
        Cli.Outcome outcome = Cli.runWithInput("{\"input\": \"a\"}\n{\"input\": \"ax\"}\n", "run", run.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("ntm: <stdin>, line 2: input step 2: character 'x'; expected one of 'aeö'\n");
    }
}
