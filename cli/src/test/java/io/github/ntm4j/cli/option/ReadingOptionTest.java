package io.github.ntm4j.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.ProjectFiles;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that load a model of pytorch-ntm say how they read it, and take another reading. */
class ReadingOptionTest {
    private static final Path FOLDER = ProjectFiles.find("machines/src/test/resources/golden/pytorch-ntm-relu");
    private static final String MODEL = FOLDER.resolve("model.safetensors").toString();

    @TempDir
    private Path folder;

    private static Outcome run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command.replace("MODEL", MODEL).split(" ")));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private String answer(String model, String... options) {
        Outcome outcome = run("run " + model + " --input " + FOLDER.resolve("input.jsonl"), options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out().substring(0, "{\"output\": [[0.0875".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "run MODEL --input INPUT", "eval MODEL --task copy --at length=4 --sequences 1", "show MODEL --task copy --at length=4 --out OUT", "verify MODEL",
        "export MODEL --task copy --out OUT/x.safetensors"
    })
    void everyCommandSaysWhichReadingItTook(String command) {
        String full = command.replace("INPUT", FOLDER.resolve("input.jsonl").toString()).replace("OUT", folder.toString());
        Outcome usual = run(full);
        assertThat(usual.code()).as(usual.err()).isZero();
        assertThat(usual.err()).startsWith("ntm: " + MODEL + ": a model of pytorch-ntm, read as a model of its last revisions (--preset pytorch-ntm); ")
                .contains("(--preset pytorch-ntm-relu)").hasLineCount(1);
        Outcome relu = run(full, full.startsWith("export") ? new String[] {"--force", "--preset", "pytorch-ntm-relu"}
                : new String[] {"--preset", "pytorch-ntm-relu"});
        assertThat(relu.code()).as(relu.err()).isZero();
        assertThat(relu.err()).contains("74477a6, as the models it published (--preset pytorch-ntm-relu); ");
    }

    @Test
    void theReadingDecidesTheAnswer() {
        assertThat(answer(MODEL)).endsWith("0.0875");
        assertThat(answer(MODEL, "--preset", "pytorch-ntm-relu")).endsWith("0.1030");
    }

    @Test
    void anExportedModelKeepsItsReadingAndNeedsNoneAgain() {
        String out = folder.resolve("relu.safetensors").toString();
        Outcome exported = run("export MODEL --task copy --preset pytorch-ntm-relu --out " + out);
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(answer(out)).endsWith("0.1030");
        assertThat(run("eval " + out + " --at length=4 --sequences 1").err()).isEmpty();
        Outcome again = run("run " + out + " --preset pytorch-ntm");
        assertThat(again.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(again.err()).isEqualTo("ntm: --preset pytorch-ntm contradicts " + out + ", which has settings of its own\n");
    }

    @Test
    void whatIsNoReadingIsRefused() throws IOException {
        assertThat(run("eval MODEL --task copy --preset graves-2014").err()).contains("one of the presets pytorch-ntm, ").contains("got graves-2014");
        assertThat(run("eval MODEL --task copy --preset relu").err()).startsWith("ntm: unknown preset 'relu'");
        assertThat(run("export MODEL --out " + folder.resolve("x.safetensors")).err()).contains("does not say what it was trained on: name it with --task");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
