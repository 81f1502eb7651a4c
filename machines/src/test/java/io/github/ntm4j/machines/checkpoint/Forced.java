package io.github.ntm4j.machines.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
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
        return recorded("jdk.FileForce", action).map(event -> new Forced(path(event), event.getBoolean("metaData"))).toList();
    }

    /** The files to which this process writes while something is done, in order, each as often as it writes to it. */
    public static List<Path> writtenDuring(Runnable action) {
        return recorded("jdk.FileWrite", action).map(Forced::path).toList();
    }

    private static Path path(RecordedEvent event) {
        return Path.of(event.getString("path"));
    }

    private static Stream<RecordedEvent> recorded(String name, Runnable action) {
        try (Recording recording = new Recording()) {
            recording.enable(name).withoutThreshold();
            recording.start();
            action.run();
            recording.stop();
            Path file = Files.createTempFile("forced", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals(name) && event.getString("path") != null)
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
