package io.github.ntm4j.machines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.learning.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTreeTest {
    private static final ConfigTree DEFAULTS = ConfigTree.of(Settings.describe(Example.DEFAULT), "defaults");

    @Test
    void a_file_overrides_defaults_and_the_command_line_overrides_the_file() {
        ConfigTree given = Yaml.parse("""
                machine:
                  rows: 64   # fewer
                  traced: true
                training: {learning_rate: 3e-5, offset: -.5}
                """, "my.yaml").with(ConfigTree.assignment("machine.rows=32")).with(ConfigTree.assignment("name = two words "));

        assertThat(DEFAULTS.overriddenBy(given).bind(Example.class, "")).isEqualTo(new Example(
                1,
                "two words",
                new Example.Machine(32, 20, Example.Start.FIRST_ROW, true),
                new Example.Training(3e-5, 100_000, -0.5)));
    }

    @Test
    void keys_may_be_dotted_in_a_file_and_a_section_without_settings_changes_nothing() {
        assertThat(bound("machine.rows: 7\nmachine:\n  width: 3\ntraining:\n").machine().rows()).isEqualTo(7);
        assertThat(bound("")).isEqualTo(Example.DEFAULT);
        assertThat(bound("# nothing\n")).isEqualTo(Example.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine: {rowz: 5} | my.yaml, line 1: machine.rowz: no such setting; did you mean machine.rows?",
                "rows: 5 | my.yaml, line 1: rows: no such setting; did you mean machine.rows?",
                "optimizer: 5 | my.yaml, line 1: optimizer: no such setting; there are seed, name, machine, training",
                "machine: {rows: many} | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got 'many'",
                "machine: {rows: '64'} | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got '64'",
                "machine: {rows: 0} | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got 0",
                "machine: {rows: .nan} | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got NaN",
                "machine: {rows: [1, 2]} | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got a list of 2",
                "machine: {rows: } | my.yaml, line 1: machine.rows: expected a whole number from 1 to 65536, got nothing",
                "training: {offset: -.inf} | my.yaml, line 1: training.offset: expected a number, got -Infinity",
                "machine: 5 | my.yaml, line 1: machine: expected settings below it, such as machine.rows, got 5",
                "machine: {start_weighting: first} | my.yaml, line 1: machine.start_weighting: expected one of first-row, learned, uniform, got 'first'; did you mean first-row?",
                "training: {sequences: 1e999999999} | my.yaml, line 1: training.sequences: expected a whole number of at least 0, got 1E+999999999",
                "name: 5 | my.yaml, line 1: name: expected text, got 5",
            })
    void what_is_wrong_in_a_file_is_named_with_its_line(String yaml, String message) {
        assertThatThrownBy(() -> bound(yaml.replace(": '64'", ": \"64\""))).isInstanceOf(UserException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine.rowz=5 | --set machine.rowz: no such setting; did you mean machine.rows?",
                "machine.rows=many | --set machine.rows: expected a whole number from 1 to 65536, got 'many'",
                "machine.rows= | --set machine.rows: expected a whole number from 1 to 65536, got ''",
                "machine.rows=1.5 | --set machine.rows: expected a whole number from 1 to 65536, got '1.5'",
                "machine.rows=99999999999 | --set machine.rows: expected a whole number from 1 to 65536, got '99999999999'",
                "training.offset=NaN | --set training.offset: expected a number, got 'NaN'",
                "machine.traced=maybe | --set machine.traced: expected true or false, got 'maybe'",
                "machine.rows | --set machine.rows: expected key=value, such as --set machine.rows=64",
                "=4 | --set =4: expected key=value, such as --set machine.rows=64",
            })
    void what_is_wrong_on_the_command_line_is_named(String assignment, String message) {
        assertThatThrownBy(() -> DEFAULTS.overriddenBy(ConfigTree.assignment(assignment)).bind(Example.class, ""))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1;a: 2 | my.yaml, line 2: a is given twice, before in line 1",
                "a: {b: 1};a.b: 2 | my.yaml, line 2: a.b is given twice, before in line 1",
                "a: 1;b: {;c: ] | my.yaml, line 3: not valid YAML: while parsing a flow node, expected the node content, but found ']'",
                "- 1;- 2 | my.yaml, line 1: expected keys and values, such as `seed: 1`",
                "seed | my.yaml, line 1: expected keys and values, such as `seed: 1`",
                "a: 1;---;b: 2 | my.yaml, line 3: a second document begins here; expected one",
                "a: &x 1;b: *x | my.yaml, line 2: aliases (*name) are not read in settings",
                "a: !!java.net.URL [x] | my.yaml, line 1: tags (!name) are not read in settings",
            })
    void a_file_that_is_no_settings_file_is_refused(String yaml, String message) {
        assertThatThrownBy(() -> Yaml.parse(yaml.replace(';', '\n'), "my.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    @Test
    @Timeout(20)
    void deep_nesting_and_large_files_are_refused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Yaml.parse("{a: ".repeat(100_000), "my.yaml")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> Yaml.parse("a: " + "[".repeat(100_000), "my.yaml")).isInstanceOf(UserException.class);
        Path large = Files.write(folder.resolve("large.yaml"), "# a comment\n".repeat(100_000).getBytes());
        assertThatThrownBy(() -> Yaml.read(large)).hasMessage(large + ": larger than 1 MiB; settings are expected here");
        Path exact = Files.writeString(folder.resolve("exact.yaml"), "seed: 4\n#" + "x".repeat((1 << 20) - 10) + "\n");
        assertThat(Yaml.read(exact).toMap()).hasSize(1);
    }

    @Test
    void a_file_that_is_missing_or_binary_or_a_folder_is_named(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> Yaml.read(missing)).hasMessage("cannot read " + missing + ": no such file or folder");
        assertThatThrownBy(() -> Yaml.read(folder)).hasMessage("cannot read " + folder + ": it is a folder, not a YAML file");
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xc3, 0x28, 0, 1});
        assertThatThrownBy(() -> Yaml.read(binary)).hasMessage(binary + ": not a YAML file: its bytes are not UTF-8");
        Path control = Files.write(folder.resolve("c.yaml"), new byte[] {'a', ':', ' ', 0, 1});
        assertThatThrownBy(() -> Yaml.read(control))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(control + ": not valid YAML")
                .message().doesNotContain("\n");
    }

    @Test
    void an_option_is_named_instead_of_the_setting_that_it_stands_for() {
        assertThatThrownBy(() -> DEFAULTS.overriddenBy(ConfigTree.option("--seed", "seed", "x")).bind(Example.class, ""))
                .hasMessage("--seed: expected a whole number of at least 0, got 'x'");
        assertThat(DEFAULTS.overriddenBy(ConfigTree.option("--seed", "seed", "7")).bind(Example.class, "").seed()).isEqualTo(7);
    }

    @Test
    void a_word_is_one_of_those_known() {
        ConfigTree given = ConfigTree.assignment("task.name=coppy");
        assertThatThrownBy(() -> given.word("task.name", List.of("copy", "repeat-copy")))
                .hasMessage("--set task.name: expected one of copy, repeat-copy, got 'coppy'; did you mean copy?");
        assertThat(given.word("task.other", List.of("copy"))).isEmpty();
        assertThat(given.without("task").has("task")).isFalse();
    }

    @Test
    void yaml_that_was_written_reads_back_as_the_same_values() {
        Map<String, Object> settings = Settings.describe(Example.DEFAULT);
        String yaml = Yaml.text(settings);
        assertThat(yaml).isEqualTo("""
                seed: 1
                name: default
                machine:
                  rows: 128
                  width: 20
                  start_weighting: first-row
                  traced: false
                training:
                  learning_rate: 0.0001
                  sequences: 100000
                  offset: -2.5
                """);
        assertThat(Yaml.parse(yaml, "my.yaml").bind(Example.class, "")).isEqualTo(Example.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"true", "8", "1e-4", "null", "'a: b'", "'# x'", "''", "'-'", "ä", "'a\\nb'", "yes", "'*x'", "'[1]'", "~", "0x1F"})
    void any_text_survives_yaml(String text) {
        String yaml = Yaml.text(Map.of("name", text.replace("\\n", "\n")));
        assertThat(Yaml.parse(yaml, "my.yaml").toMap()).isEqualTo(Map.of("name", text.replace("\\n", "\n")));
    }

    @ParameterizedTest
    @CsvSource({"0.1", "1e-300", "123456789.25", "-0.0", "4.9e-324", "1.7976931348623157e308", "0.30000000000000004", "1e-8"})
    void any_number_survives_yaml(double number) {
        Example.Training training = new Example.Training(0, 0, number);
        String yaml = Yaml.text(Settings.describe(training));
        assertThat(Yaml.parse(yaml, "my.yaml").bind(Example.Training.class, "").offset()).isEqualTo(number);
    }

    @Test
    void json_is_one_line_and_has_no_number_that_json_does_not_have() {
        assertThat(ConfigWriter.toJson(Map.of("a", List.of(1, Double.NaN)))).isEqualTo("{\"a\":[1,null]}");
        assertThat(ConfigWriter.toJson(Map.of("a", List.of(new double[] {0.5, Double.POSITIVE_INFINITY}, new float[] {1.5f}, new int[] {2}))))
                .isEqualTo("{\"a\":[[0.5,null],[1.5],[2]]}");
    }

    private static Example bound(String yaml) {
        return DEFAULTS.overriddenBy(Yaml.parse(yaml, "my.yaml")).bind(Example.class, "");
    }
}
