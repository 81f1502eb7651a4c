package io.github.ntm4j.cli.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report in Markdown. Its pictures are files beside it. */
public final class MarkdownPage {
    private MarkdownPage() {}

    /** The text; pictures are expected as SVG files in {@code images}. */
    static String of(List<Block> blocks, String images) {
        return blocks.stream().map(block -> text(block, images)).collect(Collectors.joining("\n\n")) + "\n";
    }

    private static String text(Block block, String images) {
        return switch (block) {
            case Block.Heading heading -> "#".repeat(heading.level()) + " " + heading.text();
            case Block.Words words -> words.text();
            case Block.Commands commands -> "```\n" + String.join("\n", commands.lines()) + "\n```";
            case Block.Table table -> MarkdownTable.of(table.head(), table.lines());
            case Block.Figure figure -> "![" + figure.caption() + "](" + images + "/" + figure.name() + ".svg)";
        };
    }
}
