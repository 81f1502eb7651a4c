package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.TraceMaker;
import io.github.ntm4j.machines.signal.Use;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class SequencePictureTest {
    private static final Caption CAPTION = Caption.of("copy, length 3", "ntm-lstm <\u03b2 & co>");

    @ParameterizedTest
    @CsvSource({"1", "3", "8"})
    void everyHeadHasItsPanels(int heads) {
        SvgDocument svg = SvgDocument.parse(SequencePicture.of(SampleTraces.copy(20, 128, heads, 0), CAPTION).svg());
        for (String name : List.of("Adds", "Reads", "Write weighting", "Read weighting")) {
            assertThat(svg.parts()).filteredOn(part -> part.startsWith(name)).hasSize(heads);
        }
        for (String name : List.of("Inputs", "Targets", "Outputs", "Errors")) {
            assertThat(svg.parts()).filteredOn(part -> part.startsWith(name)).hasSize(1);
        }
        assertThat(svg.texts()).contains("copy, length 3", "input", "answer", "time step", "probability, weighting");
        assertThat(svg.texts()).anyMatch(text -> text.startsWith("ntm-lstm <\u03b2 & co>") && text.contains("of 160 bits wrong"));
    }

    @Test
    void whatIsNotKnownHasNoPanel() {
        SvgDocument svg = SvgDocument.parse(SequencePicture.of(SampleTraces.withoutMemory(5), CAPTION).svg());
        assertThat(svg.parts()).containsExactly("Inputs", "Outputs", "scale of probability, weighting");
        assertThat(svg.texts()).contains("ntm-lstm <\u03b2 & co>").doesNotContain("input", "not scored");
    }

    @Test
    void aCellHasTheColourOfItsValue() throws IOException {
        float[][] weighting = {{1, 0, 0, 0}, {0, 0.5f, 0.5f, 0}, {0, 0, 0, 1}};
        float[][] added = {{1, -1}, {0, 0.25f}, {-0.5f, 0}};
        float[][] data = {{0}, {1}, {0.75f}};
        Trace trace = new TraceMaker(4, 2)
                .head("write 1", Use.WRITES, weighting, added)
                .head("read 1", Use.READS, weighting, added)
                .trace(data, data, new float[][] {{1}, {1}, {1}}, new float[] {0, 1, 1});
        SequencePicture picture = SequencePicture.of(trace, CAPTION);
        SvgDocument svg = SvgDocument.parse(picture.svg());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertThat(image.getWidth()).isEqualTo(2 * picture.width());
        assertThat(image.getHeight()).isEqualTo(2 * picture.height());

        ColourScale unit = ColourScale.unit();
        ColourScale signed = ColourScale.signed(1);
        assertCells(svg, image, "Write weighting", 4, (t, row) -> unit.colour(weighting[t][row]));
        assertCells(svg, image, "Read weighting", 4, (t, row) -> unit.colour(weighting[t][row]));
        assertCells(svg, image, "Adds", 2, (t, row) -> signed.colour(added[t][row]));
        assertCells(svg, image, "Reads", 2, (t, row) -> signed.colour(added[t][row]));
        assertCells(svg, image, "Outputs", 1, (t, row) -> t == 0 ? Colour.NO_DATA : unit.colour(data[t][row]));
        assertCells(svg, image, "Errors", 1, (t, row) -> t == 0 ? Colour.NO_DATA : signed.colour(data[t][row] - 1));
    }

    private interface Expected {
        Colour at(int step, int row);
    }

    private static void assertCells(SvgDocument svg, BufferedImage image, String name, int rows, Expected expected) {
        Element part = svg.part(name);
        int[] drawn = SvgDocument.cells(part, 3, rows);
        Element ground = SvgDocument.all(part, "rect").getFirst();
        double left = Double.parseDouble(ground.getAttribute("x"));
        double top = Double.parseDouble(ground.getAttribute("y"));
        double cellWidth = Double.parseDouble(ground.getAttribute("width")) / 3;
        double cellHeight = Double.parseDouble(ground.getAttribute("height")) / rows;
        for (int t = 0; t < 3; t++) {
            for (int row = 0; row < rows; row++) {
                int wanted = expected.at(t, row).rgb();
                assertThat(drawn[row * 3 + t]).as(name + " in SVG at step " + t + ", row " + row).isEqualTo(wanted);
                int x = (int) (2 * (left + (t + 0.5) * cellWidth));
                int y = (int) (2 * (top + (row + 0.5) * cellHeight));
                assertThat(image.getRGB(x, y) & 0xffffff).as(name + " in PNG at step " + t + ", row " + row).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1000, 8", "500, 1000, 1", "1000, 64, 2", "3, 2, 1"})
    void extremeSizesFit(int length, int rows, int heads) throws IOException {
        SequencePicture picture = SequencePicture.of(SampleTraces.copy(length, rows, heads, 0), CAPTION);
        SvgDocument.parse(picture.svg());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
        assertThat(image.getWidth()).isEqualTo(2 * picture.width()).isLessThanOrEqualTo(2 * 1600);
        assertThat(image.getHeight()).isEqualTo(2 * picture.height()).isLessThanOrEqualTo(2 * 4000);
    }

    @Test
    void longWordsWidenThePicture() {
        Caption wordy = Caption.of("copy", "machine ".repeat(40));
        assertThat(SequencePicture.of(SampleTraces.copy(2, 8, 1, 0), wordy).width())
                .isGreaterThan(1500)
                .isGreaterThan(SequencePicture.of(SampleTraces.copy(2, 8, 1, 0), CAPTION).width());
    }

    @Test
    void oneStepIsEnough() {
        assertThat(SequencePicture.of(SampleTraces.withoutMemory(1), CAPTION).png()).isNotEmpty();
    }

    @Test
    void valuesThatAreNotNumbersAreShownAsMissing() {
        float[][] nan = {{Float.NaN, Float.POSITIVE_INFINITY}};
        Trace trace = new TraceMaker(2, 2).head("read 1", Use.READS, nan, nan).trace(nan, nan, nan, null);
        SvgDocument svg = SvgDocument.parse(SequencePicture.of(trace, CAPTION).svg());
        assertThat(SvgDocument.cells(svg.part("Read weighting"), 1, 2)[0]).isEqualTo(Colour.NO_DATA.rgb());
    }

    @Test
    void signedInputsGetTheDivergingScale() {
        float[][] input = {{-0.5f, 1.2f}, {0, 1}};
        Trace trace = TraceMaker.withoutSignals(input, new float[2][1], null, null);
        SvgDocument svg = SvgDocument.parse(SequencePicture.of(trace, CAPTION).svg());
        assertThat(SvgDocument.cells(svg.part("Inputs"), 2, 2)[0]).isEqualTo(ColourScale.signed(2).colour(-0.5).rgb());
        assertThat(svg.parts()).contains("Inputs, \u00b12");
    }

    @Test
    void theSamePictureInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            String root = SequencePicture.of(SampleTraces.copy(20, 1000, 2, 990), CAPTION).svg();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(SequencePicture.of(SampleTraces.copy(20, 1000, 2, 990), CAPTION).svg()).isEqualTo(root);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void poolingKeepsTheStrongest() {
        HeatMap map = new HeatMap(5, 2, new float[] {0, 0.1f, -0.9f, 0.2f, Float.NaN, 0, 0, 0.3f, 0, Float.NaN});
        HeatMap pooled = map.pooled(2, 2);
        assertThat(pooled.values()).containsExactly(0.1f, -0.9f, Float.NaN);
        assertThat(map.pooled(1, 1)).isSameAs(map);
    }
}
