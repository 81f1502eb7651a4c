package io.github.ntm4j.core.picture;

/**
 * A white sheet to draw on. The origin is the top left corner, x runs to the right and y down, the unit is a CSS pixel (1/96
 * inch). What is drawn later covers what was drawn before.
 */
public sealed interface Canvas permits PngCanvas, SvgCanvas {
    /** Fills a rectangle. */
    void rectangle(double x, double y, double width, double height, Colour fill);

    /** Draws the outline of a rectangle, the line centred on its edge. */
    void frame(double x, double y, double width, double height, Stroke stroke);

    /** Draws a straight line. */
    void line(double x1, double y1, double x2, double y2, Stroke stroke);

    /** Draws a line through the points ({@code xs[i]}, {@code ys[i]}); nothing when there are fewer than two. */
    void polyline(double[] xs, double[] ys, Stroke stroke);

    /** Fills a disc. */
    void disc(double x, double y, double radius, Colour fill);

    /** Sets a line of text with its baseline at {@code y}. */
    void text(double x, double y, String text, TextStyle style);

    /** Draws a heat map: crisp cells without gaps between them. Cells of whole pixels at whole positions look best. */
    void cells(double x, double y, double cellWidth, double cellHeight, Cells cells);

    /** Draws {@code content} as one part of the picture with a name of its own, which an SVG viewer shows as a tooltip. */
    void group(String name, Runnable content);
}
