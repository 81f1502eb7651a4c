package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.cli.Cli.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<CommandSpec> commands() {
        return Ntm.commandLine(Terminal.plain(System.in, System.out, System.err)).getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .toList();
    }

    @Test
    void all_commands_are_there() {
        assertThat(commands().stream().map(CommandSpec::name))
                .contains("train", "sweep", "eval", "run", "show", "film", "plot", "export", "tasks", "machines", "bench", "verify", "completion", "help");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_a_described_option_and_an_example(CommandSpec command) {
        Outcome help = Cli.run(command.name(), "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: ntm " + command.name());
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
        if (!command.name().equals("help")) {
            assertThat(help.out()).containsPattern("Examples?:\n  .*ntm " + command.name());
        }
        assertThat(command.options()).allMatch(option -> option.description().length > 0);
        assertThat(Cli.run("help", command.name()).out()).isEqualTo(help.out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examples_in_the_help_can_be_parsed(CommandSpec command) {
        CommandLine ntm = Ntm.commandLine(Terminal.plain(System.in, System.out, System.err));
        for (String line : command.usageMessage().footer()) {
            if (line.startsWith("  ntm ")) {
                ntm.parseArgs(line.strip().substring("ntm ".length()).split(" +"));
            }
        }
    }

    @Test
    void the_version_is_printed() {
        assertThat(Cli.run("--version").out()).startsWith("ntm4j ").contains("Java ");
    }

    @Test
    void tasks_are_listed_with_their_settings() throws Exception {
        assertThat(Cli.run("tasks").out()).contains("copy: ", "task.max_length = 20", "train one with: ntm train copy");
        JsonNode json = JSON.readTree(Cli.run("tasks", "copy", "--json").out());
        assertThat(json.at("/tasks/0/name").asString()).isEqualTo("copy");
        assertThat(json.at("/tasks/0/inputs").asInt()).isEqualTo(9);
        assertThat(json.at("/tasks/0/sizes/0/name").asString()).isEqualTo("length");
    }

    @Test
    void machines_are_listed_with_presets_and_settings() throws Exception {
        assertThat(Cli.run("machines").out())
                .contains("ntm-lstm: ", "ntm-ff: ", "lstm: ", "graves-2014: ", "machine.rows ", "training.learning_rate ");
        JsonNode json = JSON.readTree(Cli.run("machines", "lstm", "--json").out());
        assertThat(json.at("/machines")).hasSize(1);
        assertThat(json.at("/presets/0/name").asString()).isEqualTo("default");
        String graves = Cli.run("machines", "ntm-lstm", "--preset", "graves-2014").out();
        assertThat(graves).containsPattern("training\\.optimiser +. rmsprop");
    }

    @Test
    void the_completion_script_knows_commands_and_options() {
        String script = Cli.run("completion").out();
        assertThat(script).startsWith("#!/usr/bin/env bash").contains("train", "--resume", "complete ");
    }

    @Test
    void every_option_that_takes_a_value_says_what_it_is() {
        for (CommandSpec command : commands()) {
            for (OptionSpec option : command.options()) {
                if (option.arity().max() > 0) {
                    assertThat(option.paramLabel()).as(command.name() + " " + option.longestName()).doesNotContain("<");
                }
            }
        }
    }
}
