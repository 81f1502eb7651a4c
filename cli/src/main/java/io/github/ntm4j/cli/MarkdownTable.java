package io.github.ntm4j.cli;

import java.util.ArrayList;
import java.util.List;

/** Tables in Markdown that can be read as they are. */
final class MarkdownTable {
    private MarkdownTable() {}

    /** A table with its columns as wide as their widest cell, the first set to the left and the others to the right. */
    static String of(List<String> head, List<List<String>> lines) {
        int[] widths = new int[head.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = head.get(i).length();
            for (List<String> line : lines) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> text = new ArrayList<>();
        text.add(line(head, widths));
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rule.add("-".repeat(Math.max(3, widths[i]) - 1) + (i == 0 ? "-" : ":"));
        }
        text.add(line(rule, widths));
        lines.forEach(cells -> text.add(line(cells, widths)));
        return String.join("\n", text);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String fill = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
            line.append(' ').append(i == 0 ? cells.get(i) + fill : fill + cells.get(i)).append(" |");
        }
        return line.toString();
    }
}
