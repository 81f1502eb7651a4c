package io.github.ntm4j.lab.picture;

/**
 * How a text is set, always in the sans-serif face.
 *
 * @param size height of the face in pixels
 * @param bold whether it is bold
 * @param anchor which end of the text stands at the given point
 * @param colour its colour
 */
public record TextStyle(double size, boolean bold, Anchor anchor, Colour colour) {
    /** Which part of a text stands at the given point. */
    public enum Anchor {
        /** Its left end. */
        START,
        /** Its middle. */
        MIDDLE,
        /** Its right end. */
        END
    }

    /**
     * Plain text that starts at its point.
     *
     * @param size height of the face in pixels
     * @param colour its colour
     * @return the style
     */
    public static TextStyle plain(double size, Colour colour) {
        return new TextStyle(size, false, Anchor.START, colour);
    }

    /**
     * The same in bold.
     *
     * @return a new style
     */
    public TextStyle inBold() {
        return new TextStyle(size, true, anchor, colour);
    }

    /**
     * The same around its point.
     *
     * @return a new style
     */
    public TextStyle centred() {
        return new TextStyle(size, bold, Anchor.MIDDLE, colour);
    }

    /**
     * The same before its point.
     *
     * @return a new style
     */
    public TextStyle rightAligned() {
        return new TextStyle(size, bold, Anchor.END, colour);
    }

    /** The room to keep for {@code text}, generous enough for any sans-serif face. */
    double roomFor(String text) {
        return text.length() * size * (bold ? 0.66 : 0.6);
    }
}
