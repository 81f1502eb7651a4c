package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in {@code examples}, which {@code examples/run-all} runs: they compile, and the page shows them as they are. */
final class ExamplesTest {
    private static final Pattern CODE = Pattern.compile("```java\n(.*?\n)```", Pattern.DOTALL);
    private static final Pattern IMPORTS = Pattern.compile("\\A(import [^\n]*\n)+\n");

    @TempDir
    private Path classes;

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(ProjectFiles.find("examples"))) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    @Test
    void everyExampleCompilesWithoutAWarning() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Path example : examples()) { // one by one: they may have classes of the same name
            Path into = Files.createDirectory(classes.resolve(example.getFileName()));
            List<String> options =
                    List.of("-d", into.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-path");
            Writer findings = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                compiler.getTask(findings, files, null, options, null, files.getJavaFileObjects(example)).call();
            }
            assertThat(findings.toString()).as("%s", example).isEmpty();
            assertThat(into).isNotEmptyDirectory();
        }
    }

    @Test
    void thePageShowsEveryExampleAndNoOtherCode() throws IOException {
        String page = Files.readString(ProjectFiles.find("docs/embedding.md"));
        List<String> shown = CODE.matcher(page).results().map((MatchResult code) -> code.group(1)).toList();
        List<Path> examples = examples();
        assertThat(shown).hasSameSizeAs(examples);
        for (Path example : examples) {
            String whole = Files.readString(example);
            String withoutImports = IMPORTS.matcher(whole).replaceFirst("");
            assertThat(shown).as("%s", example).containsAnyOf(whole, withoutImports);
            assertThat(page).contains(example.getFileName().toString());
        }
    }
}
