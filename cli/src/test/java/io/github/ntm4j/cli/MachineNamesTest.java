package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.machine.MachineKind;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing outside a machine's own package, its recipes, its cases and the list of machines names a machine: not pictures, words, cards,
 * benchmarks, studio or commands. Comments and examples of commands may.
 */
final class MachineNamesTest {
    private static final List<String> MODULES = List.of("engine", "machines", "learning", "lab", "studio", "cli");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|js|html|css|yaml|txt)");
    /** What belongs to a machine, by the beginning of its path in its package. */
    private static final Pattern OWN = Pattern.compile(".*/(recipe|benchmark|suite|vendor)/[^/]*\\.(yaml|txt|js)|.*/vendor/.*");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|//|/\\*|#|<!--).*|^\\s*\"\\s*(\\./)?ntm .*");

    /** Who may, and why. */
    private static final Map<String, String> ALLOWED = Map.of(
            "MachineKinds.java", "the list of machines",
            "PytorchNtm.java", "files of another implementation of one machine");

    @Test
    void nothingElseNamesAMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            if (ALLOWED.containsKey(name) || OWN.matcher(file.toString()).matches()) {
                continue;
            }
            Pattern names = Pattern.compile(kinds(file).map(MachineNamesTest::pattern).distinct().collect(Collectors.joining("|")));
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!names.pattern().isEmpty() && !COMMENT.matcher(line).matches() && names.matcher(line).find()) {
                    found.add(file + ":" + number + ": " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void whoIsAllowedToIsThere() throws IOException {
        SequencedSet<String> names = new TreeSet<>(sources().stream().map(file -> file.getFileName().toString()).toList());
        assertThat(names).containsAll(ALLOWED.keySet());
    }

    @Test
    void aNameIsFound() {
        MachineKind<?> usual = MachineKinds.usual();
        Pattern pattern = Pattern.compile(pattern(usual));
        assertThat(pattern.matcher("machine.equals(\"" + usual.name() + "\")").find()).isTrue();
        assertThat(pattern.matcher("config instanceof " + usual.type().getSimpleName() + " own").find()).isTrue();
        assertThat(pattern.matcher("models/copy-" + usual.name() + ".safetensors").find()).isFalse();
    }

    /** The kinds whose names do not belong into a file: all but those in whose package it lies. */
    private static Stream<MachineKind<?>> kinds(Path file) {
        Path folder = file.getParent();
        return MachineKinds.all().values().stream().filter(kind -> !folder.endsWith(kind.type().getPackageName().replace('.', '/')));
    }

    private static String stem(MachineKind<?> kind) {
        return kind.type().getSimpleName().replaceFirst("Config$", "");
    }

    /** The name of a machine as a word by itself, and the names of its classes. */
    private static String pattern(MachineKind<?> kind) {
        String name = Pattern.quote(kind.name());
        String word = kind.name().contains("-") ? "(?<![\\w-])" + name + "(?![\\w-])" : "[\"'`]" + name + "[\"'`]";
        return word + "|\\b" + stem(kind) + "(Config|Machine|Kind)\\b";
    }

    private static List<Path> sources() throws IOException {
        Path root = ProjectFiles.find("ntm").getParent();
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            Path main = root.resolve(module).resolve("src/main");
            if (Files.isDirectory(main)) {
                try (Stream<Path> files = Files.walk(main)) {
                    files.filter(file -> Files.isRegularFile(file) && SOURCE.matcher(file.toString()).matches()).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
