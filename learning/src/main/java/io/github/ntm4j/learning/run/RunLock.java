package io.github.ntm4j.learning.run;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two trainings out of one run directory: while a run is open, a lock of the operating system is on the file {@code training.lock} in
 * its directory. The system takes it back when the process dies, however that comes. Where a file system has no locks there is none.
 */
public final class RunLock implements AutoCloseable {
    private static final String NAME = "training.lock";
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_BYTES = 4096;

    /**
     * The locks of this process. The system's lock is one of the process, and gone when any of its files of that name is closed, so a file
     * that this process has locked must not be opened again.
     */
    private static final Set<Path> OWN = new HashSet<>();

    private final Path file;
    private final @Nullable FileChannel channel;
    private boolean released;

    private RunLock(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a run.
     *
     * @param run its directory
     * @return the lock, to be closed when the run is
     * @throws UserException if somebody trains it
     */
    static RunLock take(RunFolder run) {
        synchronized (OWN) {
            Path file = file(run);
            if (OWN.contains(file)) {
                throw taken(run);
            }
            FileChannel channel = null;
            try {
                channel = lock(file);
                if (channel == null) {
                    throw taken(run);
                }
            } catch (IOException noLocks) {
                // Whatever else cannot be written there is said by whoever writes it.
            }
            OWN.add(file);
            return new RunLock(file, channel);
        }
    }

    /** The locked file, or nothing if another process has locked it. One that only looks whether it is locked has it for a moment. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            requireOwn(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (channel.tryLock() != null && isStill(file, channel)) {
                return channel;
            }
            channel.close();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return null;
    }

    /** What is written to the file must go nowhere else, and opening a pipe would wait for somebody who reads it. */
    private static void requireOwn(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserException(file + ": expected a regular file or none, found something else; remove it");
        }
    }

    /** Whether the file that was locked is the one that others find: it may have been removed just before. */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        // To read a sign by the file's name would open it again, so its length is the sign.
        int length = 1 + (int) Math.floorMod(System.nanoTime() ^ ProcessHandle.current().pid(), (long) MOST_BYTES);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(new byte[length]), 0);
        return Files.exists(file) && Files.size(file) == length;
    }

    /**
     * Whether somebody trains a run: this process or, as far as the file system can tell, another.
     *
     * @param run its directory
     * @return true while it is locked
     */
    public static boolean isHeld(RunFolder run) {
        synchronized (OWN) {
            Path file = file(run);
            if (OWN.contains(file)) {
                return true;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                return channel.tryLock() == null;
            } catch (IOException noLocks) {
                return false;
            }
        }
    }

    private static Path file(RunFolder run) {
        try {
            return run.path().toRealPath().resolve(NAME);
        } catch (IOException absent) {
            return run.path().toAbsolutePath().normalize().resolve(NAME);
        }
    }

    private static UserException taken(RunFolder run) {
        return new UserException(run.path() + ": expected a run that nobody trains, found one in training");
    }

    @Override
    public void close() {
        synchronized (OWN) {
            if (released) {
                return;
            }
            released = true;
            OWN.remove(file);
            try {
                Files.deleteIfExists(file);
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException stays) {
                // It is locked no longer when the process ends.
            }
        }
    }
}
