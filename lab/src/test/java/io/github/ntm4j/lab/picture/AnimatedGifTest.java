package io.github.ntm4j.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a film is to be is what a viewer finds in its file. */
class AnimatedGifTest {
    private record Drawing(int width, int height, Consumer<Canvas> content) implements Picture {
        @Override
        public String title() {
            return "drawing";
        }

        @Override
        public void drawOn(Canvas canvas) {
            content.accept(canvas);
        }
    }

    /** A rectangle that moves and changes its colour. */
    private static Drawing moving(int i) {
        return new Drawing(40, 30, canvas -> canvas.rectangle(2 * i, i, 10, 8, Colour.SERIES.get(i % Colour.SERIES.size())));
    }

    private static List<Duration> delays(int count, long milliseconds) {
        return Collections.nCopies(count, Duration.ofMillis(milliseconds));
    }

    @Test
    void everyPictureIsShownAsItIsThoughOnlyItsChangesAreStored() throws IOException {
        List<Drawing> drawings = IntStream.range(0, 9).mapToObj(AnimatedGifTest::moving).toList();
        GifFrames gif = GifFrames.read(new AnimatedGif(drawings, delays(9, 100)).file());
        assertThat(gif.images()).hasSize(9);
        for (int i = 0; i < 9; i++) {
            assertThat(gif.images().get(i).getWidth()).isEqualTo(40);
            assertThat(gif.images().get(i).getHeight()).isEqualTo(30);
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 40; x++) {
                    boolean inside = x >= 2 * i && x < 2 * i + 10 && y >= i && y < i + 8;
                    Colour wanted = inside ? Colour.SERIES.get(i % Colour.SERIES.size()) : Colour.WHITE;
                    assertThat(gif.rgb(i, x, y)).as("picture %d at (%d, %d)", i, x, y).isEqualTo(wanted.rgb());
                }
            }
        }
    }

    @Test
    void theFileSaysHowLongEachPictureStaysAndThatTheFilmBeginsAgainForEver() throws IOException {
        List<Duration> delays = List.of(Duration.ofMillis(20), Duration.ofMillis(259), Duration.ofSeconds(2), Duration.ofMillis(655_350));
        GifFrames gif = GifFrames.read(new AnimatedGif(IntStream.range(0, 4).mapToObj(AnimatedGifTest::moving).toList(), delays).file());
        assertThat(gif.hundredths()).containsExactly(2, 25, 200, 65_535);
        assertThat(gif.loops()).isZero();
    }

    @Test
    void onePictureIsAFilmToo() throws IOException {
        GifFrames gif = GifFrames.read(new AnimatedGif(List.of(moving(0)), delays(1, 500)).file());
        assertThat(gif.images()).hasSize(1);
        assertThat(gif.hundredths()).containsExactly(50);
    }

    @Test
    void ofMoreColoursThanAFileHoldsTheMostFrequentStayAndTheOthersAreAlmostRight() throws IOException {
        int[] rgb = IntStream.range(0, 1024).map(i -> (i / 4) << 16 | (i / 4) << 8 | (i % 4) * 3).toArray();
        Drawing many = new Drawing(64, 40, canvas -> {
            canvas.rectangle(0, 0, 64, 24, Colour.VERMILLION);
            canvas.cells(0, 24, 1, 1, new Cells(64, 16, rgb));
        });
        GifFrames gif = GifFrames.read(new AnimatedGif(List.of(many), delays(1, 500)).file());
        assertThat(gif.rgb(0, 5, 5)).isEqualTo(Colour.VERMILLION.rgb());
        assertThat(gif.images().getFirst().getColorModel().getNumComponents()).isEqualTo(3);
        assertThat(IntStream.range(0, 64 * 40).map(i -> gif.rgb(0, i % 64, i / 64)).distinct().count()).isBetween(250L, 255L);
    }

    @Test
    void theSamePicturesGiveTheSameBytes() {
        AnimatedGif gif = new AnimatedGif(FilmPictureTest.film(), delays(3, 100));
        assertThat(gif.file()).isEqualTo(gif.file()).isEqualTo(new AnimatedGif(FilmPictureTest.film(), delays(3, 100)).file());
    }

    @Test
    void theLastPictureOfAFilmShowsTheDiagonal() throws IOException {
        List<FilmPicture> film = FilmPictureTest.film();
        GifFrames gif = GifFrames.read(new AnimatedGif(film, delays(3, 100)).file());
        SvgDocument svg = SvgDocument.parse(film.getLast().svg());
        var ground = SvgDocument.all(svg.part("Write weighting, rows 6\u201335 of 128"), "rect").getFirst();
        int left = Integer.parseInt(ground.getAttribute("x"));
        int top = Integer.parseInt(ground.getAttribute("y"));
        int cellWidth = Integer.parseInt(ground.getAttribute("width")) / 41;
        int cellHeight = Integer.parseInt(ground.getAttribute("height")) / 30;
        for (int step = 0; step < 20; step++) {
            for (int place = 0; place < 30; place++) {
                double luminance = new Colour(gif.rgb(2, left + step * cellWidth + cellWidth / 2, top + place * cellHeight + cellHeight / 2)).luminance();
                boolean written = place == step + 4;
                assertThat(luminance < 0.2).as("row %d is dark at step %d", 6 + place, step).isEqualTo(written);
            }
        }
    }

    @Test
    void whatIsNoFilmIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AnimatedGif(List.of(), List.of())).withMessageStartingWith("delays: expected one");
        assertThatIllegalArgumentException().isThrownBy(() -> new AnimatedGif(List.of(moving(1)), delays(2, 100))).withMessageEndingWith("found 2 for 1");
        Drawing other = new Drawing(41, 30, canvas -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnimatedGif(List.of(moving(1), other), delays(2, 100)))
                .withMessage("frames: expected all to be 40 x 30, found 41 x 30");
        for (long wrong : new long[] {-5, 0, 19, 655_360}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new AnimatedGif(List.of(moving(1)), delays(1, wrong)))
                    .withMessageStartingWith("delays: expected 0.02 s to 655.35 s, found PT");
        }
    }
}
