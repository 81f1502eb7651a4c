package io.github.ntm4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.ProjectFiles;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import io.github.ntm4j.lab.picture.Colour;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ntm film} makes one picture of each machine of a run's film, and says plainly why it can't. */
@TestInstance(Lifecycle.PER_CLASS)
class FilmCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Path folder;
    private Path run;

    /** A run with machines after 0, 100, 200 and 300 sequences. */
    @BeforeAll
    void train(@TempDir Path shared) {
        folder = shared;
        run = folder.resolve("run");
        Outcome outcome = Cli.trainSmall(run, "--sequences", "320", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private record Gif(List<BufferedImage> images, List<Integer> hundredths) {
        /** What a viewer sees of a file. */
        static Gif read(Path file) throws IOException {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
                reader.setInput(stream);
                Gif gif = new Gif(new ArrayList<>(), new ArrayList<>());
                BufferedImage screen = new BufferedImage(reader.getWidth(0), reader.getHeight(0), BufferedImage.TYPE_INT_RGB);
                for (int i = 0; i < reader.getNumImages(true); i++) {
                    IIOMetadataNode frame = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                    IIOMetadataNode control = (IIOMetadataNode) frame.getElementsByTagName("GraphicControlExtension").item(0);
                    gif.hundredths.add(Integer.parseInt(control.getAttribute("delayTime")));
                    Graphics2D onScreen = screen.createGraphics();
                    onScreen.drawImage(reader.read(i), 0, 0, null);
                    onScreen.dispose();
                    BufferedImage copy = new BufferedImage(screen.getWidth(), screen.getHeight(), BufferedImage.TYPE_INT_RGB);
                    screen.copyData(copy.getRaster());
                    gif.images.add(copy);
                }
                return gif;
            } finally {
                reader.dispose();
            }
        }
    }

    @Test
    void there_is_a_picture_of_each_machine_and_the_last_one_stays() throws IOException {
        Outcome outcome = Cli.run("film", run.toString(), "--at", "length=3");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path file = run.resolve("film-length3-seed1.gif");
        assertThat(outcome.out()).isEqualTo(file + ": 4 machines, " + Math.ceilDiv(Files.size(file), 1024) + " KiB\n");
        Gif gif = Gif.read(file);
        assertThat(gif.images()).hasSize(4);
        assertThat(gif.hundredths()).containsExactly(30, 30, 30, 200);
        assertThat(Cli.run("verify", run.toString()).err()).isEmpty();
    }

    @Test
    void the_pace_can_be_chosen_and_the_last_picture_never_stays_shorter() throws IOException {
        Path slow = folder.resolve("new/slow.gif");
        assertThat(Cli.run("film", run.toString(), "--pace", "2500", "--out", slow.toString()).code()).isZero();
        assertThat(Gif.read(slow).hundredths()).containsExactly(250, 250, 250, 250);
    }

    @Test
    void json_has_the_figures_that_show_has_of_each_machine() {
        Path file = folder.resolve("film.gif");
        Outcome outcome = Cli.run("film", run.toString(), "--at", "length=2", "--seed", "5", "--out", file.toString(), "--json");
        assertThat(outcome.out()).as(outcome.err()).hasLineCount(1);
        JsonNode json = JSON.readTree(outcome.out());
        assertThat(json.propertyNames()).containsExactly("at", "seed", "file", "bytes", "machines");
        assertThat(json.get("bytes").asLong()).isEqualTo(file.toFile().length());
        assertThat(json.get("machines").values().stream().map(machine -> machine.get("sequences").asInt())).containsExactly(0, 100, 200, 300);
        JsonNode show = JSON.readTree(Cli.run("show", run.resolve("film/200.safetensors").toString(), "--at", "length=2", "--seed", "5",
                "--out", folder.resolve("pictures").toString(), "--json").out());
        assertThat(json.at("/machines/2/bits").asDouble()).isEqualTo(show.get("bits").asDouble());
        assertThat(json.at("/machines/2/bit_errors").asInt()).isEqualTo(show.get("bit_errors").asInt());
    }

    @Test
    void the_same_film_is_the_same_file() {
        Path once = folder.resolve("once.gif");
        Path again = folder.resolve("again.gif");
        Cli.run("film", run.toString(), "--out", once.toString());
        Cli.run("film", run.toString(), "--out", again.toString());
        assertThat(once).hasSameBinaryContentAs(again);
    }

    @Test
    void a_film_that_ends_with_the_trained_machine_ends_with_its_diagonal() throws IOException {
        Path film = Files.createDirectories(folder.resolve("trained/film"));
        Files.copy(ProjectFiles.find("models/copy-ntm-lstm.safetensors"), film.resolve("20000.safetensors"));
        Path file = folder.resolve("trained.gif");
        assertThat(Cli.run("film", folder.resolve("trained").toString(), "--at", "length=20", "--out", file.toString()).code()).isZero();
        BufferedImage last = Gif.read(file).images().getLast();
        // In the half of the input nothing else is dark but what the write head attends to, below the answers, which are grey there.
        List<Integer> heights = IntStream.range(0, 20).map(step -> top(last, 156 + 12 * step + 6)).boxed().toList();
        int row = Math.abs(heights.get(1) - heights.get(0));
        assertThat(row).isBetween(3, 8);
        for (int step = 1; step < 20; step++) {
            assertThat(Math.abs(heights.get(step) - heights.get(step - 1))).as("rows from step %d to the next", step - 1).isEqualTo(row);
        }
        assertThat(Math.abs(heights.getLast() - heights.getFirst())).as("it keeps its direction").isEqualTo(19 * row);
    }

    /** Where the first dark pixel of a column is, below the words and the bar. */
    private static int top(BufferedImage image, int x) {
        return IntStream.range(70, image.getHeight())
                .filter(y -> new Colour(image.getRGB(x, y) & 0xffffff).luminance() < 0.05)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_run_without_a_film_is_refused() {
        Path none = folder.resolve("none");
        assertThat(Cli.trainSmall(none, "--sequences", "32", "--set", "training.snapshots=0", "--json").code()).isZero();
        refused(none + ": expected a run with machines in film, found none; training.snapshots says how many a training keeps", none.toString());
        Path file = run.resolve("checkpoints/best.safetensors");
        refused(file + ": expected a run directory with a film, found a file", file.toString());
    }

    @Test
    void an_unknown_size_is_refused_and_nothing_is_written() {
        Path file = folder.resolve("refused.gif");
        refused("size lenght=5: expected length=N, got lenght=5; did you mean length?",
                run.toString(), "--at", "lenght=5", "--out", file.toString());
        assertThat(file).doesNotExist();
    }

    @Test
    void machines_of_two_runs_are_no_film() throws IOException {
        Path mixed = folder.resolve("mixed");
        Files.createDirectories(mixed.resolve("film"));
        Files.copy(run.resolve("film/0.safetensors"), mixed.resolve("film/0.safetensors"));
        Files.copy(ProjectFiles.find("models/copy-ntm-lstm.safetensors"), mixed.resolve("film/100.safetensors"));
        refused(mixed.resolve("film/0.safetensors") + ": expected the machine and the task of " + mixed.resolve("film/100.safetensors") + ", found others",
                mixed.toString());
    }

    @Test
    void a_damaged_machine_is_named() throws IOException {
        Path damaged = Files.createDirectories(folder.resolve("damaged/film"));
        Files.copy(run.resolve("film/100.safetensors"), damaged.resolve("100.safetensors"));
        Files.write(damaged.resolve("0.safetensors"), new byte[20]);
        Outcome outcome = Cli.run("film", folder.resolve("damaged").toString());
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err()).startsWith("ntm: " + damaged.resolve("0.safetensors")).hasLineCount(1);
        assertThat(folder.resolve("damaged/film-length3-seed1.gif")).doesNotExist();
    }

    private static void refused(String message, String... arguments) {
        List<String> all = new ArrayList<>(List.of("film"));
        all.addAll(List.of(arguments));
        Outcome outcome = Cli.run(all.toArray(String[]::new));
        assertThat(outcome.err()).isEqualTo("ntm: " + message + "\n");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(Exit.WRONG_USE);
    }
}
