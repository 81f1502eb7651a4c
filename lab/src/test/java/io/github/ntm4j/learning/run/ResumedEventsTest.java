package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorBoard is told by a run that goes on. */
class ResumedEventsTest {
    @TempDir
    private Path folder;

    /** It drops what it has read from that step on: the points of the checkpoint itself, after 36 sequences, stay. */
    @Test
    void pointsBehindTheCheckpointAreDroppedAndNoOthers() throws IOException {
        Path path = folder.resolve("run");
        SmallRun.train(path, SmallRun.config("training.sequences=36"));
        SmallRun.resume(path, "training.sequences=72");
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("events.")).sorted().toList();
        }
        assertThat(files).hasSize(2);
        // An event (event.proto) with the step, field 2, and a session log, field 7, whose status, field 1, is START.
        byte[] start = {0x10, 37, 0x3A, 2, 0x08, 1};
        assertThat(Files.readString(files.getLast(), StandardCharsets.ISO_8859_1)).contains(new String(start, StandardCharsets.ISO_8859_1));
    }
}
