package io.github.ntm4j.machines.checkpoint;

import io.github.ntm4j.machines.config.RunFailedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file whole or not at all: the content goes to a temporary file in the same folder, is forced to the disk, replaces
 * the target in one atomic move, and the folder is forced too. Whatever fails, and whenever the process dies, the target holds
 * its old content or the new one in full. When an error is reported the old content is in place; only when nothing but
 * the last step failed, forcing the folder, is it the new one, which a power failure might then undo.
 *
 * <p>Interrupting the thread doesn't interrupt the writing, so that a last checkpoint can be written on the way out.
 */
public final class AtomicFiles {
    private static final String SUFFIX = ".ntm-tmp";
    private static final int LONGEST = 200;
    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFiles() {}

    /**
     * Replaces the file's content.
     *
     * @param target the file
     * @param content all that it is to hold
     * @throws RunFailedException {@code cannot write <target>: <reason>}; the old content is kept
     */
    public static void write(Path target, byte[] content) {
        write(target, content, RealDisk.INSTANCE);
    }

    /**
     * Replaces the file's content by a text in UTF-8; otherwise as {@link #write(Path, byte[])}.
     *
     * @param target the file
     * @param content all that it is to hold
     */
    public static void write(Path target, String content) {
        write(target, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces the file's content whole or not at all whenever the process dies, but leaves it to the system when the content gets to the
     * disk: after a power failure the file may be there without its content. For files that nothing rests on.
     *
     * @param target the file
     * @param content all that it is to hold
     * @throws RunFailedException {@code cannot write <target>: <reason>}; the old content is kept
     */
    public static void writeUnforced(Path target, byte[] content) {
        write(target, content, RealDisk.UNFORCED);
    }

    static void write(Path target, byte[] content, Disk disk) {
        write(target, content, disk, () -> {});
    }

    /** The same with something to do when the content is on the disk and the target still the old one. */
    static void write(Path target, byte[] content, Disk disk, Runnable before) {
        try (Draft draft = new Draft(target, disk)) {
            draft.write(content, 0, content.length);
            draft.commit(before);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(target, e);
        }
    }

    /**
     * Begins a file that is written piece by piece and appears under its name on {@link Draft#commit}.
     *
     * @param target the file
     * @return the draft, to be closed
     * @throws IOException if the temporary file beside the target cannot be made
     */
    public static Draft begin(Path target) throws IOException {
        return new Draft(target, RealDisk.INSTANCE);
    }

    /**
     * Deletes the temporary files that processes killed while writing left in a folder, and returns their number. Only the
     * process that owns the folder may call this, and while it is writing nothing there.
     *
     * @param folder the folder
     * @return how many there were
     * @throws RunFailedException if the folder cannot be listed or a file not deleted
     */
    public static int removeLeftovers(Path folder) {
        int removed = 0;
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
                removed++;
            }
        } catch (DirectoryIteratorException e) {
            throw RunFailedException.cannotWrite(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder, e);
        }
        return removed;
    }

    /** A file in the making. Closing it without a commit removes what was written and leaves the target as it was. */
    public static final class Draft extends OutputStream {
        private final Disk disk;
        private final Path target;
        private final Path temporary;
        private final OutputStream out;
        private boolean open = true;
        private boolean exists = true;

        private Draft(Path target, Disk disk) throws IOException {
            this.disk = disk;
            // A link stays a link: what it points at is replaced.
            this.target = (Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target).toAbsolutePath();
            if (Files.isDirectory(this.target)) {
                throw new FileSystemException(target.toString(), null, "it is a folder");
            }
            if (Files.exists(this.target) && !Files.isRegularFile(this.target)) {
                throw new FileSystemException(target.toString(), null, "it is a device, not a file");
            }
            Path name = this.target.getFileName();
            if (name == null || !Files.isDirectory(folder())) {
                throw new FileSystemException(target.toString(), null, "there is no folder " + folder());
            }
            temporary = this.target.resolveSibling(
                    "." + beginning(name.toString()) + "." + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + SUFFIX);
            out = disk.create(temporary);
        }

        /** As much of a name as leaves room for what the temporary file adds to it: 255 bytes is what file systems have. */
        private static String beginning(String name) {
            int end = name.length();
            while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                end = name.offsetByCodePoints(end, -1);
            }
            return name.substring(0, end);
        }

        private Path folder() {
            Path parent = target.getParent();
            return parent == null ? target : parent;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            disk.write(out, bytes, offset, length);
        }

        /**
         * Forces the content to the disk and moves it over the target. Nothing can be written afterwards.
         *
         * @throws IOException if the content does not get to the disk, or the file not under its name
         */
        public void commit() throws IOException {
            commit(() -> {});
        }

        private void commit(Runnable before) throws IOException {
            disk.force(out);
            open = false;
            disk.close(out);
            before.run();
            disk.move(temporary, target);
            exists = false;
            disk.forceFolder(folder());
        }

        /** Closes the draft; if it was not committed, removes it. */
        @Override
        public void close() throws IOException {
            try {
                if (open) {
                    open = false;
                    disk.close(out);
                }
            } finally {
                if (exists) {
                    exists = false;
                    disk.delete(temporary);
                }
            }
        }
    }

    /** The operations of a file system that writing needs, so that a test can make each of them fail. */
    interface Disk {
        /** Makes a file that must not exist yet. If it fails there is no file. */
        OutputStream create(Path file) throws IOException;

        void write(OutputStream file, byte[] bytes, int offset, int length) throws IOException;

        void force(OutputStream file) throws IOException;

        void close(OutputStream file) throws IOException;

        void move(Path from, Path to) throws IOException;

        /** Gives a file a second name. If it fails there is no such name. */
        void link(Path name, Path file) throws IOException;

        void forceFolder(Path folder) throws IOException;

        void delete(Path file) throws IOException;
    }

    /** The real one. Streams and not channels, since an interrupt closes a channel in the middle of a write. */
    record RealDisk(boolean forcing) implements Disk {
        static final Disk INSTANCE = new RealDisk(true);
        static final Disk UNFORCED = new RealDisk(false);

        @Override
        public OutputStream create(Path file) throws IOException {
            Files.createFile(file);
            try {
                return new FileOutputStream(file.toFile());
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }

        @Override
        public void write(OutputStream file, byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void force(OutputStream file) throws IOException {
            if (forcing) {
                ((FileOutputStream) file).getFD().sync();
            }
        }

        @Override
        public void close(OutputStream file) throws IOException {
            file.close();
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void link(Path name, Path file) throws IOException {
            try {
                Files.createLink(name, file);
            } catch (UnsupportedOperationException e) {
                throw new IOException("this file system has no links", e);
            }
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            if (!forcing) {
                return;
            }
            boolean interrupted = Thread.interrupted();
            try {
                forceUninterrupted(folder);
            } catch (ClosedByInterruptException e) {
                interrupted = true;
                Thread.interrupted();
                forceUninterrupted(folder);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static void forceUninterrupted(Path folder) throws IOException {
            FileChannel channel;
            try {
                channel = FileChannel.open(folder, StandardOpenOption.READ);
            } catch (IOException e) {
                return; // Windows doesn't open folders, and doesn't need it.
            }
            try (channel) {
                channel.force(true);
            }
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
