package io.github.ntm4j.lab.picture;

import java.util.Map;
import java.util.TreeMap;

/** Writes SVG 1.1 that every browser and converter draws alike: no style sheets, no scripts, no embedded images, no fonts. */
final class SvgCanvas implements Canvas {
    private static final String FACES = "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif";

    private final StringBuilder out = new StringBuilder(1 << 14);

    SvgCanvas(int width, int height, String title) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width).append("\" height=\"").append(height);
        out.append("\" viewBox=\"0 0 ").append(width).append(' ').append(height).append("\" role=\"img\" font-family=\"");
        out.append(FACES).append("\">\n<title>").append(escaped(title)).append("</title>\n");
        rectangle(0, 0, width, height, Colour.WHITE);
    }

    /** The whole document. The canvas must not be used afterwards. */
    String document() {
        return out.append("</svg>\n").toString();
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Colour fill) {
        out.append("<rect").append(box(x, y, width, height)).append(attribute("fill", fill.hex())).append("/>\n");
    }

    @Override
    public void frame(double x, double y, double width, double height, Stroke stroke) {
        out.append("<rect").append(box(x, y, width, height)).append(attribute("fill", "none")).append(drawn(stroke)).append("/>\n");
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
        out.append("<path d=\"M").append(number(x1)).append(' ').append(number(y1));
        out.append(x1 == x2 ? "V" + number(y2) : y1 == y2 ? "H" + number(x2) : "L" + number(x2) + " " + number(y2));
        out.append('"').append(drawn(stroke)).append("/>\n");
    }

    @Override
    public void polyline(double[] xs, double[] ys, Stroke stroke) {
        if (xs.length < 2) {
            return;
        }
        out.append("<polyline points=\"");
        for (int i = 0; i < xs.length; i++) {
            out.append(i == 0 ? "" : " ").append(number(xs[i])).append(',').append(number(ys[i]));
        }
        out.append("\" fill=\"none\" stroke-linejoin=\"round\"").append(drawn(stroke)).append("/>\n");
    }

    @Override
    public void disc(double x, double y, double radius, Colour fill) {
        out.append("<circle").append(attribute("cx", number(x))).append(attribute("cy", number(y)));
        out.append(attribute("r", number(radius))).append(attribute("fill", fill.hex())).append("/>\n");
    }

    @Override
    public void text(double x, double y, String text, TextStyle style) {
        out.append("<text").append(attribute("x", number(x))).append(attribute("y", number(y)));
        out.append(attribute("font-size", number(style.size()))).append(attribute("fill", style.colour().hex()));
        out.append(style.bold() ? attribute("font-weight", "bold") : "");
        out.append(
                switch (style.anchor()) {
                    case START -> "";
                    case MIDDLE -> attribute("text-anchor", "middle");
                    case END -> attribute("text-anchor", "end");
                });
        out.append('>').append(escaped(text)).append("</text>\n");
    }

    /**
     * The commonest colour becomes one rectangle, and each other colour one path whose horizontal dashes are the runs of its
     * cells, in units of cells. This stays crisp at any size, needs about seven characters a run, and a changed cell is a changed
     * line in a diff.
     */
    @Override
    public void cells(double x, double y, double cellWidth, double cellHeight, Cells cells) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int rgb : cells.rgb()) {
            counts.merge(rgb, 1, Integer::sum);
        }
        int ground = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        rectangle(x, y, cells.columns() * cellWidth, cells.rows() * cellHeight, new Colour(ground));
        Map<Integer, StringBuilder> paths = new TreeMap<>();
        for (int row = 0; row < cells.rows(); row++) {
            for (int start = 0, end; start < cells.columns(); start = end) {
                int rgb = cells.at(start, row);
                for (end = start + 1; end < cells.columns() && cells.at(end, row) == rgb; end++) {}
                if (rgb != ground) {
                    StringBuilder path = paths.computeIfAbsent(rgb, colour -> new StringBuilder());
                    path.append('M').append(start).append(' ').append(row).append('h').append(end - start);
                }
            }
        }
        out.append("<g").append(attribute("transform", "translate(" + number(x) + " " + number(y + cellHeight / 2) + ") scale("
                + number(cellWidth) + " " + number(cellHeight) + ")"));
        out.append(" fill=\"none\" shape-rendering=\"crispEdges\">\n");
        paths.forEach((rgb, path) ->
                out.append("<path stroke=\"").append(new Colour(rgb).hex()).append("\" d=\"").append(path).append("\"/>\n"));
        out.append("</g>\n");
    }

    @Override
    public void group(String name, Runnable content) {
        out.append("<g class=\"part\">\n<title>").append(escaped(name)).append("</title>\n");
        content.run();
        out.append("</g>\n");
    }

    private static String box(double x, double y, double width, double height) {
        return attribute("x", number(x)) + attribute("y", number(y)) + attribute("width", number(width))
                + attribute("height", number(height));
    }

    private static String drawn(Stroke stroke) {
        return attribute("stroke", stroke.colour().hex())
                + (stroke.width() == 1 ? "" : attribute("stroke-width", number(stroke.width())))
                + (stroke.dash() > 0 ? attribute("stroke-dasharray", number(stroke.dash())) : "");
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + value + '"';
    }

    /** At most two decimals, and none that are zero. */
    private static String number(double value) {
        return Numbers.decimals(value, 2);
    }

    /** Text as XML wants it; characters that XML 1.0 cannot hold become the replacement character. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                default -> {
                    boolean allowed = (c >= 0x20 && c < 0xd800) || (c > 0xdfff && c != 0xfffe && c != 0xffff) || c == '\t';
                    safe.appendCodePoint(allowed ? c : 0xfffd);
                }
            }
        });
        return safe.toString();
    }
}
