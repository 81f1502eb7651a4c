package io.github.ntm4j.lab.picture;

/**
 * A white sheet to draw on. The origin is the top left corner, x runs to the right and y down, the unit is a CSS pixel (1/96
 * inch). What is drawn later covers what was drawn before.
 */
public sealed interface Canvas permits PngCanvas, SvgCanvas {
    /**
     * Fills a rectangle.
     *
     * @param x its left edge, in pixels
     * @param y its top edge, in pixels
     * @param width in pixels
     * @param height in pixels
     * @param fill the colour
     */
    void rectangle(double x, double y, double width, double height, Colour fill);

    /**
     * Draws the outline of a rectangle, the line centred on its edge.
     *
     * @param x its left edge, in pixels
     * @param y its top edge, in pixels
     * @param width in pixels
     * @param height in pixels
     * @param stroke how the line is drawn
     */
    void frame(double x, double y, double width, double height, Stroke stroke);

    /**
     * Draws a straight line.
     *
     * @param x1 where it begins, in pixels
     * @param y1 where it begins, in pixels
     * @param x2 where it ends, in pixels
     * @param y2 where it ends, in pixels
     * @param stroke how the line is drawn
     */
    void line(double x1, double y1, double x2, double y2, Stroke stroke);

    /**
     * Draws a line through the points ({@code xs[i]}, {@code ys[i]}); nothing when there are fewer than two.
     *
     * @param xs the points, in pixels
     * @param ys the points, in pixels; as many
     * @param stroke how the line is drawn
     */
    void polyline(double[] xs, double[] ys, Stroke stroke);

    /**
     * Fills a disc.
     *
     * @param x its centre, in pixels
     * @param y its centre, in pixels
     * @param radius in pixels
     * @param fill the colour
     */
    void disc(double x, double y, double radius, Colour fill);

    /**
     * Sets a line of text with its baseline at {@code y}.
     *
     * @param x where the text is anchored, in pixels
     * @param y the baseline, in pixels
     * @param text the line, without line breaks
     * @param style how it is set
     */
    void text(double x, double y, String text, TextStyle style);

    /**
     * Draws a heat map: crisp cells without gaps between them. Cells of whole pixels at whole positions look best.
     *
     * @param x its left edge, in pixels
     * @param y its top edge, in pixels
     * @param cellWidth of a cell, in pixels
     * @param cellHeight of a cell, in pixels
     * @param cells the colours
     */
    void cells(double x, double y, double cellWidth, double cellHeight, Cells cells);

    /**
     * Draws {@code content} as one part of the picture with a name of its own, which an SVG viewer shows as a tooltip.
     *
     * @param name the name of the part, in one line
     * @param content draws the part on this canvas
     */
    void group(String name, Runnable content);
}
