package io.github.ntm4j.lab.picture;

/** A picture that can draw itself on any canvas. The same picture always gives the same SVG text. */
public interface Picture {
    /**
     * The width in pixels.
     *
     * @return the width, in CSS pixels
     */
    int width();

    /**
     * The height in pixels.
     *
     * @return the height, in CSS pixels
     */
    int height();

    /**
     * A name for the whole, in one line.
     *
     * @return the name
     */
    String title();

    /**
     * Draws the picture on {@code canvas}.
     *
     * @param canvas a canvas of at least its size
     */
    void drawOn(Canvas canvas);

    /**
     * The picture as an SVG document.
     *
     * @return the document
     */
    default String svg() {
        SvgCanvas canvas = new SvgCanvas(width(), height(), title());
        drawOn(canvas);
        return canvas.document();
    }

    /**
     * The picture as a PNG file at twice its size, marked 192 dots per inch.
     *
     * @return the bytes of the file
     * @throws MissingFontsException when this machine cannot set text
     */
    default byte[] png() {
        PngCanvas canvas = new PngCanvas(width(), height(), 2);
        try {
            drawOn(canvas);
            return canvas.file();
        } finally {
            canvas.close();
        }
    }
}
