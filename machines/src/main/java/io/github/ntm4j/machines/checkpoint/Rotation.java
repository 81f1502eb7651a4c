package io.github.ntm4j.machines.checkpoint;

import io.github.ntm4j.machines.config.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file that is written again and again, and the ones that it replaced, each under a name of its own:
 *
 * <pre>
 * write and force a temporary file; earlier-1 -&gt; earlier-2; last = earlier-1; temporary file -&gt; last; force the folder
 * </pre>
 *
 * <p>The old ones only change their names, so keeping them costs neither a copy nor a further force. Whatever fails, and whenever the
 * process or the machine dies, the first name has the content before or the new one in full: it is never without one, since it is linked
 * and not moved to the second. Where a file system has no links it is moved; after a failure just then only the second name has it.
 *
 * <p>Not thread-safe.
 */
public final class Rotation {
    private final List<Path> files;
    private final AtomicFiles.Disk disk;
    private final Set<Path> worthless = new HashSet<>();

    /**
     * Files in one folder, which need not be there.
     *
     * @param files the newest first
     */
    public Rotation(List<Path> files) {
        this(files, AtomicFiles.RealDisk.INSTANCE);
    }

    Rotation(List<Path> files, AtomicFiles.Disk disk) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files: expected at least one, got none");
        }
        this.files = List.copyOf(files);
        this.disk = disk;
    }

    /**
     * Says that what a file holds now is not worth keeping: it is overwritten instead of a better one.
     *
     * @param file one of the files
     */
    public void forget(Path file) {
        worthless.add(file);
    }

    /**
     * Writes a new content under the first name, and keeps the one before under the second and so on.
     *
     * @param content the content
     * @throws RunFailedException {@code cannot write <file>: <reason>}; nothing that was kept is lost then but, at most, the oldest
     */
    public void advance(byte[] content) {
        write(content, this::shift);
    }

    /**
     * Writes a new content under the first name; the one before is not kept, but those before that are.
     *
     * @param content the content
     * @throws RunFailedException {@code cannot write <file>: <reason>}; nothing that was kept is lost then
     */
    public void replace(byte[] content) {
        write(content, () -> {});
    }

    private void write(byte[] content, Runnable before) {
        AtomicFiles.write(files.getFirst(), content, disk, before);
        worthless.remove(files.getFirst());
    }

    private void shift() {
        Path newest = files.getFirst();
        // What a symbolic link leads to is replaced in its place, wherever that is.
        if (files.size() == 1 || worthless.contains(newest) || !Files.isRegularFile(newest, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path at = files.get(1);
        try {
            if (Files.exists(at) && Files.isSameFile(newest, at)) {
                return; // An attempt that failed later has come so far already.
            }
            for (int i = files.size() - 1; i > 1; i--) {
                at = files.get(i);
                pass(files.get(i - 1), at);
            }
            at = files.get(1);
            keep(newest, at);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(at, e);
        }
    }

    private void pass(Path from, Path to) throws IOException {
        if (worthless.contains(from)) {
            disk.delete(from);
            worthless.remove(from);
        } else if (Files.exists(from)) {
            disk.move(from, to);
            worthless.remove(to);
        }
    }

    private void keep(Path newest, Path name) throws IOException {
        if (Files.exists(name)) {
            disk.delete(name);
        }
        worthless.remove(name);
        try {
            disk.link(name, newest);
        } catch (IOException noLinks) {
            disk.move(newest, name);
        }
    }
}
