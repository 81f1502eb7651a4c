package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.BadInputs.Row;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with the input of a command is answered in one line, and nothing else happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputsTest {
    /** Where the command would begin a run if it took wrong input for right. */
    private static final Path HERE = Path.of("");

    private List<Row> rows = List.of();
    private Path folder = HERE;
    private SortedMap<String, Long> files = new TreeMap<>();
    private SortedMap<String, Long> here = new TreeMap<>();

    @BeforeAll
    void makeFiles(@TempDir Path empty) throws IOException {
        folder = empty;
        rows = BadInputs.read(folder);
        files = tree(folder, Integer.MAX_VALUE);
        here = tree(HERE, 1);
    }

    /** The names of all files and folders, with a checksum of what is in them. */
    private static SortedMap<String, Long> tree(Path root, int depth) throws IOException {
        SortedMap<String, Long> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root, depth)) {
            for (Path path : paths.toList()) {
                CRC32 sum = new CRC32();
                if (Files.isRegularFile(path)) {
                    sum.update(Files.readAllBytes(path));
                }
                tree.put(root.relativize(path).toString(), sum.getValue());
            }
        }
        return tree;
    }

    /** What came, went, or has another content. */
    private static Set<String> changed(SortedMap<String, Long> before, SortedMap<String, Long> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }

    private List<Row> rows() {
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Timeout(60)
    void bad_input_is_answered_in_one_line_and_changes_nothing(Row row) throws IOException {
        Outcome outcome = Cli.runWithInput(row.input(), row.arguments().toArray(String[]::new));

        // What a row changes is its own fault, and not that of the rows after it.
        Set<String> changed = changed(files, files = tree(folder, Integer.MAX_VALUE));
        Set<String> changedHere = changed(here, here = tree(HERE, 1));

        assertThat(outcome.err()).startsWith("ntm: ").contains(row.message()).hasLineCount(1).endsWith("\n");
        assertThat(outcome.err()).doesNotContain("Exception", "internal error", folder + "//");
        assertThat(outcome.code()).isEqualTo(row.code());
        // What else a run is made of may be in order.
        boolean verifying = row.arguments().getFirst().equals("verify");
        assertThat(outcome.out().lines()).allMatch(line -> verifying && line.startsWith("ok  "));
        assertThat(changed).isEmpty();
        assertThat(changedHere).isEmpty();
    }

    @Test
    void the_table_has_hundreds_of_rows_about_every_command() {
        Set<String> commands = rows.stream().map(row -> row.arguments().getFirst()).collect(Collectors.toSet());
        assertThat(rows).hasSizeGreaterThanOrEqualTo(200);
        assertThat(commands).containsAll(Ntm.commandLine(Terminal.plain(System.in, System.out, System.err)).getSubcommands().keySet());
        assertThat(rows.stream().map(row -> row.arguments() + row.input())).doesNotHaveDuplicates();
    }
}
