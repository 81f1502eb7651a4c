package io.github.ntm4j.machines.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ntm4j.machines.config.RunFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced whole or not at all. */
class AtomicFilesTest {
    /** A disk whose operations fail from the first-th to the last-th; a write that fails has written half. */
    private static final class FailingDisk implements AtomicFiles.Disk {
        private final AtomicFiles.Disk disk = AtomicFiles.RealDisk.INSTANCE;
        private final int first;
        private final int last;
        private final List<String> operations = new ArrayList<>();

        FailingDisk(int first, int last) {
            this.first = first;
            this.last = last;
        }

        private void count(String operation) throws IOException {
            operations.add(operation);
            if (operations.size() >= first && operations.size() <= last) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            count("create");
            return disk.create(file);
        }

        @Override
        public void write(OutputStream file, byte[] bytes, int offset, int length) throws IOException {
            try {
                count("write");
            } catch (IOException e) {
                disk.write(file, bytes, offset, length / 2);
                throw e;
            }
            disk.write(file, bytes, offset, length);
        }

        @Override
        public void force(OutputStream file) throws IOException {
            count("force");
            disk.force(file);
        }

        @Override
        public void close(OutputStream file) throws IOException {
            disk.close(file);
            count("close");
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            count("move");
            disk.move(from, to);
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            count("link");
            disk.link(name, file);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            count("force folder");
            disk.forceFolder(folder);
        }

        @Override
        public void delete(Path file) throws IOException {
            count("delete");
            disk.delete(file);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).toList();
        }
    }

    @Test
    void theStepsStandInTheOnlyRightOrder(@TempDir Path folder) {
        FailingDisk disk = new FailingDisk(0, 0);
        AtomicFiles.write(folder.resolve("a"), new byte[3], disk);
        assertThat(disk.operations).containsExactly("create", "write", "force", "close", "move", "force folder");
    }

    @Test
    void whicheverOperationFailsTheOldContentSurvivesAndNothingElseIsLeft(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("last.safetensors");
        byte[] replacement = "the new content".getBytes(StandardCharsets.UTF_8);
        boolean failed = true;
        int failures = 0;
        for (int k = 1; failed; k++) {
            Files.writeString(target, "the old content");
            FailingDisk disk = new FailingDisk(k, k);
            Throwable thrown = catchThrowable(() -> AtomicFiles.write(target, replacement, disk));
            failed = thrown != null;
            if (failed) {
                failures++;
                assertThat(thrown)
                        .isInstanceOf(RunFailedException.class)
                        .hasMessage("cannot write " + target + ": No space left on device");
            }
            boolean moved = disk.operations.contains("force folder");
            assertThat(target).as("failure of %s", disk.operations).hasContent(moved ? "the new content" : "the old content");
            assertThat(names(folder)).as("failure of %s", disk.operations).containsExactly("last.safetensors");
        }
        assertThat(failures).isEqualTo(6);
    }

    @Test
    void whenEverythingFailsFromSomePointOnTheOldContentSurvives(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("last.safetensors");
        for (int k = 1; k <= 5; k++) {
            Files.writeString(target, "the old content");
            FailingDisk disk = new FailingDisk(k, Integer.MAX_VALUE);
            assertThatThrownBy(() -> AtomicFiles.write(target, new byte[10], disk))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessage("cannot write " + target + ": No space left on device");
            assertThat(target).hasContent("the old content");
        }
        assertThat(AtomicFiles.removeLeftovers(folder)).isEqualTo(4);
        assertThat(names(folder)).containsExactly("last.safetensors");
    }

    @Test
    void aFileIsMadeOrReplacedOrNotTouched(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("config.yaml");
        AtomicFiles.write(target, "näht: 1\n");
        assertThat(target).hasContent("näht: 1\n");
        try (AtomicFiles.Draft draft = AtomicFiles.begin(target)) {
            draft.write("half".getBytes(StandardCharsets.UTF_8));
            draft.flush();
        }
        assertThat(target).hasContent("näht: 1\n");
        try (AtomicFiles.Draft draft = AtomicFiles.begin(target)) {
            draft.write('a');
            draft.write(new byte[] {'b', 'c', 'd'}, 1, 1);
            draft.commit();
        }
        assertThat(target).hasContent("ac");
        assertThat(names(folder)).containsExactly("config.yaml");
    }

    @Test
    void aLinkStaysALink(@TempDir Path folder) throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFiles.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void whatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
        Path inNoFolder = folder.resolve("missing").resolve("a");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> AtomicFiles.write(inNoFolder, "x"))
                .withMessage("cannot write " + inNoFolder + ": there is no folder " + inNoFolder.getParent());
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> AtomicFiles.write(folder, "x"))
                .withMessage("cannot write " + folder + ": it is a folder");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> AtomicFiles.write(file.resolve("a"), "x"))
                .withMessageContaining("there is no folder " + file);
    }

    @Test
    void anInterruptDoesNotStopAWrite(@TempDir Path folder) {
        Path target = folder.resolve("last.safetensors");
        Thread.currentThread().interrupt();
        try {
            AtomicFiles.write(target, "saved on the way out");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(target).hasContent("saved on the way out");
    }

    @Test
    void threadsThatWriteTheSameFileLeaveOneOfTheirContents(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("last.safetensors");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String content = String.valueOf(i).repeat(10_000);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 20; round++) {
                    AtomicFiles.write(target, content);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Files.readString(target)).matches("0{10000}|1{10000}|2{10000}|3{10000}");
        assertThat(names(folder)).containsExactly("last.safetensors");
    }

    @Test
    void aFileThatIsNotForcedIsWholeOrNotThereToo(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("frame");
        AtomicFiles.writeUnforced(target, new byte[] {1, 2, 3});
        AtomicFiles.writeUnforced(target, new byte[] {4, 5});
        assertThat(target).hasBinaryContent(new byte[] {4, 5});
        assertThat(folder).isDirectoryContaining(file -> file.equals(target)).isDirectoryNotContaining(file -> !file.equals(target));
        Path none = folder.resolve("none/frame");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> AtomicFiles.writeUnforced(none, new byte[] {1}))
                .withMessageStartingWith("cannot write " + none);
    }

    /** The temporary file beside it has a longer name, and file systems have 255 bytes for one. */
    @Test
    void aNameAsLongAsFileSystemsAllowIsWritten(@TempDir Path long255) throws IOException {
        for (String letter : new String[] {"a", "\u00fc", "\u6570", "\ud83d\ude00"}) {
            int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
            Path target = long255.resolve(letter.repeat(255 / bytes));
            AtomicFiles.write(target, "content");
            assertThat(target).hasContent("content");
            assertThat(long255).isDirectoryNotContaining("glob:**/.*");
        }
    }
}
