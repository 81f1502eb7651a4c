package io.github.ntm4j.cli.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as one HTML file with its pictures inside, which needs no network. */
public final class HtmlPage {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1, h2, h3 { line-height: 1.2; }
            h2 { margin-top: 3rem; border-top: 1px solid #8886; padding-top: 1rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
            th, td { padding: 0.25rem 0.75rem; border-bottom: 1px solid #8884; text-align: right; }
            th:first-child, td:first-child { text-align: left; }
            pre { background: #8882; padding: 0.75rem; overflow-x: auto; }
            figure { margin: 1.5rem 0; }
            figure svg { max-width: 100%; height: auto; background: #fff; }
            figcaption { font-size: 0.9rem; opacity: 0.8; }
            """;

    private HtmlPage() {}

    /** The document. */
    static String of(String title, List<Block> blocks) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + blocks.stream().map(HtmlPage::element).collect(Collectors.joining("\n")) + "\n</body>\n</html>\n";
    }

    private static String element(Block block) {
        return switch (block) {
            case Block.Heading heading -> tag("h" + heading.level(), escaped(heading.text()));
            case Block.Words words -> tag("p", escaped(words.text()));
            case Block.Commands commands -> tag("pre", escaped(String.join("\n", commands.lines())));
            case Block.Table table -> "<div class=\"wide\"><table>\n" + tag("thead", line("th", table.head())) + "\n"
                    + tag("tbody", table.lines().stream().map(cells -> line("td", cells)).collect(Collectors.joining("\n")))
                    + "\n</table></div>";
            case Block.Figure figure -> tag("figure", figure.svg() + tag("figcaption", escaped(figure.caption())));
        };
    }

    private static String line(String cell, List<String> cells) {
        return tag("tr", cells.stream().map(text -> tag(cell, escaped(text))).collect(Collectors.joining()));
    }

    private static String tag(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
