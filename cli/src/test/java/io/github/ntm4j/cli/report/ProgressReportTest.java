package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.config.ConfigTree;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressReportTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private int columns = 200;

    @Test
    void a_person_sees_one_line_drawn_over_and_over() {
        ProgressReport report = report(true, true, false);
        report.accept(new TrainingEvent.Started(0));
        for (int i = 1; i <= 10; i++) {
            clock.addAndGet(500_000_000);
            report.accept(reported(100L * i, 160.0 / i));
        }
        String drawn = out.toString(StandardCharsets.UTF_8);
        assertThat(drawn).doesNotContain("\n");
        String last = last(drawn);
        assertThat(last).isEqualTo("1,000 sequences  16.00 bits  █▆▅▄▃▃▂▂▁▁  200/s  <= 0:45 left");
        report.accept(new TrainingEvent.Finished(1000, TrainingEvent.Outcome.BUDGET));
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[J");
    }

    @Test
    void the_line_is_not_drawn_more_than_ten_times_a_second() {
        ProgressReport report = report(true, true, false);
        report.accept(new TrainingEvent.Started(0));
        for (int i = 1; i <= 1000; i++) {
            clock.addAndGet(1_000_000);
            report.accept(reported(100L * i, 10));
        }
        assertThat(out.toString(StandardCharsets.UTF_8).split("\u001b\\[J", -1).length - 1).isBetween(9, 11);
    }

    @Test
    void a_long_training_keeps_the_line_short() {
        ProgressReport report = report(true, true, false);
        report.accept(new TrainingEvent.Started(0));
        for (int i = 1; i <= 5000; i++) {
            clock.addAndGet(1_000_000_000);
            report.accept(reported(100_000_000L + i, i % 7 == 0 ? Double.NaN : 1234.5));
        }
        String drawn = out.toString(StandardCharsets.UTF_8);
        String last = last(drawn);
        assertThat(last.length()).isLessThan(100);
    }

    /** What stands in the line now. */
    private static String last(String drawn) {
        return drawn.substring(drawn.lastIndexOf("\u001b[J") + 3).replaceAll("\u001b\\[[0-9;]*m", "").strip();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            200 | 1,200 sequences  16.00 bits  (12)  200/s  <= 0:44 left
            60  | 1,200 sequences  16.00 bits  (9)  200/s  <= 0:44 left
            52  | 1,200 sequences  16.00 bits  200/s  <= 0:44 left
            45  | 1,200 sequences  16.00 bits  <= 0:44 left
            40  | 1,200 sequences  16.00 bits  (10)
            30  | 1,200 sequences  16.00 bits
            20  | 1,200  16.00
            10  | 1,200  16
            """, delimiter = '|')
    void the_line_says_as_much_as_there_is_room_for(int width, String says) {
        columns = width;
        ProgressReport report = report(true, true, false);
        report.accept(new TrainingEvent.Started(0));
        for (int i = 1; i <= 12; i++) {
            clock.addAndGet(500_000_000);
            report.accept(reported(100L * i, 16.0 + 100.0 / i - 100.0 / 12));
        }
        String line = last(out.toString(StandardCharsets.UTF_8));
        Matcher curve = Pattern.compile("[▁▂▃▄▅▆▇█]+").matcher(line);
        assertThat(curve.replaceAll(found -> "(" + found.group().length() + ")")).isEqualTo(says);
        assertThat(line.length()).isLessThan(width);
    }

    /** From one column on, and where a window is made narrower in between: never more than one row, and the cursor at its beginning. */
    @Test
    void at_any_width_the_line_is_one_row_and_is_cleared_from_its_beginning() {
        ProgressReport report = report(true, false, false);
        report.accept(new TrainingEvent.Started(0));
        for (columns = 300; columns > 0; columns--) {
            out.reset();
            clock.addAndGet(500_000_000);
            report.accept(reported(10_000_000L + columns, 1234.5));
            String drawn = out.toString(StandardCharsets.UTF_8);
            assertThat(drawn).startsWith("\r\u001b[J").endsWith("\r").doesNotContain("\n");
            assertThat(last(drawn).length()).isLessThan(columns);
        }
    }

    @Test
    void without_a_terminal_there_is_a_plain_line_for_each_evaluation() {
        ProgressReport report = report(false, false, false);
        train(report);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                1,000 sequences, 2.50 bits and 0.120 bit errors per sequence at length=20, 500 sequences/s, at most 0:18 left
                skipped an update at 1,016 sequences: the loss is not finite (1 in a row)
                """);
    }

    @Test
    void that_the_task_is_solved_is_said_when_the_training_goes_on() {
        ProgressReport report = report(false, false, false);
        report.accept(new TrainingEvent.Solved(2000));
        report.accept(reported(2100, 0.1));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("solved after 2,000 sequences, going on\n");
    }

    @Test
    void a_plateau_is_said_with_a_hint_and_when_it_is_left() {
        ProgressReport report = report(false, false, false);
        report.accept(new TrainingEvent.PlateauReached(11_000, 1000, 18.04, 17.5));
        report.accept(new TrainingEvent.PlateauLeft(29_000, 1000, 16.2));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                plateau: over 10,000 sequences the evaluations have not come a twentieth below 18.04 bits (now 17.50); usual for \
                associative-recall: 8 of 8 runs with the default settings left theirs between 22,000 and 30,000 sequences; if it lasts \
                longer, try another --seed
                left the plateau: 16.20 bits after 29,000 sequences
                """);
    }

    @Test
    void a_relapse_is_said_unless_one_half_as_bad_was_said_before() {
        ProgressReport report = report(false, false, false);
        report.accept(new TrainingEvent.Relapsed(4000, 4.5, 0.37, 1));
        report.accept(new TrainingEvent.Relapsed(5000, 8, 0.5, 2));
        report.accept(new TrainingEvent.Relapsed(6000, 0.2, 0, 3));
        report.accept(new TrainingEvent.Relapsed(9000, 15, 5.5, 1));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                relapsed: 0.370 bit errors and 4.50 bits after 4,000 sequences
                relapsed: 5.50 bit errors and 15.00 bits after 9,000 sequences
                """);
    }

    @Test
    void for_a_program_progress_goes_to_the_error_stream_and_is_never_drawn() {
        train(report(true, true, true));
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("1,000 sequences, ").doesNotContain("\r");
    }

    @Test
    void colours_are_used_only_where_they_are_wanted() {
        assertThat(Terminal.wantsColours(Map.of())).isTrue();
        assertThat(Terminal.wantsColours(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.wantsColours(Map.of("NO_COLOR", "1"))).isFalse();
        ProgressReport report = report(true, false, false);
        report.accept(new TrainingEvent.Started(0));
        report.accept(reported(100, 10));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[1m").contains("\r\u001b[J");
    }

    private void train(ProgressReport report) {
        report.accept(new TrainingEvent.Started(0));
        report.accept(reported(500, 10));
        clock.set(2_000_000_000);
        report.accept(new TrainingEvent.Evaluated(1000, new Evaluation(Size.of("length", 20), 200, 2.5, 0.12, 180, 0, 0.1, 0.01), true));
        report.accept(new TrainingEvent.Skipped(1016, "the loss is not finite", 1));
        report.accept(new TrainingEvent.Solved(2000));
        report.accept(new TrainingEvent.Finished(2000, TrainingEvent.Outcome.SOLVED));
    }

    private ProgressReport report(boolean live, boolean colours, boolean forProgram) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                live,
                colours,
                () -> columns);
        ConfigTree settings = ConfigTree.assignment("training.sequences=10000").with(ConfigTree.assignment("task.name=associative-recall"));
        return new ProgressReport(terminal, forProgram, RunConfig.resolve(settings), clock::get);
    }

    private static TrainingEvent reported(long sequences, double bits) {
        return new TrainingEvent.Reported(sequences, bits, 0.5, 1e-3, 1, 0, 0);
    }
}
