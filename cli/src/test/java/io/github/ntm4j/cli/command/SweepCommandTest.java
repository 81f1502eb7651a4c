package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.cli.report.SweepReport;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import io.github.ntm4j.learning.sweep.Sweep;
import io.github.ntm4j.learning.sweep.SweepFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Outcome sweep(String name, String... more) {
        return Cli.run(Cli.smallSweep(folder.resolve(name), more).toArray(String[]::new));
    }

    @Test
    void a_person_is_told_of_each_run_and_gets_a_table_and_a_picture() throws IOException {
        Outcome outcome = sweep("a", "--seeds", "1..2", "--sequences", "64", "--set", "training.learning_rate=1e-3,4e-3");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        String path = folder.resolve("a").toString();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.getFirst())
                .startsWith("sweeping copy by ntm-lstm: 2 combinations of settings, 2 seeds, 4 runs, ")
                .endsWith(" at a time, in " + path);
        assertThat(lines.subList(1, 4)).allSatisfy(line -> assertThat(line)
                .matches("learning_rate=0\\.00[14], seed [12]: not solved in 64 sequences, [0-9.]+ s; [123] of 4 done, about [0-9]+ s left"));
        assertThat(lines.get(4)).endsWith("; 4 of 4 done");
        List<String> table = lines.subList(6, 10);
        assertThat(table.getFirst().split(" *\\| *"))
                .containsExactly(
                        "", "learning_rate", "runs", "solved", "diverged", "relapsed", "sequences to solved", "min to max", "seconds",
                        "bits above optimum", "bit errors");
        assertThat(table.get(2)).startsWith("| 0.001         |    2 |    0 % |        0 |        0 |                   - |          - | ");
        assertThat(table.get(3)).startsWith("| 0.004 ");
        assertThat(lines.getLast()).isEqualTo("table: " + path + "/table.md, learning curves: " + path + "/sweep.svg");
        assertThat(folder.resolve("a/table.md")).hasContent(String.join("\n", table));
        assertThat(Files.readString(folder.resolve("a/sweep.svg"))).contains("Sweep: copy by ntm-lstm", "learning_rate=0.004");
    }

    @Test
    void json_is_one_object_and_each_run_has_a_line_in_the_file_of_results() throws IOException {
        Outcome outcome = sweep("a", "--seeds", "1,4", "--sequences", "64", "--json", "--jobs", "1");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).hasLineCount(1);
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.propertyNames()).containsExactly("sweep", "seeds", "runs", "done", "combinations", "files");
        assertThat(json.at("/combinations/0").propertyNames()).containsExactly(
                "combination", "settings", "runs", "solved", "diverged", "relapsed", "seconds", "bits_per_sequence", "excess_bits",
                "bit_errors_per_sequence");
        assertThat(json.get("done").asInt()).isEqualTo(2);
        assertThat(outcome.err()).contains("seed 4: not solved in 64 sequences, ");
        List<String> results = Files.readAllLines(folder.resolve("a/results.jsonl"));
        assertThat(results).hasSize(2);
        assertThat(JSON.readTree(results.getLast()).propertyNames()).containsExactly(
                "run", "combination", "settings", "seed", "outcome", "solved", "solved_after", "sequences", "seconds",
                "bits_per_sequence", "excess_bits", "bit_errors_per_sequence", "plateau", "relapses", "weights_sha256");
    }

    @Test
    void a_run_has_the_bits_and_the_figures_of_a_training_alone_and_other_commands_read_it() throws IOException {
        assertThat(sweep("a", "--seeds", "3", "--sequences", "64").code()).isZero();
        JsonNode alone = JSON.readTree(Cli.trainSmall(
                folder.resolve("alone"), "--seed", "3", "--sequences", "64", "--set", "training.snapshots=0", "--json").out());
        JsonNode result = JSON.readTree(Files.readString(folder.resolve("a/results.jsonl")));
        for (String key : List.of("seed", "solved", "sequences", "bits_per_sequence", "bit_errors_per_sequence", "weights_sha256")) {
            assertThat(result.get(key)).as(key).isEqualTo(alone.get(key));
        }
        Path run = folder.resolve("a/runs").resolve(result.get("run").asString());
        assertThat(run).hasFileName("1-copy-ntm-lstm-seed3");
        assertThat(run.resolve("config.yaml")).hasSameTextualContentAs(folder.resolve("alone/config.yaml"));
        for (List<String> command : List.of(
                List.of("eval", run.toString()), List.of("plot", run.toString()), List.of("verify", run.toString()),
                List.of("show", run.toString(), "--at", "length=2"))) {
            Outcome outcome = Cli.run(command.toArray(String[]::new));
            assertThat(outcome.code()).as(command + outcome.err()).isZero();
        }
    }

    @Test
    void a_run_that_relapsed_and_one_on_a_plateau_say_so() throws IOException {
        Outcome outcome = sweep("a", Cli.still("--seeds", "2", "--set", "training.solved_bits=0.1,1e9"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("solved_bits=0.1, seed 2: not solved in 1,280 sequences, on a plateau, [0-9.]+ s")
                .containsPattern("solved_bits=1e9, seed 2: solved after [0-9,]+ sequences, relapsed in [0-9]+ of [0-9]+ evaluations, [0-9.]+ s")
                .containsPattern("\\| 1e9 +\\| +1 \\| +100 % \\| +0 \\| +1 \\|");
        assertThat(Files.readString(folder.resolve("a/sweep.svg"))).contains(" evaluations (rings)");
    }

    @Test
    void a_sweep_goes_on_from_the_runs_that_have_ended() throws IOException {
        assertThat(sweep("a", "--seeds", "1..3", "--sequences", "64", "--jobs", "1").code()).isZero();
        Path results = folder.resolve("a/results.jsonl");
        List<String> whole = Files.readAllLines(results);
        Files.write(results, whole.subList(0, 1));
        Outcome resumed = Cli.run("sweep", "--resume", folder.resolve("a").toString(), "--jobs", "1");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("3 runs (1 done before), ", "; 2 of 3 done, ", "; 3 of 3 done").doesNotContain("seed 1: ");
        assertThat(timeless(Files.readAllLines(results))).isEqualTo(timeless(whole));
        Outcome again = Cli.run("sweep", "--resume", folder.resolve("a").toString());
        assertThat(again.out()).contains("3 runs (3 done before), ", "| copy by ntm-lstm |    3 |").doesNotContain("seed ");
    }

    @Test
    void a_sweep_that_was_stopped_says_how_to_go_on() {
        assertThat(sweep("a", "--seeds", "1", "--sequences", "64").code()).isZero();
        Sweep sweep = Sweep.resume(folder.resolve("a"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = Terminal.plain(System.in, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        new SweepReport(terminal, false, sweep, 1, System::nanoTime).end(false, "sweep", List.of());
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("stopped with 1 of 1 run done; go on with:\n").contains("ntm sweep --resume " + folder.resolve("a") + "\n");
    }

    @Test
    void nothing_is_left_of_a_sweep_that_could_not_begin() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Outcome on = sweep("file");
        assertThat(on.err()).isEqualTo("ntm: --out " + file + ": it is a file; expected a new or empty directory\n");
        assertThat(on.code()).isEqualTo(Exit.WRONG_USE);
        Outcome beside = Cli.run("sweep", "copy", "--out", folder.toString());
        assertThat(beside.err()).isEqualTo("ntm: --out " + folder + ": expected a new or empty directory, found files in it\n");
        assertThat(sweep("new", "--set", "machine.rows=8,many").code()).isEqualTo(Exit.WRONG_USE);
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void a_damaged_file_is_named_in_one_line() throws IOException {
        assertThat(sweep("a", "--seeds", "1", "--sequences", "16").code()).isZero();
        SweepFolder places = new SweepFolder(folder.resolve("a"));
        Files.writeString(places.results(), "nonsense\n" + Files.readString(places.results()));
        Outcome results = Cli.run("sweep", "--resume", places.path().toString());
        assertThat(results.err()).startsWith("ntm: " + places.results() + ", line 1: expected the result of a run in JSON").hasLineCount(1);
        assertThat(results.code()).isEqualTo(Exit.WRONG_USE);
        Files.writeString(places.plan(), "seeds: 1");
        Outcome plan = Cli.run("sweep", "--resume", places.path().toString());
        assertThat(plan.err())
                .isEqualTo("ntm: " + places.plan() + " is damaged: expected seeds, settings and, at its end, the number of runs\n");
        assertThat(plan.code()).isEqualTo(Exit.WRONG_USE);
    }

    /** Results without the time that they took. */
    private static List<String> timeless(List<String> results) {
        return results.stream().map(line -> line.replaceFirst("\"seconds\":[0-9.E-]+,", "")).toList();
    }
}
