package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.cli.Cli.Outcome;
import io.github.ntm4j.learning.task.TaskKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "trian copy | unknown command 'trian'; did you mean train? (see ntm --help)",
                "frobnicate | unknown command 'frobnicate' (see ntm --help)",
                "train | expected a task, such as: ntm train copy (see ntm train --help)",
                "train copy twice | unexpected argument 'twice' (see ntm train --help)",
                "train coppy | unknown task 'coppy'; did you mean copy? (known: {tasks})",
                "train copy --machine lsmt | unknown machine 'lsmt'; did you mean lstm? (known: ntm-lstm, ntm-ff, lstm, dnc)",
                "train copy --preset graves | unknown preset 'graves' (known: default, graves-2014, collier-2018, pytorch-ntm, pytorch-ntm-softplus-shift, pytorch-ntm-relu, graves-2016, deepmind-dnc, csordas-2019, franke-2018)",
                "train copy --seeed 4 | unknown option '--seeed'; did you mean --seed? (see ntm train --help)",
                "train copy --batch 4 | unknown option '--batch'; did you mean --set training.batch=...? (see ntm train --help)",
                "train copy --set machine.rowz=5 | --set machine.rowz: no such setting; did you mean machine.rows?",
                "train copy --set rows=5 | --set rows: no such setting; did you mean machine.rows?",
                "train copy --set machine.rows=0 | --set machine.rows: expected a whole number from 1 to 16777216, got '0'",
                "train copy --set machine.rows=many | --set machine.rows: expected a whole number from 1 to 16777216, got 'many'",
                "train copy --set machine.rows | --set machine.rows: expected key=value, such as --set machine.rows=64",
                "train copy --set training.optimiser=adma | --set training.optimiser: expected one of rmsprop, adam, got 'adma'; did you mean adam?",
                "train copy --machine lstm --set machine.rows=5 | --set machine.rows: no such setting; machine.* has type, controller_size, controller_layers, initial_controller, forget_bias, weight_initialisation",
                "train copy --seed -1 | --seed: expected a whole number from 0 to 9e15, got '-1'",
                "train copy --seed 3 --set seed=4 | --set seed=4 contradicts --seed 3: both set seed",
                "train copy --seed 3 --seed 4 | option '--seed' (N) should be specified only once (see ntm train --help)",
                "train copy --sequences 0 | --sequences: expected a whole number from 1 to 1e15, got '0'",
                "train copy --machine lstm --set machine.type=ntm-ff | --set machine.type=ntm-ff contradicts --machine lstm: both set machine.type",
                "train copy --set task.min_length=30 | task.min_length: expected at most task.max_length 20, got 30",
                "train copy --resume somewhere --seed 4 | --resume contradicts --seed, the task 'copy': a run goes on with its own task, machine and seed in its own directory",
                "train --resume /nowhere | --resume /nowhere: expected a run directory with checkpoints/last.safetensors, found none",
                "train copy --print-config --json | --json contradicts --print-config, which prints YAML",
                "train copy --threads 0 | --threads: expected a whole number from 1 to 1024, got 0",
                "train copy --threads two | --threads: expected a whole number, got 'two' (see ntm train --help)",
                "train copy --config /nowhere.yaml | cannot read /nowhere.yaml: no such file or folder",
                "train copy --out | missing required parameter for option '--out' (DIR) (see ntm train --help)",
                "sweep | expected a task, such as: ntm sweep copy (see ntm sweep --help)",
                "sweep coppy | unknown task 'coppy'; did you mean copy? (known: {tasks})",
                "sweep copy --seeds abc | --seeds: expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got 'abc'",
                "sweep copy --seed 3 | unknown option '--seed'; did you mean --seeds? (see ntm sweep --help)",
                "sweep copy --set machine.rowz=5,6 | --set machine.rowz: no such setting; did you mean machine.rows?",
                "sweep copy --set machine.rows=5..6 | --set machine.rows=5..6: a range is for draws (--random N); expected values with commas between",
                "sweep copy --set machine.rows=5 --set machine.rows=6 | --set machine.rows is given twice: expected all values of a setting in one, such as --set machine.rows=A,B",
                "sweep copy --sequences 5 --set training.sequences=5,6 | --set training.sequences=5,6 contradicts --sequences 5: both set training.sequences",
                "sweep copy --set seed=1,2 | --set seed: expected the seeds of a sweep behind --seeds, such as --seeds 1..10",
                "sweep copy --random 4 | --random 4: expected settings to draw, such as --set training.learning_rate=1e-4..1e-3, found none",
                "sweep copy --random 0 --set machine.rows=5..6 | --random: expected a whole number from 1 to 1000, got 0",
                "sweep copy --random many | --random: expected a whole number, got 'many' (see ntm sweep --help)",
                "sweep copy --draw-seed 4 | --draw-seed 4: expected --random N beside it, found none",
                "sweep copy --jobs 0 | --jobs: expected a whole number from 1 to 1024, got 0",
                "sweep --resume /nowhere | --resume /nowhere: expected the folder of a sweep with sweep.yaml, found none",
                "sweep copy --resume /nowhere --seeds 1 --sequences 9 | --resume contradicts --sequences, --seeds, the task 'copy': a sweep goes on with its own settings and seeds in its own folder",
                "eval | missing required parameter: 'RUN' (see ntm eval --help)",
                "eval /nowhere | cannot read /nowhere: there is no such file",
                "eval /nowhere --sequences 0 | --sequences: expected a whole number from 1 to 10000000, got 0",
                "run /nowhere | cannot read /nowhere: there is no such file",
                "run /nowhere --output a --trace a | --trace contradicts --output: both write a",
                "show /nowhere | cannot read /nowhere: there is no such file",
                "film | missing required parameter: 'RUN' (see ntm film --help)",
                "film /nowhere | /nowhere: expected a run directory with a film, found none",
                "film /nowhere --out a.png | --out a.png: expected a name that ends in .gif",
                "film /nowhere --out .gif | --out .gif: expected a name that ends in .gif",
                "film /nowhere --pace 0 | --pace: expected a whole number from 20 to 60000, got 0",
                "film /nowhere --pace fast | --pace: expected a whole number, got 'fast' (see ntm film --help)",
                "bench --seconds x | --seconds: expected a number, got 'x' (see ntm bench --help)",
                "plot /nowhere | /nowhere: expected a run directory with metrics.jsonl, found none",
                "export | missing required options and parameters: '--out=FILE', 'RUN' (see ntm export --help)",
                "export /nowhere --out a.safetensors | cannot read /nowhere: there is no such file",
                "export /nowhere --out a.safetensors --last | cannot read /nowhere/checkpoints/last.safetensors: there is no such file",
                "export /nowhere --out a.bin | --out a.bin: expected a name that ends in .safetensors",
                "export /nowhere --out .safetensors | --out .safetensors: expected a name that ends in .safetensors",
                "export /nowhere --out a.safetensors --note x | --note: expected --card beside it, found none",
                "export /nowhere --out a.safetensors --sequences 5 | --sequences: expected --card beside it, found none",
                "export /nowhere --out a.safetensors --card --sequences 0 | --sequences: expected a whole number from 1 to 10000000, got 0",
                "export /nowhere --out a.safetensors --card --note= | --note: expected a text, got nothing",
                "verify /nowhere | cannot read /nowhere: no such file or folder",
                "tasks coppy | unknown task 'coppy'; did you mean copy? (known: {tasks})",
                "machines ntm | unknown machine 'ntm' (known: ntm-lstm, ntm-ff, lstm, dnc)",
                "help trian | unknown command 'trian'; did you mean train? (known: {commands})",
            })
    void wrong_use_is_named_in_one_line_and_exit_code_2(String arguments, String message) {
        Outcome outcome = Cli.run(arguments.split(" "));

        String commands = String.join(", ", Ntm.commandLine(Terminal.plain(System.in, System.out, System.err)).getSubcommands().keySet());
        String tasks = String.join(", ", TaskKinds.drawn().keySet());
        assertThat(outcome.err()).isEqualTo("ntm: " + message.replace("{commands}", commands).replace("{tasks}", tasks) + "\n");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void without_a_command_the_commands_are_named() {
        Outcome outcome = Cli.run();
        assertThat(outcome.err()).startsWith("ntm: expected a command: train, ").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void only_debug_shows_the_stack_trace() {
        assertThat(Cli.run("train", "coppy").err()).hasLineCount(1);
        assertThat(Cli.run("train", "coppy", "--debug").err())
                .startsWith("ntm: unknown task 'coppy'")
                .contains("\n\tat io.github.ntm4j.cli.");
    }

    @Test
    void a_settings_file_is_named_with_the_line_of_what_is_wrong(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "task: {name: copy}\nmachine:\n  rowz: 64\n");
        Outcome outcome = Cli.run("train", "--config", file.toString());
        assertThat(outcome.err()).isEqualTo("ntm: " + file + ", line 3: machine.rowz: no such setting; did you mean machine.rows?\n");
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void a_directory_that_cannot_be_made_is_named_and_nothing_is_left(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Outcome under = Cli.run("train", "copy", "--out", file.resolve("run").toString());
        assertThat(under.err()).startsWith("ntm: cannot write " + file.resolve("run") + ": ").hasLineCount(1);
        assertThat(under.code()).isEqualTo(Exit.FAILED);
        Outcome on = Cli.run("train", "copy", "--out", file.toString());
        assertThat(on.err()).isEqualTo("ntm: --out " + file + ": it is a file; expected a new or empty directory\n");
        assertThat(on.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(file).hasContent("mine");
    }
}
