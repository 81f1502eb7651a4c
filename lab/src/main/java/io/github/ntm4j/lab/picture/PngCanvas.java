package io.github.ntm4j.lab.picture;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Draws through {@code java.awt} into an image. Needs fonts, but no screen. */
final class PngCanvas implements Canvas {
    static {
        // AWT must not look for a screen. Whoever needs windows as well has set this property or opened one already.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private final int scale;
    private final BufferedImage image;
    private final Graphics2D graphics;

    /**
     * A white sheet.
     *
     * @param scale image pixels per picture pixel
     * @throws MissingFontsException when this machine cannot set text
     */
    PngCanvas(int width, int height, int scale) {
        this.scale = scale;
        image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        graphics = graphics(image);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        rectangle(0, 0, width, height, Colour.WHITE);
    }

    /** Opens the image for drawing and sets a character, which fails in several ways where fontconfig or fonts are missing. */
    private static Graphics2D graphics(BufferedImage image) {
        try {
            Graphics2D graphics = image.createGraphics();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
            graphics.getFontMetrics().stringWidth("0");
            return graphics;
        } catch (RuntimeException | InternalError | LinkageError | AWTError e) {
            throw new MissingFontsException(e);
        }
    }

    /** Releases what the drawing needed. */
    void close() {
        graphics.dispose();
    }

    /** The image, of pixels without transparency; drawing goes on in it. */
    BufferedImage image() {
        return image;
    }

    /** The image as a PNG file. */
    byte[] file() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
            metadata.mergeTree("javax_imageio_png_1.0", resolution());
            writer.write(new IIOImage(image, null, metadata));
        } catch (IIOInvalidTreeException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Says 96 dots per inch times the scale, so that the picture has its natural size in print. */
    private IIOMetadataNode resolution() {
        String perMetre = Long.toString(Math.round(96 * scale / 0.0254));
        IIOMetadataNode dots = new IIOMetadataNode("pHYs");
        dots.setAttribute("pixelsPerUnitXAxis", perMetre);
        dots.setAttribute("pixelsPerUnitYAxis", perMetre);
        dots.setAttribute("unitSpecifier", "meter");
        IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
        root.appendChild(dots);
        return root;
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Colour fill) {
        graphics.setColor(new Color(fill.rgb()));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void frame(double x, double y, double width, double height, Stroke stroke) {
        use(stroke);
        graphics.draw(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
        use(stroke);
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void polyline(double[] xs, double[] ys, Stroke stroke) {
        if (xs.length < 2) {
            return;
        }
        use(stroke);
        Path2D path = new Path2D.Double();
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        graphics.draw(path);
    }

    @Override
    public void disc(double x, double y, double radius, Colour fill) {
        graphics.setColor(new Color(fill.rgb()));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    @Override
    public void text(double x, double y, String text, TextStyle style) {
        graphics.setColor(new Color(style.colour().rgb()));
        Font face = new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1);
        graphics.setFont(face.deriveFont((float) style.size()));
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double left = switch (style.anchor()) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        graphics.drawString(text, (float) left, (float) y);
    }

    /** Draws an image of one pixel per cell, enlarged without smoothing. */
    @Override
    public void cells(double x, double y, double cellWidth, double cellHeight, Cells cells) {
        BufferedImage small = new BufferedImage(cells.columns(), cells.rows(), BufferedImage.TYPE_INT_RGB);
        small.setRGB(0, 0, cells.columns(), cells.rows(), cells.rgb(), 0, cells.columns());
        graphics.drawImage(small, new AffineTransform(cellWidth, 0, 0, cellHeight, x, y), null);
    }

    @Override
    public void group(String name, Runnable content) {
        content.run();
    }

    private void use(Stroke stroke) {
        graphics.setColor(new Color(stroke.colour().rgb()));
        float[] dashes = stroke.dash() > 0 ? new float[] {(float) stroke.dash()} : null;
        graphics.setStroke(
                new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    }
}
