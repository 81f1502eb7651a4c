package io.github.ntm4j.lab.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NodeList;

/**
 * What a viewer sees of a GIF file, one picture painted over the other.
 *
 * @param images what stands on the screen with each frame
 * @param hundredths how long each stays, in hundredths of a second
 * @param loops how often the file says it is to be shown, 0 for ever; -1 if it does not say
 */
record GifFrames(List<BufferedImage> images, List<Integer> hundredths, int loops) {
    static GifFrames read(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream);
            List<BufferedImage> images = new ArrayList<>();
            List<Integer> hundredths = new ArrayList<>();
            int loops = -1;
            BufferedImage screen = new BufferedImage(reader.getWidth(0), reader.getHeight(0), BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < reader.getNumImages(true); i++) {
                IIOMetadataNode frame = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                hundredths.add(Integer.parseInt(only(frame, "GraphicControlExtension").getAttribute("delayTime")));
                NodeList extensions = frame.getElementsByTagName("ApplicationExtension");
                for (int k = 0; k < extensions.getLength(); k++) {
                    IIOMetadataNode extension = (IIOMetadataNode) extensions.item(k);
                    if (extension.getAttribute("applicationID").equals("NETSCAPE") && extension.getAttribute("authenticationCode").equals("2.0")) {
                        byte[] data = (byte[]) extension.getUserObject();
                        loops = (data[1] & 0xff) + 256 * (data[2] & 0xff);
                    }
                }
                images.add(painted(screen, reader.read(i)));
            }
            return new GifFrames(images, hundredths, loops);
        } finally {
            reader.dispose();
        }
    }

    private static IIOMetadataNode only(IIOMetadataNode frame, String name) {
        return (IIOMetadataNode) frame.getElementsByTagName(name).item(0);
    }

    /** Paints on the screen, and answers a copy of it. */
    private static BufferedImage painted(BufferedImage screen, BufferedImage frame) {
        BufferedImage copy = new BufferedImage(screen.getWidth(), screen.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D onScreen = screen.createGraphics();
        onScreen.drawImage(frame, 0, 0, null);
        onScreen.dispose();
        screen.copyData(copy.getRaster());
        return copy;
    }

    /** The colour of a pixel of one picture. */
    int rgb(int frame, int x, int y) {
        return images.get(frame).getRGB(x, y) & 0xffffff;
    }
}
