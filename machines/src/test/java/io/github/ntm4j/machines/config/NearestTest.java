package io.github.ntm4j.machines.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final List<String> KNOWN =
            List.of("machine.rows", "machine.width", "machine.read_heads", "training.batch", "copy", "repeat-copy", "seed");

    @ParameterizedTest
    @CsvSource({
        "machine.rowz, machine.rows",
        "machine.read-heads, machine.read_heads",
        "MACHINE.ROWS, machine.rows",
        "machine.wdith, machine.width",
        "rows, machine.rows",
        "coppy, copy",
        "cpoy, copy",
        "repeat, repeat-copy",
        "sed, seed",
    })
    void a_slip_finds_the_name_that_was_meant(String typed, String meant) {
        assertThat(Nearest.of(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "transformer", "machine", "zzzz"})
    void what_is_like_no_name_or_like_several_finds_none(String typed) {
        assertThat(Nearest.of(typed, KNOWN)).isEmpty();
    }

    @Test
    void a_very_long_name_is_not_compared() {
        assertThat(Nearest.of("machine.rows".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void the_suggestion_is_empty_when_there_is_none() {
        assertThat(Nearest.suggestion("coppy", KNOWN)).isEqualTo("; did you mean copy?");
        assertThat(Nearest.suggestion("zzzz", KNOWN)).isEmpty();
    }
}
