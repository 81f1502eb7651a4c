package io.github.ntm4j.lab.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures one after the other, over and over, as a GIF file: at their own size, all in one table of 256 colours. What a picture has in
 * common with the one before is transparent, which makes a small file. The same pictures and delays give the same bytes wherever text is
 * set in the same face.
 *
 * @param frames the pictures, at least one, all of one size
 * @param delays how long each is shown, in hundredths of a second, from 0.02 to 655.35 s
 */
public record AnimatedGif(List<? extends Picture> frames, List<Duration> delays) {
    private static final String METADATA = "javax_imageio_gif_image_1.0";

    /** Viewers take a shorter delay for a mistake, and wait longer. */
    private static final long LEAST_HUNDREDTHS = 2;

    private static final long MOST_HUNDREDTHS = 0xffff;

    /** Checks numbers, sizes and delays, and keeps copies. */
    public AnimatedGif {
        frames = List.copyOf(frames);
        delays = List.copyOf(delays);
        if (frames.isEmpty() || frames.size() != delays.size()) {
            throw new IllegalArgumentException(
                    "delays: expected one for each of at least one frame, found " + delays.size() + " for " + frames.size());
        }
        Picture first = frames.getFirst();
        for (Picture frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException("frames: expected all to be " + first.width() + " x " + first.height() + ", found "
                        + frame.width() + " x " + frame.height());
            }
        }
        for (Duration delay : delays) {
            if (hundredths(delay) < LEAST_HUNDREDTHS || hundredths(delay) > MOST_HUNDREDTHS) {
                throw new IllegalArgumentException("delays: expected 0.02 s to 655.35 s, found " + delay);
            }
        }
    }

    /**
     * The GIF file.
     *
     * @return the bytes of the file
     * @throws MissingFontsException when this machine cannot set text
     */
    public byte[] file() {
        Palette.Census census = new Palette.Census();
        frames.forEach(frame -> census.count(drawn(frame)));
        Palette palette = census.palette();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            int[] before = {};
            for (int i = 0; i < frames.size(); i++) {
                int[] colours = palette.indices(drawn(frames.get(i)));
                BufferedImage image = changes(colours, before, palette);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
                describe(metadata, hundredths(delays.get(i)), palette.transparent(), i == 0);
                writer.writeToSequence(new IIOImage(image, null, metadata), null);
                before = colours;
            }
            writer.endWriteSequence();
        } catch (IIOInvalidTreeException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static long hundredths(Duration delay) {
        return delay.toMillis() / 10;
    }

    private static BufferedImage drawn(Picture frame) {
        PngCanvas canvas = new PngCanvas(frame.width(), frame.height(), 1);
        try {
            frame.drawOn(canvas);
            return canvas.image();
        } finally {
            canvas.close();
        }
    }

    /** The image of the numbers of colours, row by row, transparent where they are those of {@code before}, which is empty at first. */
    private BufferedImage changes(int[] colours, int[] before, Palette palette) {
        int width = frames.getFirst().width();
        int[] changed = colours.clone();
        for (int i = 0; i < before.length; i++) {
            if (colours[i] == before[i]) {
                changed[i] = palette.transparent();
            }
        }
        BufferedImage image = new BufferedImage(width, colours.length / width, BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        image.getRaster().setPixels(0, 0, width, image.getHeight(), changed);
        return image;
    }

    /** Says how long the frame stays and, with the first one, that the film begins again for ever. */
    private static void describe(IIOMetadata metadata, long hundredths, int transparent, boolean first) throws IIOInvalidTreeException {
        IIOMetadataNode root = new IIOMetadataNode(METADATA);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "TRUE");
        control.setAttribute("transparentColorIndex", Integer.toString(transparent));
        control.setAttribute("delayTime", Long.toString(hundredths));
        root.appendChild(control);
        if (first) {
            IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(new byte[] {1, 0, 0});
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        metadata.mergeTree(METADATA, root);
    }
}
