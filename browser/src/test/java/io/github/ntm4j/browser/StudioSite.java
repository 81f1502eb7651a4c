package io.github.ntm4j.browser;

import io.github.ntm4j.studio.Studio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The real studio on any port, with the machines that come with ntm4j. */
record StudioSite(Studio studio, Path runs) implements Site {
    /** A studio with a folder of runs of its own, empty at first, that is gone when the studio is closed. */
    static StudioSite withoutRuns() {
        try {
            Path runs = Files.createTempDirectory("ntm4j-browser-runs");
            Path models = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("models");
            return new StudioSite(Studio.start(new Studio.Options(runs, models, 0, false, "test")), runs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI address() {
        return studio.link();
    }

    @Override
    public void close() {
        studio.close();
        try (Stream<Path> files = Files.walk(runs)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
