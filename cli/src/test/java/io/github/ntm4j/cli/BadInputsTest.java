package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.cli.BadInputs.Row;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private SortedMap<String, String> files = new TreeMap<>();
    private SortedMap<String, String> here = new TreeMap<>();

    @BeforeAll
    void makeFiles(@TempDir Path empty) throws IOException {
        folder = empty;
        rows = BadInputs.read(folder);
        files = tree(folder, Integer.MAX_VALUE);
        here = tree(HERE, 1);
    }

    /** The names of all files and folders, with their lengths and when they were last written: reading them all for each row takes long. */
    private static SortedMap<String, String> tree(Path root, int depth) throws IOException {
        SortedMap<String, String> tree = new TreeMap<>();
        Files.walkFileTree(root, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                tree.put(root.relativize(path).toString(), "a folder");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                String content = attributes.isDirectory() ? "a folder" : attributes.size() + ", " + attributes.lastModifiedTime();
                tree.put(root.relativize(path).toString(), content);
                return FileVisitResult.CONTINUE;
            }
        });
        return tree;
    }

    /** What came, went, or has another content. */
    private static Set<String> changed(SortedMap<String, String> before, SortedMap<String, String> after) {
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
