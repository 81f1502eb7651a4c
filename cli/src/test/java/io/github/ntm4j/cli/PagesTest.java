package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the pages of documentation against each other and against the code that they name. */
final class PagesTest {
    private static final Path DOCS = ProjectFiles.find("docs");
    private static final Path PROJECT = DOCS.getParent();
    private static final Pattern BLOCK = Pattern.compile("(?s)```.*?```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.([a-z][A-Za-z]+))?`");

    @TestFactory
    Stream<DynamicTest> every_link_leads_to_a_file_and_a_heading_that_are_there() throws IOException {
        return pages().stream().map(page -> DynamicTest.dynamicTest(PROJECT.relativize(page).toString(), () -> assertThat(brokenLinks(page)).isEmpty()));
    }

    @Test
    void the_glossary_and_the_architecture_name_classes_and_members_that_are_there() throws IOException {
        Map<String, String> sources = sources();
        List<String> unknown = new ArrayList<>();
        for (String page : List.of("glossary.md", "architecture.md")) {
            for (MatchResult name : CODE_NAME.matcher(text(DOCS.resolve(page))).results().toList()) {
                String type = name.group(1);
                String member = name.group(2);
                String source = sources.getOrDefault(type, "");
                if (source.isEmpty() || (member != null && !Pattern.compile("\\b" + member + "\\b").matcher(source).find())) {
                    unknown.add(page + ": " + name.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void the_glossary_has_every_value_that_a_session_names() throws IOException {
        Machine machine = Preset.DEFAULT.machine("ntm-lstm").build(2, 1);
        machine.initialise(1);
        Session session = new Session(machine, 1, KernelProvider.PORTABLE);
        String glossary = text(DOCS.resolve("glossary.md"));
        assertThat(session.names().keySet())
                .isNotEmpty()
                .allMatch(name -> glossary.contains("`" + name + "`") || glossary.contains("`." + name.replaceFirst("^.*\\.", "") + "`"));
    }

    private static List<String> brokenLinks(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
            String target = link.group(1);
            if (target.contains("://")) {
                continue;
            }
            String[] parts = target.split("#", 2);
            Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            if (!Files.exists(file) || (parts.length == 2 && !headings(file).contains(parts[1]))) {
                broken.add(target);
            }
        }
        return broken;
    }

    /** The headings of a page as the fragments of addresses: small letters, hyphens for blanks, nothing else. */
    private static List<String> headings(Path page) throws IOException {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("]\\([^)]*\\)", "")
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(PROJECT.resolve("README.md"), PROJECT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.list(DOCS)) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** A page without its examples. */
    private static String text(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }

    /** The sources of the project by the name of their class. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Stream.of("engine", "machines", "learning", "lab", "studio", "cli", "bench").map(PROJECT::resolve).flatMap(PagesTest::javaFiles)) {
            return files.filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""), PagesTest::read, String::concat));
        }
    }

    private static Stream<Path> javaFiles(Path module) {
        Path sources = module.resolve("src");
        if (!Files.isDirectory(sources)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
