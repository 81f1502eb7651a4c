package io.github.ntm4j.core.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * A file or folder that was forced to the disk through a channel, as the flight recorder of the virtual machine saw it.
 *
 * @param path which
 * @param names whether what is known about it was forced, too, and for a folder its names
 */
public record Forced(Path path, boolean names) {
    /** What this process forces while something is done, in order. */
    public static List<Forced> during(Runnable action) {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            action.run();
            recording.stop();
            Path file = Files.createTempFile("forced", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
                        .map(event -> new Forced(Path.of(event.getString("path")), event.getBoolean("metaData")))
                        .toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
