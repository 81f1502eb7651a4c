package io.github.ntm4j.cli.report;

import java.util.List;

/** A part of a report, before it is known in which language it will be written. */
public sealed interface Block {
    /** A heading of the first, second or third level. */
    record Heading(int level, String text) implements Block {}

    /** A paragraph of plain words. */
    record Words(String text) implements Block {}

    /** Commands to type, a line each. */
    record Commands(List<String> lines) implements Block {}

    /** A table whose first column is set to the left and the others to the right. */
    record Table(List<String> head, List<List<String>> lines) implements Block {}

    /** A picture: the name of its file, without an ending, its SVG document, and what is to be seen on it. */
    record Figure(String name, String svg, String caption) implements Block {}
}
