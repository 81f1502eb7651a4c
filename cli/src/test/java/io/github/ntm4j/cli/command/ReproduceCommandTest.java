package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reproduction of two tiny experiments: the figures of its report are those of {@code eval}. */
final class ReproduceCommandTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path done;
    private static Outcome outcome;

    @BeforeAll
    static void reproduce() {
        done = shared.resolve("done");
        outcome = Cli.run(
                "reproduce", "--task", "associative-recall", "--machine", "ntm-ff", "--machine", "ntm-lstm", "--seeds", "3", "--sequences", "8",
                "--jobs", "2", "--out", done.toString());
    }

    @Test
    void a_person_is_told_of_each_run_and_of_the_report() {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.getFirst()).startsWith("reproducing associative-recall by ntm-ff, ntm-lstm: 2 combinations of settings, 1 seed, 2 runs, ");
        assertThat(lines.subList(1, 3)).allSatisfy(line ->
                assertThat(line).matches("associative-recall by (ntm-ff|ntm-lstm), seed 3: not solved in 8 sequences, .*; [12] of 2 done.*"));
        assertThat(lines).contains("report: " + done + "/report.html", "report: " + done + "/report.md");
    }

    @Test
    void the_report_has_the_figures_of_eval() throws IOException {
        String report = Files.readString(done.resolve("report.md"));
        Path run = done.resolve("runs/1-associative-recall-ntm-ff-seed3");
        Outcome eval = Cli.run("eval", run.toString(), "--at", "items=20", "--sequences", "1000", "--json");
        JsonNode result = JsonMapper.builder().build().readTree(eval.out()).at("/results/0");
        String bits = Figures.measured(result.get("bits_per_sequence").asDouble());
        String wrong = Figures.measured(result.get("bit_errors_per_sequence").asDouble());
        assertThat(report).containsPattern("\\| ntm-ff +\\| items 20 \\| +" + bits + " \\| +" + wrong + " \\| +0 \\|");
        assertThat(report).containsPattern("\\| associative-recall +\\| +ntm-ff \\|.* 0 of 1 \\| .* about 0 after 30,000; 1\\.3 at 15 items \\|");
        assertThat(report).contains("](images/associative-recall-learning.svg)", "](images/associative-recall-reach.svg)");
        assertThat(done.resolve("images/associative-recall-at-work.svg")).isNotEmptyFile();
    }

    @Test
    void the_commands_in_the_report_train_the_same_machines() throws IOException {
        String command = Files.readAllLines(done.resolve("report.md")).stream()
                .filter(line -> line.startsWith("./ntm sweep associative-recall --machine ntm-ff "))
                .findFirst()
                .orElseThrow();
        Path out = folder.resolve("again");
        Outcome again = Cli.run((command.substring("./ntm ".length()) + " --out " + out).split(" "));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(hashes(done)).contains(hashes(out).getFirst());
    }

    private static List<String> hashes(Path sweep) throws IOException {
        return Files.readAllLines(sweep.resolve("results.jsonl")).stream()
                .map(line -> JsonMapper.builder().build().readTree(line).get("weights_sha256").asString())
                .toList();
    }

    @Test
    void the_page_is_well_formed_and_has_its_pictures_inside() throws Exception {
        String page = Files.readString(done.resolve("report.html")).replace("<!doctype html>", "").replaceAll("<meta [^>]*>", "");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(2);
        assertThat(page).doesNotContain("<script", "<link", "src=");
    }

    @Test
    void it_goes_on_without_training_or_measuring_again_what_it_has() throws IOException {
        Path cases = done.resolve("runs/1-associative-recall-ntm-ff-seed3/cases.jsonl");
        var measured = Files.getLastModifiedTime(cases);
        String report = Files.readString(done.resolve("report.md"));
        Outcome again = Cli.run("reproduce", "--resume", done.toString(), "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("2 runs (2 done before)").doesNotContain("seed 3: ");
        assertThat(Files.getLastModifiedTime(cases)).isEqualTo(measured);
        assertThat(done.resolve("report.md")).hasContent(report);
        JsonNode json = JsonMapper.builder().build().readTree(again.out());
        assertThat(json.get("files").get(0).asString()).isEqualTo(done.resolve("report.html").toString());
    }

    @Test
    void nothing_is_left_of_a_reproduction_that_could_not_begin() {
        Outcome wrong = Cli.run("reproduce", "--quick", "--sequences", "0", "--out", folder.toString());
        assertThat(wrong.err()).isEqualTo("ntm: --sequences: expected a whole number from 1 to 1e15, got '0'\n");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --task sort             | unknown task 'sort'
            --machine ntm           | unknown machine 'ntm'
            --task copy --task copy | --task copy is given twice
            --preset paper          | unknown preset 'paper'
            --seeds 3..1            | --seeds: expected a range from the smaller to the larger number, got '3..1'
            --quick --resume there  | --resume contradicts --quick: a reproduction goes on with its own experiments in its own folder
            --resume there          | --resume there: expected the folder of a sweep with sweep.yaml, found none
            --jobs 0                | --jobs: expected a whole number from 1 to 1024, got 0
            """)
    void wrong_use_is_named_in_one_line(String arguments, String message) {
        Outcome wrong = Cli.run(("reproduce " + arguments).split(" "));
        assertThat(wrong.err()).startsWith("ntm: " + message).hasLineCount(1);
        assertThat(wrong.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(wrong.out()).isEmpty();
    }
}
