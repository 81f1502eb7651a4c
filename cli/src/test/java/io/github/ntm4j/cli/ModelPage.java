package io.github.ntm4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The card of a machine as its readers take it: the commands that they type and the figures in its tables.
 *
 * @param text the page
 */
public record ModelPage(String text) {
    public static ModelPage beside(Path model) throws IOException {
        return new ModelPage(Files.readString(Path.of(model.toString().replaceFirst("\\.safetensors$", ".md"))));
    }

    /** The only command of the given name, without the program's. */
    public List<String> command(String name) {
        List<String> found = text.lines().filter(line -> line.startsWith("./ntm " + name + " ")).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one command ./ntm " + name + " in\n" + text);
        }
        return new ArrayList<>(Arrays.asList(found.getFirst().substring("./ntm ".length()).split(" ")));
    }

    /** The line of a table that begins with a cell, without that cell. */
    public List<String> line(String first) {
        return text.lines()
                .map(line -> Stream.of(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.size() > 1 && cells.get(1).equals(first))
                .findFirst()
                .map(cells -> cells.subList(2, cells.size()))
                .orElseThrow(() -> new AssertionError("expected a line | " + first + " | in\n" + text));
    }

    /** The part behind a heading, up to the next one. */
    public String part(String heading) {
        String behind = text.substring(text.indexOf("\n## " + heading + "\n") + heading.length() + 5);
        int next = behind.indexOf("\n## ");
        return (next < 0 ? behind : behind.substring(0, next)).strip();
    }
}
