package io.github.ntm4j.machines.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.checkpoint.AtomicFiles.RealDisk;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the real disk asks the system to force what was written. What a power failure would do cannot be tried; but the system refuses to
 * force what it cannot, and the flight recorder sees what is forced through a channel.
 */
class RealDiskTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsClosedCannotBeForced() throws IOException {
        FileOutputStream file = new FileOutputStream(folder.resolve("file").toFile());
        file.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> RealDisk.INSTANCE.force(file));
        assertThatCode(() -> RealDisk.UNFORCED.force(file)).doesNotThrowAnyException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoFileCannotBeForced() throws IOException {
        try (FileOutputStream nowhere = new FileOutputStream("/dev/null")) {
            assertThatExceptionOfType(SyncFailedException.class).isThrownBy(() -> RealDisk.INSTANCE.force(nowhere));
            assertThatCode(() -> RealDisk.UNFORCED.force(nowhere)).doesNotThrowAnyException();
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theFolderIsForcedWithItsNamesAfterEveryWrite() {
        Path target = folder.resolve("target");
        assertThat(Forced.during(() -> AtomicFiles.write(target, CONTENT))).containsExactly(new Forced(folder, true));
        assertThat(Forced.during(() -> AtomicFiles.write(target, "text"))).containsExactly(new Forced(folder, true));
        assertThat(Forced.during(() -> commit(target))).containsExactly(new Forced(folder, true));
        assertThat(Forced.during(() -> AtomicFiles.writeUnforced(target, CONTENT))).isEmpty();
    }

    private static void commit(Path target) {
        try (AtomicFiles.Draft draft = AtomicFiles.begin(target)) {
            draft.write(CONTENT);
            draft.commit();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anInterruptDoesNotKeepTheFolderFromBeingForced() throws IOException {
        Files.createDirectories(folder);
        assertThat(Forced.during(() -> {
                    Thread.currentThread().interrupt();
                    AtomicFiles.write(folder.resolve("target"), CONTENT);
                    assertThat(Thread.interrupted()).isTrue();
                }))
                .contains(new Forced(folder, true));
    }
}
