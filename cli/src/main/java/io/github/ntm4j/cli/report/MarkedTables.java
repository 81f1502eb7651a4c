package io.github.ntm4j.cli.report;

import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A page whose tables a program writes, each between a line {@code <!-- name -->} and the next line {@code <!-- end -->}.
 *
 * @param file where it is
 * @param text what is in it
 */
public record MarkedTables(Path file, String text) {
    private static final String END = "<!-- end -->";

    /**
     * Reads a page.
     *
     * @throws UserException if it cannot be read or lacks the marks of a table
     */
    public static MarkedTables read(Path file, List<String> names) {
        MarkedTables page;
        try {
            page = new MarkedTables(file, Files.readString(file));
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        names.forEach(page::place);
        return page;
    }

    private static String mark(String name) {
        return "<!-- " + name + " -->\n";
    }

    /** From behind the mark to before the end. */
    private int[] place(String name) {
        int mark = text.indexOf(mark(name));
        int from = mark + mark(name).length();
        int to = text.indexOf(END, from);
        int next = text.indexOf("<!-- ", from);
        if (mark < 0 || to < 0 || next < to) {
            throw new UserException(file + ": expected a line <!-- " + name + " --> and a line " + END + " after it");
        }
        return new int[] {from, to};
    }

    /** The page with other tables. */
    public String with(Map<String, String> tables) {
        MarkedTables page = this;
        for (Map.Entry<String, String> table : tables.entrySet()) {
            int[] place = page.place(table.getKey());
            page = new MarkedTables(file, page.text.substring(0, place[0]) + table.getValue() + "\n" + page.text.substring(place[1]));
        }
        return page.text;
    }
}
