package io.github.ntm4j.machines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void a_record_is_described_with_snake_case_keys_and_kebab_case_words_in_its_order() {
        assertThat(Settings.describe(Example.DEFAULT).toString())
                .isEqualTo("{seed=1, name=default, machine={rows=128, width=20, start_weighting=first-row, traced=false}, "
                        + "training={learning_rate=1.0E-4, sequences=100000, offset=-2.5}}");
    }

    @Test
    void what_was_described_binds_to_an_equal_record() {
        assertThat(Settings.bind(Example.class, Settings.describe(Example.DEFAULT), "", "x.yaml")).isEqualTo(Example.DEFAULT);
    }

    @Test
    void whole_numbers_are_taken_for_doubles_and_whole_doubles_for_integers() {
        Map<String, Object> values = new LinkedHashMap<>(Settings.describe(Example.DEFAULT.training()));
        values.put("offset", 3);
        values.put("sequences", 2e5);
        assertThat(Settings.bind(Example.Training.class, values, "training", "x.yaml"))
                .isEqualTo(new Example.Training(1e-4, 200_000, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows | 0 | x.yaml: machine.rows: expected a whole number from 1 to 65536, got 0",
                "rows | 65537 | x.yaml: machine.rows: expected a whole number from 1 to 65536, got 65537",
                "rows | 1.5 | x.yaml: machine.rows: expected a whole number from 1 to 65536, got 1.5",
                "rows | NaN | x.yaml: machine.rows: expected a whole number from 1 to 65536, got NaN",
                "rows | 1e99 | x.yaml: machine.rows: expected a whole number from 1 to 65536, got 1e99",
                "width | 4294967297 | x.yaml: machine.width: expected a whole number of at least 1, got 4294967297",
            })
    void a_number_out_of_range_names_key_range_and_value(String key, double value, String message) {
        assertRefused(key, value, message);
    }

    @Test
    void a_value_of_the_wrong_type_names_both_types() {
        assertRefused("rows", "many", "x.yaml: machine.rows: expected a whole number from 1 to 65536, got 'many'");
        assertRefused("rows", "64", "x.yaml: machine.rows: expected a whole number from 1 to 65536, got '64'");
        assertRefused("rows", true, "x.yaml: machine.rows: expected a whole number from 1 to 65536, got true");
        assertRefused("traced", 1, "x.yaml: machine.traced: expected true or false, got 1");
        assertRefused("traced", "true", "x.yaml: machine.traced: expected true or false, got 'true'");
        assertRefused("start_weighting", 4, "x.yaml: machine.start_weighting: expected one of first-row, learned, uniform, got 4");
    }

    @Test
    void an_unknown_word_names_all_words_and_the_nearest() {
        assertRefused("start_weighting", "first_row", "x.yaml: machine.start_weighting: expected one of first-row, learned, "
                + "uniform, got 'first_row'; did you mean first-row?");
        assertRefused("start_weighting", "zzz", "x.yaml: machine.start_weighting: expected one of first-row, learned, uniform, got 'zzz'");
    }

    @Test
    void an_unknown_key_names_the_nearest_or_all_beside_it() {
        assertRefused("rowz", 1, "x.yaml: machine.rowz: no such setting; did you mean machine.rows?");
        assertRefused("gate", 1, "x.yaml: machine.gate: no such setting; machine.* has rows, width, start_weighting, traced");
        assertRefused("xyzzy", 1, "x.yaml: machine.xyzzy: no such setting; machine.* has rows, width, start_weighting, traced");
    }

    @Test
    void a_missing_key_is_named() {
        Map<String, Object> values = new LinkedHashMap<>(Settings.describe(Example.DEFAULT.machine()));
        values.remove("width");
        assertThatThrownBy(() -> Settings.bind(Example.Machine.class, values, "machine", "x.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessage("x.yaml: machine.width: is missing; expected a whole number of at least 1");
    }

    @Test
    void texts_from_the_command_line_are_read_as_what_the_setting_is() {
        Map<String, String> values = Map.of("rows", "64", "width", "2e1", "start_weighting", "learned", "traced", "true");
        assertThat(Settings.bind(Example.Machine.class, values, "machine", "--set"))
                .isEqualTo(new Example.Machine(64, 20, Example.Start.LEARNED, true));
    }

    @Test
    void a_refusal_of_the_record_itself_passes_through() {
        Map<String, Object> values = new LinkedHashMap<>(Settings.describe(Example.DEFAULT.training()));
        values.put("sequences", 13);
        assertThatThrownBy(() -> Settings.bind(Example.Training.class, values, "training", "x.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessage("training.sequences: 13 brings bad luck");
    }

    @Test
    void the_reference_has_a_line_for_every_setting() {
        assertThat(Settings.documentation(Settings.entries(Example.DEFAULT, ""))).isEqualTo("""
                seed                     seed of all random numbers; a whole number of at least 0; default 1
                name                     what it is called; text; default default
                machine.rows             rows of the memory; a whole number from 1 to 65536; default 128
                machine.width            width of a row; a whole number of at least 1; default 20
                machine.start_weighting  where the heads start; one of first-row, learned, uniform; default first-row
                machine.traced           whether every step is traced; true or false; default false
                training.learning_rate   step size; a number from 0 to 1; default 0.0001
                training.sequences       sequences in all; a whole number of at least 0; default 100000
                training.offset          any number; a number; default -2.5""");
        assertThat(Settings.keys(Example.Machine.class, "machine")).contains("machine.rows").hasSize(4);
    }

    /** Two groups of one record, one of them inside another. */
    private record Grouped(@Setting("first") int first, @Group Outer outer, @Setting("last") boolean last) {
        private record Outer(@Group(prefix = "in_", word = "input") Side in, @Setting(value = "middle", max = 9) int middle) {}

        private record Side(@Setting("width of {}s") int width, @Setting(value = "form", key = "kind") Example.Start form) {}
    }

    @Test
    void the_keys_of_a_group_stand_among_those_around_it() {
        Grouped grouped = new Grouped(1, new Grouped.Outer(new Grouped.Side(2, Example.Start.LEARNED), 3), true);
        assertThat(Settings.describe(grouped).toString()).isEqualTo("{first=1, in_width=2, in_kind=learned, middle=3, last=true}");
        assertThat(Settings.keys(Grouped.class, "task"))
                .containsExactly("task.first", "task.in_width", "task.in_kind", "task.middle", "task.last");
        assertThat(Settings.entries(grouped, "").get(1).description()).isEqualTo("width of inputs");
        assertThat(Settings.with(grouped, Map.of("in_width", 5)).outer().in().width()).isEqualTo(5);
        assertThatThrownBy(() -> Settings.with(grouped, Map.of("in_widht", 5)))
                .hasMessage("settings: in_widht: no such setting; did you mean in_width?");
        assertThatThrownBy(() -> Settings.requireWithin(
                        new Grouped(1, new Grouped.Outer(new Grouped.Side(2, Example.Start.LEARNED), 10), true), "task"))
                .hasMessage("task.middle: expected a whole number of at most 9, got 10");
    }

    @Test
    void a_value_is_shown_as_a_file_has_it() {
        assertThat(Settings.text(Example.Start.FIRST_ROW)).isEqualTo("first-row");
        assertThat(Settings.words(Example.Start.class)).containsEntry("first-row", Example.Start.FIRST_ROW).hasSize(3);
        assertThat(Settings.text(1e-4)).isEqualTo("0.0001");
        assertThat(Settings.text(1e-8)).isEqualTo("1e-8");
        assertThat(Settings.text(2.5e15)).isEqualTo("25e14");
        assertThat(Settings.text(1e6)).isEqualTo("1000000");
        assertThat(Settings.text(-0.0)).isEqualTo("-0.0");
        assertThat(Settings.text(128.0)).isEqualTo("128");
        assertThat(Settings.text(true)).isEqualTo("true");
    }

    private static void assertRefused(String key, Object value, String message) {
        Map<String, Object> values = new LinkedHashMap<>(Settings.describe(Example.DEFAULT.machine()));
        values.put(key, value);
        assertThatThrownBy(() -> Settings.bind(Example.Machine.class, values, "machine", "x.yaml"))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }
}
