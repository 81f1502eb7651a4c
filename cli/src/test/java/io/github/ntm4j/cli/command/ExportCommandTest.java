package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.ModelPage;
import io.github.ntm4j.cli.TrainedRun;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Path run;
    private Path out;
    private Path card;

    @BeforeEach
    void copyRun() {
        run = TrainedRun.copyTo(folder.resolve("run"));
        out = folder.resolve("model.safetensors");
        card = folder.resolve("model.md");
    }

    private Outcome export(String... more) {
        return Cli.run(Stream.concat(Stream.of("export", run.toString(), "--out", out.toString()), Stream.of(more)).toArray(String[]::new));
    }

    private void refused(Outcome outcome, String message) {
        assertThat(outcome.err()).isEqualTo("ntm: " + message + "\n");
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void the_best_machine_is_left_and_every_command_takes_it() throws IOException {
        Outcome outcome = export("--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Model best = Model.load(new RunFolder(run).best(), OptionalInt.empty());
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.propertyNames()).containsExactly(
                "file", "from", "task", "machine", "parameters", "bytes", "sequences", "weights_sha256");
        assertThat(json.get("from").asString()).isEqualTo(best.file().toString());
        assertThat(json.get("weights_sha256").asString()).isEqualTo(best.weightsSha256());
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(out));
        assertThat(json.get("parameters").asInt())
                .isEqualTo(Safetensors.read(out).tensors().values().stream().mapToInt(tensor -> tensor.data().length).sum());
        assertThat(card).doesNotExist();

        assertThat(Cli.run("verify", out.toString()).code()).isZero();
        assertThat(Cli.run("show", out.toString(), "--at", "length=2", "--out", folder.toString()).code()).isZero();
        assertThat(Cli.runWithInput(TrainedRun.GOOD_LINE, "run", out.toString()).out())
                .isEqualTo(Cli.runWithInput(TrainedRun.GOOD_LINE, "run", run.toString()).out())
                .startsWith("{\"output\":");
        String[] of = {"eval", out.toString(), "--at", "length=3", "--sequences", "5", "--json"};
        String[] before = of.clone();
        before[1] = run.toString();
        assertThat(Cli.run(of).out()).isEqualTo(Cli.run(before).out()).contains("bits_per_sequence");
    }

    @Test
    void the_last_machine_can_be_taken_and_a_checkpoint_too() throws IOException {
        assertThat(export("--last").code()).isZero();
        byte[] last = Files.readAllBytes(out);
        run = new RunFolder(run).last();
        assertThat(export("--force").out()).contains(out + ": copy by ntm-lstm, ", " parameters, ", "weights_sha256 ");
        assertThat(out).hasBinaryContent(last);
        assertThat(Model.load(out, OptionalInt.empty()).metadata()).containsEntry("trained_sequences", "64");
    }

    @Test
    void the_card_of_the_last_machine_exports_the_last() throws IOException {
        assertThat(export("--last", "--card", "--sequences", "2").code()).isZero();
        assertThat(ModelPage.beside(out).command("export"))
                .containsExactly("export", "runs/copy-ntm-lstm-seed1", "--last", "--out", "runs/model.safetensors");
    }

    @Test
    void the_commands_on_a_card_make_the_machine_again() throws IOException {
        Outcome outcome = export("--card", "--sequences", "20", "--note", "Not for `ntm` use.", "--note", "Small.");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("card: " + card);
        ModelPage page = ModelPage.beside(out);
        String hash = Model.load(out, OptionalInt.empty()).weightsSha256();
        assertThat(page.line("weights_sha256").getFirst()).isEqualTo("`" + hash + "`");
        assertThat(page.line("file").getFirst()).isEqualTo(Figures.count(Files.size(out)) + " bytes");

        List<String> train = page.command("train");
        assertThat(train).startsWith("train", "copy", "--seed", "1").contains("machine.rows=8", "task.max_length=3", "training.sequences=64");
        assertThat(train).as("what the defaults are anyway").doesNotContain("training.batch=4", "training.schedule=constant");
        List<String> export = page.command("export");
        assertThat(export).containsExactly("export", "runs/copy-ntm-lstm-seed1", "--out", "runs/model.safetensors");
        Path again = folder.resolve("again");
        train.addAll(List.of("--out", again.toString()));
        export.set(1, again.toString());
        export.set(3, folder.resolve("second.safetensors").toString());
        assertThat(Cli.run(train.toArray(String[]::new)).code()).isZero();
        assertThat(Cli.run(export.toArray(String[]::new)).out()).contains("weights_sha256 " + hash);
        assertThat(folder.resolve("second.safetensors")).hasSameBinaryContentAs(out);
    }

    @Test
    void the_figures_on_a_card_are_those_of_its_command() throws IOException {
        export("--card", "--sequences", "20", "--note", "Not for `ntm` use.", "--note", "Small.");
        ModelPage page = ModelPage.beside(out);
        List<String> eval = new ArrayList<>(List.of(page.part("Figures").split("```\n")[1].strip().split(" ")));
        assertThat(eval).startsWith("./ntm", "eval", out.toString());
        String printed = Cli.run(eval.subList(1, eval.size()).toArray(String[]::new)).out();
        for (String size : List.of("length=2", "length=3", "length=8", "length=18")) {
            String line = printed.lines().filter(text -> text.startsWith(size + " ")).findFirst().orElseThrow();
            assertThat(line.split(" {2,}")).startsWith(size).endsWith(page.line(size).toArray(String[]::new));
        }
        assertThat(page.part("Limits"))
                .startsWith("Trained on length 1 to 3, with 8 rows of memory. Of these sizes, length=2: ")
                .containsPattern("Beyond\\s+them,\\s+length=8: ")
                .endsWith("\n\nNot for `ntm` use.\n\nSmall.");
        assertThat(page.text()).doesNotContain("above the optimum");
    }

    @Test
    void a_task_with_an_optimum_has_a_column_for_what_is_above_it() throws IOException {
        run = folder.resolve("ngrams");
        assertThat(Cli.run("train", "dynamic-ngrams", "--machine", "lstm", "--out", run.toString(), "--sequences", "8",
                        "--set", "machine.controller_size=8", "--set", "machine.controller_layers=1", "--set", "task.min_length=10",
                        "--set", "task.max_length=10", "--set", "training.evaluation_sequences=4", "--json")
                .code()).isZero();
        Outcome outcome = export("--card", "--sequences", "10");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        ModelPage page = ModelPage.beside(out);
        assertThat(page.line("size")).containsExactly("bits per sequence", "above the optimum", "bit errors", "without error");
        assertThat(page.command("train")).startsWith("train", "dynamic-ngrams", "--machine", "lstm", "--seed", "1");
        assertThat(page.line("layers").getFirst()).isEqualTo("1 layer of 8 units");
        assertThat(page.part("Limits"))
                .startsWith("Trained on length 10. Of these sizes, length=10: " + page.line("length=10").get(1) + " bits above the optimum.")
                .contains("The table has none beyond them.");
    }

    @Test
    void what_is_there_is_replaced_only_by_force() throws IOException {
        Files.writeString(out, "mine");
        refused(export(), out + ": it exists already; --force replaces it");
        assertThat(out).hasContent("mine");
        assertThat(export("--force").code()).isZero();
        assertThat(Cli.run("verify", out.toString()).code()).isZero();

        Files.delete(out);
        Files.writeString(card, "mine");
        refused(export("--card"), card + ": it exists already; --force replaces it");
        assertThat(out).doesNotExist();
        assertThat(export("--card", "--force", "--sequences", "2").code()).isZero();
        assertThat(card).content().startsWith("# model\n");
    }

    @Test
    void a_folder_that_is_not_there_is_named_and_nothing_is_left() {
        Path below = folder.resolve("none/model.safetensors");
        Outcome outcome = Cli.run("export", run.toString(), "--out", below.toString());
        assertThat(outcome.err()).startsWith("ntm: cannot write " + below + ": there is no folder ").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(Exit.FAILED);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_file_has_no_last_checkpoint_and_no_card() {
        Path file = new RunFolder(run).best();
        run = file;
        refused(export("--last"), "--last: expected a run directory, got the file " + file);
        refused(export("--card"), "--card: expected a run directory, got the file " + file);
        assertThat(out).doesNotExist();
    }

    @Test
    void a_run_that_its_settings_do_not_make_again_has_no_card() throws IOException {
        RunFolder files = new RunFolder(run);
        List<String> metrics = Files.readAllLines(files.metrics());
        Files.writeString(files.metrics(), String.join("\n", metrics).replace("\"budget\"", "\"stopped\"") + "\n");
        refused(export("--card"), "--card: expected a training that came to its end, found one that was stopped; go on with it by train --resume " + run);
        Files.write(files.metrics(), metrics.subList(0, metrics.size() - 1));
        refused(export("--card"), "--card: expected a training that came to its end, found one that did not end; go on with it by train --resume " + run);
        Files.write(files.metrics(), metrics);
        Files.writeString(files.config(), Files.readString(files.config()).replace("sequences: 64", "sequences: 65"));
        refused(
                export("--card"),
                "--card: expected " + files.best() + " to have the settings of " + files.config() + ", found others: the run went on with new ones");
        assertThat(out).doesNotExist();
        assertThat(card).doesNotExist();
        assertThat(export().code()).as("without a card").isZero();
    }

    @Test
    void a_damaged_checkpoint_is_refused_and_nothing_is_left() throws IOException {
        Path best = new RunFolder(run).best();
        byte[] bytes = Files.readAllBytes(best);
        bytes[bytes.length - 1] ^= 1;
        Files.write(best, bytes);
        Outcome outcome = export();
        assertThat(outcome.err()).startsWith("ntm: " + best + " is damaged: ").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(out).doesNotExist();
    }
}
