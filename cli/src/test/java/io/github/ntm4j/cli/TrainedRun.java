package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A run that was trained once, and copies of it for tests that damage it. */
public final class TrainedRun {
    /** Three input channels: two bits and the delimiter. */
    public static final String GOOD_LINE = "{\"input\": [[0, 1, 0], [0, 0, 1], [0, 0, 0]]}\n";

    private static final TrainedRun SHARED = new TrainedRun();

    private final Path folder;

    private TrainedRun() {
        try {
            Path parent = Files.createTempDirectory("ntm-trained");
            folder = parent.resolve("run");
            Cli.Outcome outcome = Cli.trainSmall(folder, "--sequences", "64", "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the run, to do with as one likes. */
    public static Path copyTo(Path target) {
        try (Stream<Path> files = Files.walk(SHARED.folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(SHARED.folder.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
