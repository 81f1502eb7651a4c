package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.machines.signal.Use;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** The pictures of a film differ in what was learned and in nothing else. */
class FilmPictureTest {
    private static final Caption CAPTION = Caption.of("copy, length 20", "ntm-lstm, memory 128 x 20");
    private static final String WRITE = "Write weighting, rows 6\u201335 of 128";

    /** Three machines whose heads begin far from where they end. */
    static List<FilmPicture> film() {
        return FilmPicture.of(CAPTION, traces());
    }

    private static SequencedMap<Long, Trace> traces() {
        return new TreeMap<>(Map.of(
                0L, SampleTraces.copy(20, 128, 1, 70), 400L, SampleTraces.copy(20, 128, 1, 40), 1600L, SampleTraces.copy(20, 128, 1, 10)));
    }

    @Test
    void allAreOfOneSizeAndSayHowFarTheTrainingHadCome() {
        List<FilmPicture> film = film();
        assertThat(film).extracting(Picture::title)
                .containsExactly("copy, length 20: 0 sequences", "copy, length 20: 400 sequences", "copy, length 20: 1,600 sequences");
        for (FilmPicture picture : film) {
            assertThat(picture.width()).isEqualTo(film.getFirst().width()).isBetween(600, 720);
            assertThat(picture.height()).isEqualTo(film.getFirst().height());
            SvgDocument svg = SvgDocument.parse(picture.svg());
            assertThat(svg.texts()).contains(picture.title(), "input", "answer", "time step")
                    .anyMatch(text -> text.matches("[0-9.]+ bits \u00b7 [0-9]+ of 160 bits wrong \u00b7 ntm-lstm, memory 128 x 20"));
            assertThat(svg.parts()).containsExactly("progress", "Targets", "Outputs", WRITE, WRITE.replace("Write", "Read"));
        }
    }

    @Test
    void theBarGrowsWithTheSequences() {
        List<Double> shares = film().stream().map(picture -> {
            List<Element> bar = SvgDocument.all(SvgDocument.parse(picture.svg()).part("progress"), "rect");
            return Double.parseDouble(bar.get(1).getAttribute("width")) / Double.parseDouble(bar.get(0).getAttribute("width"));
        }).toList();
        assertThat(shares).containsExactly(0.0, 0.25, 1.0);
    }

    @Test
    void allShowTheRowsThatTheLastMachineUses() {
        List<FilmPicture> film = film();
        List<Trace> traces = List.copyOf(traces().values());
        for (int i = 0; i < 3; i++) {
            float[][] weighting = traces.get(i).of(traces.get(i).heads(Use.WRITES).getFirst());
            int[] drawn = SvgDocument.cells(SvgDocument.parse(film.get(i).svg()).part(WRITE), 41, 30);
            for (int step = 0; step < 41; step++) {
                for (int place = 0; place < 30; place++) {
                    assertThat(drawn[place * 41 + step]).isEqualTo(ColourScale.unit().colour(weighting[step][6 + place]).rgb());
                }
            }
        }
        int[] first = SvgDocument.cells(SvgDocument.parse(film.getFirst().svg()).part(WRITE), 41, 30);
        assertThat(Arrays.stream(first).distinct()).as("its head is elsewhere").containsExactly(Colour.WHITE.rgb());
    }

    @Test
    void aTrainingThatHasNotBegunHasAFilmOfOnePicture() {
        SequencedMap<Long, Trace> film = new TreeMap<>(Map.of(0L, SampleTraces.copy(3, 8, 2, 0)));
        SvgDocument svg = SvgDocument.parse(FilmPicture.of(CAPTION, film).getFirst().svg());
        assertThat(svg.parts()).contains("Write weighting, write 1, 8 rows", "Read weighting, read 2, 8 rows");
    }

    @Test
    void aMachineWithoutMemoryHasOutputs() {
        FilmPicture picture = FilmPicture.of(CAPTION, new TreeMap<>(Map.of(1L, SampleTraces.withoutMemory(5)))).getFirst();
        assertThat(picture.title()).isEqualTo("copy, length 20: 1 sequence");
        SvgDocument svg = SvgDocument.parse(picture.svg());
        assertThat(svg.parts()).containsExactly("progress", "Outputs");
        assertThat(svg.texts()).contains("ntm-lstm, memory 128 x 20");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1000, 8", "500, 1000, 1", "3, 2, 1"})
    void extremeSizesFit(int length, int rows, int heads) {
        FilmPicture picture = FilmPicture.of(CAPTION, new TreeMap<>(Map.of(7L, SampleTraces.copy(length, rows, heads, 0)))).getFirst();
        SvgDocument.parse(picture.svg());
        assertThat(picture.width()).isBetween(480, 760);
        assertThat(picture.height()).isLessThanOrEqualTo(2400);
    }

    @Test
    void longWordsWidenAllPictures() {
        List<FilmPicture> film = FilmPicture.of(Caption.of("copy", "machine ".repeat(30)), traces());
        assertThat(film).extracting(Picture::width).allMatch(width -> width > 1000).containsOnly(film.getFirst().width());
    }

    @Test
    void machinesThatAreNotAlikeAreNoFilm() {
        SequencedMap<Long, Trace> film = traces();
        film.put(800L, SampleTraces.copy(20, 64, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> FilmPicture.of(CAPTION, film)).withMessageContaining("64 rows");
        assertThatIllegalArgumentException().isThrownBy(() -> FilmPicture.of(CAPTION, new TreeMap<>()))
                .withMessage("film: expected at least one machine, found none");
    }

    @Test
    void aPictureIsDrawnAtItsOwnSizeInAFilm() throws Exception {
        List<FilmPicture> film = film();
        GifFrames gif = GifFrames.read(new AnimatedGif(film, film.stream().map(picture -> Duration.ofMillis(300)).toList()).file());
        assertThat(gif.images()).hasSize(3).allMatch(image -> image.getWidth() == film.getFirst().width())
                .allMatch(image -> image.getHeight() == film.getFirst().height());
        assertThat(IntStream.range(0, 3).mapToObj(i -> gif.rgb(i, 21, 60)).toList())
                .containsExactly(Colour.GRID.rgb(), Colour.BLUE.rgb(), Colour.BLUE.rgb());
    }
}
