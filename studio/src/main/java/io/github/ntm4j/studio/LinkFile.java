package io.github.ntm4j.studio;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.studio.server.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A small page in a file that leads to the studio, with a code that lets one browser in. Only the user can read it; the arguments of a
 * process, which everybody at the computer can read, have its name alone. A code that was used or has become old is replaced, so that the
 * file can be opened again, and in other browsers.
 */
final class LinkFile implements AutoCloseable {
    private static final Duration VALID = Duration.ofMinutes(6);
    private static final Duration RENEWED = Duration.ofMinutes(5);

    private final WebServer server;
    private final Path folder;
    private final Thread renewal;
    private boolean closed;

    private LinkFile(WebServer server, Path folder) {
        this.server = server;
        this.folder = folder;
        this.renewal = Thread.ofVirtual().unstarted(this::keepFresh);
    }

    /**
     * Writes the file in a folder of its own.
     *
     * @param server where it leads
     * @return the file
     * @throws UserException if it cannot be written
     */
    static LinkFile write(WebServer server) {
        try {
            // Folders and files that are made this way are their owner's alone.
            LinkFile file = new LinkFile(server, Files.createTempDirectory("ntm4j-studio"));
            file.renew();
            file.renewal.start();
            return file;
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("cannot write a temporary file: " + e.getMessage(), e);
        }
    }

    /** Where it is. */
    Path path() {
        return folder.resolve("studio.html");
    }

    private synchronized void renew() {
        if (closed) {
            return;
        }
        String link = server.address() + "#code=" + server.codes().issue(VALID, this::renewIfPossible);
        String page =
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="referrer" content="no-referrer">
                <title>ntm4j studio</title>
                <p><a href="%1$s">Open the studio</a></p>
                <script>location.replace("%1$s")</script>
                </html>
                """
                        .formatted(link);
        try {
            Path fresh = Files.createTempFile(folder, "studio", ".html");
            Files.writeString(fresh, page);
            Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void renewIfPossible() {
        try {
            renew();
        } catch (UncheckedIOException full) {
            // The next time may find room.
        }
    }

    private void keepFresh() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(RENEWED.toSeconds());
                renewIfPossible();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        renewal.interrupt();
        try {
            Files.deleteIfExists(path());
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // Its code is worth nothing any more.
        }
    }
}
