package io.github.ntm4j.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Tables in Markdown that can be read as they are. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** A table with its columns as wide as their widest cell, the first set to the left and the others to the right. */
    public static String of(List<String> head, List<List<String>> lines) {
        return of(head, lines, false);
    }

    /** The same with all columns to the left, for texts. */
    static String toTheLeft(List<String> head, List<List<String>> lines) {
        return of(head, lines, true);
    }

    private static String of(List<String> head, List<List<String>> lines, boolean allLeft) {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = head.get(i).length();
            for (List<String> line : lines) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> text = new ArrayList<>();
        text.add(line(head, widths, allLeft));
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rule.add("-".repeat(Math.max(3, widths[i]) - 1) + (i == 0 || allLeft ? "-" : ":"));
        }
        text.add(line(rule, widths, allLeft));
        lines.forEach(cells -> text.add(line(cells, widths, allLeft)));
        return String.join("\n", text);
    }

    private static String line(List<String> cells, int[] widths, boolean allLeft) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String fill = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
            line.append(' ').append(i == 0 || allLeft ? cells.get(i) + fill : fill + cells.get(i)).append(" |");
        }
        return line.toString();
    }
}
