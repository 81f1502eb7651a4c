package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.cli.bench.BenchResults;
import io.github.ntm4j.cli.bench.BenchTables;
import io.github.ntm4j.cli.report.MarkedTables;
import io.github.ntm4j.lab.benchmark.Bandwidth;
import io.github.ntm4j.lab.benchmark.BenchmarkFigure;
import io.github.ntm4j.lab.benchmark.Cost;
import io.github.ntm4j.lab.benchmark.CostLine;
import io.github.ntm4j.lab.benchmark.CostMap;
import io.github.ntm4j.lab.benchmark.InferenceFigure;
import io.github.ntm4j.lab.benchmark.MemoryFigure;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/performance.md} against the command that writes its tables. */
class PerformancePageTest {
    private static final Path PAGE = ProjectFiles.find("docs/performance.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- (?!end)[^>]+ -->\n).*?(<!-- end -->)");

    @TempDir
    private Path folder;

    @Test
    void the_page_has_a_place_for_every_table_and_says_how_to_fill_them() throws IOException {
        MarkedTables page = MarkedTables.read(PAGE, BenchTables.NAMES);
        assertThat(page.text()).contains("./ntm bench --write docs/performance.md");
        assertThat(TABLE.matcher(page.text()).results()).hasSameSizeAs(BenchTables.NAMES);
    }

    @Test
    void new_figures_replace_the_tables_and_nothing_else() throws IOException {
        Path copy = folder.resolve("performance.md");
        Files.copy(PAGE, copy);
        SequencedMap<String, String> tables = BenchTables.all(results());
        assertThat(tables.keySet()).containsExactlyInAnyOrderElementsOf(BenchTables.NAMES);

        String written = MarkedTables.read(copy, BenchTables.NAMES).with(tables);

        assertThat(tables.values()).allSatisfy(table -> assertThat(written).contains(table + "\n<!-- end -->"));
        assertThat(written).contains("| copy ntm-lstm, batch 1, 1 thread ", "12.34");
        assertThat(prose(written)).isEqualTo(prose(Files.readString(PAGE)));
        Files.writeString(copy, written);
        assertThat(MarkedTables.read(copy, BenchTables.NAMES).with(tables)).isEqualTo(written);
    }

    private static String prose(String text) {
        return TABLE.matcher(text).replaceAll("$1$2");
    }

    @Test
    void tables_have_as_many_cells_in_every_line() {
        BenchTables.all(results()).values().forEach(table ->
                assertThat(table.lines().map(line -> line.chars().filter(c -> c == '|').count()).distinct()).as(table).hasSize(1));
    }

    @Test
    void a_page_without_a_mark_is_refused_in_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("page.md"), "<!-- a -->\n<!-- b -->\n<!-- end -->\n");
        assertThatThrownBy(() -> MarkedTables.read(file, List.of("b", "a")))
                .isInstanceOf(UserException.class)
                .hasMessage(file + ": expected a line <!-- a --> and a line <!-- end --> after it");
        assertThatThrownBy(() -> MarkedTables.read(file, List.of("c"))).hasMessageContaining("<!-- c -->");
        assertThat(MarkedTables.read(file, List.of("b")).with(Map.of("b", "x"))).isEqualTo("<!-- a -->\n<!-- b -->\nx\n<!-- end -->\n");
    }

    private static BenchResults results() {
        SequencedMap<String, Object> environment = new LinkedHashMap<>();
        environment.put("cpu", "Abacus");
        BenchResults results = new BenchResults(8, environment);
        results.peaks().put(1, 100.0);
        results.bandwidth(new Bandwidth(List.of(new Bandwidth.Level(32 << 10, 150, 300), new Bandwidth.Level(512 << 20, 10, 15))));
        results.cases().add(new BenchmarkFigure("copy ntm-lstm", 1, 1, 12.34, 1.05, 4000, 40, 100));
        results.speedup(OptionalDouble.of(1.9));
        results.inference().add(new InferenceFigure(1, 1, 250_000, 1.01, 0));
        results.inference().add(new InferenceFigure(64, 2, 480_000, 1.02, 0));
        results.rows().add(new MemoryFigure(65_536, 32, 8, 2500, 4000, 1.1, 12e6, 15));
        results.lengths().add(new MemoryFigure(128, 20, 500, 4, 8, 1.1, 25e3, 15));
        List<CostLine> lines = List.of(
                new CostLine("Linear heads", new Cost(1, 100, 0.2, 0.5), new Cost(2, 200, 0.4, 0.3)),
                new CostLine("optimiser", new Cost(0, 0, 0, 0), new Cost(1, 0, 0, 0.5)));
        results.maps().add(new CostMap("ntm-lstm", 1, 22, lines, 4));
        results.maps().add(new CostMap("ntm-lstm", 4, 22, lines, 3));
        return results;
    }
}
