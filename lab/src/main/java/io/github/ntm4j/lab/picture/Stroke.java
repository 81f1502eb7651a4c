package io.github.ntm4j.lab.picture;

/**
 * How a line is drawn.
 *
 * @param colour its colour
 * @param width its width in pixels
 * @param dash the length of dashes and of the gaps between them; 0 for an unbroken line
 */
public record Stroke(Colour colour, double width, double dash) {
    /**
     * An unbroken line.
     *
     * @param colour its colour
     * @param width its width in pixels
     * @return the stroke
     */
    public static Stroke solid(Colour colour, double width) {
        return new Stroke(colour, width, 0);
    }

    /**
     * A dashed line.
     *
     * @param colour its colour
     * @param width its width in pixels
     * @param dash the length of a dash and of a gap, in pixels
     * @return the stroke
     */
    public static Stroke dashed(Colour colour, double width, double dash) {
        return new Stroke(colour, width, dash);
    }
}
