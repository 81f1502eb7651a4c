package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProseTest {
    @Test
    void words_fill_lines_of_at_most_120_characters_and_none_is_lost() {
        String text = "word ".repeat(100).strip();
        String wrapped = Prose.wrapped(text);
        assertThat(wrapped.lines()).hasSize(5).allMatch(line -> line.length() <= 120 && line.equals(line.strip()));
        assertThat(wrapped.lines().findFirst().orElseThrow()).hasSize(119);
        assertThat(wrapped.replace('\n', ' ')).isEqualTo(text);
        assertThat(Prose.wrapped("  a \n b\t c ")).isEqualTo("a b c");
        assertThat(Prose.wrapped("x".repeat(130) + " y")).isEqualTo("x".repeat(130) + "\ny");
    }

    @Test
    void a_command_between_backticks_stays_on_one_line() {
        String command = "(`./ntm eval models/a.safetensors --at length=1000`).";
        String wrapped = Prose.wrapped("word ".repeat(20) + command + " word ` word");
        assertThat(wrapped).isEqualTo("word ".repeat(20).strip() + "\n" + command + " word ` word");
    }

    @Test
    void a_list_has_and_before_its_last_item() {
        assertThat(Prose.list(List.of("a"))).isEqualTo("a");
        assertThat(Prose.list(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(Prose.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }
}
