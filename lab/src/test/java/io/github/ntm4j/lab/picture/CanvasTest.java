package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private record Drawing(Consumer<Canvas> content) implements Picture {
        @Override
        public int width() {
            return 60;
        }

        @Override
        public int height() {
            return 40;
        }

        @Override
        public String title() {
            return "a < b & \"c\" \u0007 \ud83d\ude00";
        }

        @Override
        public void drawOn(Canvas canvas) {
            content.accept(canvas);
        }
    }

    private static BufferedImage png(Consumer<Canvas> content) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(new Drawing(content).png()));
    }

    private static SvgDocument svg(Consumer<Canvas> content) {
        return SvgDocument.parse(new Drawing(content).svg());
    }

    @Test
    void textThatMeansSomethingToXmlComesBackAsItWas() {
        SvgDocument svg = svg(canvas -> canvas.text(1, 2, "x < y & \"z\" > 'q' \u0000", TextStyle.plain(10, Colour.INK)));
        assertThat(svg.texts()).containsExactly("x < y & \"z\" > 'q' \ufffd");
        assertThat(svg.all("title").getFirst().getTextContent()).isEqualTo("a < b & \"c\" \ufffd \ud83d\ude00");
    }

    @Test
    void aHeatMapInSvgHoldsEveryCell() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        int[] rgb = random.ints(17 * 9, 0, 4).map(i -> i * 0x3f1f0f).toArray();
        SvgDocument svg = svg(canvas -> canvas.group("map", () -> canvas.cells(3, 4, 2, 3, new Cells(17, 9, rgb))));
        assertThat(SvgDocument.cells(svg.part("map"), 17, 9)).isEqualTo(rgb);
    }

    @Test
    void aHeatMapInPngHoldsEveryCell() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        int[] rgb = random.ints(17 * 9, 0, 1 << 24).toArray();
        BufferedImage image = png(canvas -> canvas.cells(3, 4, 3, 2, new Cells(17, 9, rgb)));
        for (int y = 0; y < 9 * 4; y++) {
            for (int x = 0; x < 17 * 6; x++) {
                assertThat(image.getRGB(6 + x, 8 + y) & 0xffffff).isEqualTo(rgb[y / 4 * 17 + x / 6]);
            }
        }
    }

    @Test
    void aPngIsTwiceTheSizeOnWhitePaperAndSaysSo() throws IOException {
        byte[] file = new Drawing(canvas -> {}).png();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(image.getWidth()).isEqualTo(120);
        assertThat(image.getHeight()).isEqualTo(80);
        assertThat(image.getRGB(60, 40) & 0xffffff).isEqualTo(0xffffff);
        // The chunk pHYs with 7559 dots per metre.
        assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("pHYs\0\0\u001d\u0087\0\0\u001d\u0087\1");
    }

    @Test
    void bothCanvasesTakeEveryShape() throws IOException {
        Consumer<Canvas> shapes = canvas -> {
            canvas.rectangle(0, 0, 10, 10, Colour.BLUE);
            canvas.frame(10, 0, 10, 10, Stroke.dashed(Colour.INK, 1, 2));
            canvas.line(0, 20, 30, 25, Stroke.solid(Colour.INK, 2));
            canvas.polyline(new double[] {0, 5, 10}, new double[] {30, 35, 30}, Stroke.solid(Colour.INK, 1));
            canvas.polyline(new double[] {1}, new double[] {1}, Stroke.solid(Colour.INK, 1));
            canvas.polyline(new double[0], new double[0], Stroke.solid(Colour.INK, 1));
            canvas.disc(50, 30, 5, Colour.VERMILLION);
            canvas.text(30, 10, "end", TextStyle.plain(8, Colour.INK).rightAligned());
        };
        SvgDocument svg = svg(shapes);
        assertThat(svg.all("polyline")).hasSize(1);
        assertThat(svg.all("circle")).hasSize(1);
        BufferedImage image = png(shapes);
        assertThat(image.getRGB(10, 10) & 0xffffff).isEqualTo(Colour.BLUE.rgb());
        assertThat(image.getRGB(100, 60) & 0xffffff).isEqualTo(Colour.VERMILLION.rgb());
    }

    @Test
    void aGridNeedsItsCells() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cells(2, 2, new int[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cells(0, 2, new int[0]));
    }
}
