package io.github.ntm4j.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("base.json"), text);
    }

    @Test
    void a_fall_is_that_of_the_share_of_the_peak() throws IOException {
        Baseline baseline = Baseline.read(file(
                "{\"lanes\":8,\"cases\":[{\"name\":\"copy\",\"batch\":4,\"threads\":2,\"share_of_peak\":0.4,\"new\":1}],\"more\":1}"));
        assertThat(baseline.lanes()).isEqualTo(8);
        // Half the speed on half the peak is no fall.
        assertThat(baseline.fall(figure("copy", 20, 50)).orElseThrow()).isCloseTo(0, within(1e-12));
        assertThat(baseline.fall(figure("copy", 15, 50)).orElseThrow()).isCloseTo(0.25, within(1e-12));
        assertThat(baseline.fall(figure("other", 15, 50))).isEmpty();
    }

    private static BenchmarkFigure figure(String name, double gflops, double peak) {
        return new BenchmarkFigure(name, 4, 2, 1, 1, 1, gflops, peak);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | there is no whole number 'lanes'",
                "{ | column 2: unexpected end-of-input",
                "[] | there is no whole number 'lanes'",
                "{\"lanes\":\"8\"} | there is no whole number 'lanes'",
                "{\"lanes\":8} | there are no 'cases'",
                "{\"lanes\":8,\"cases\":[]} | there are no 'cases'",
                "{\"lanes\":8,\"cases\":[{\"name\":\"copy\"}]} | case 1 lacks a name, a batch, threads or a share_of_peak above 0",
                "{\"lanes\":8,\"cases\":[{\"name\":\"c\",\"batch\":1,\"threads\":1,\"share_of_peak\":null}]} | case 1 lacks",
                "{\"lanes\":8,\"cases\":[{\"name\":\"c\",\"batch\":1,\"threads\":1,\"share_of_peak\":0}]} | case 1 lacks",
            })
    void a_file_that_is_something_else_is_refused_in_one_line(String text, String problem) throws IOException {
        Path file = file(text == null ? "" : text);
        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + ": expected what ntm bench --save wrote")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Baseline.read(folder.resolve("none.json")))
                .isInstanceOf(UserException.class)
                .hasMessage("cannot read " + folder.resolve("none.json") + ": no such file or folder");
    }
}
