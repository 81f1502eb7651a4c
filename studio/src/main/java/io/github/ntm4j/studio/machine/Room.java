package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.studio.server.Refusal;
import java.util.concurrent.TimeUnit;

/**
 * Memory that all requests share, in bytes that each counts before it takes them. What can never fit is refused with the figure; what does
 * not fit now waits a little for others.
 */
public final class Room {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    /** More that wait would only be refused later. */
    private static final int MOST_WAITING = 16;

    private final long all;
    private long free;
    private int waiting;

    /**
     * Room of which nothing is taken.
     *
     * @param bytes how much there is
     */
    public Room(long bytes) {
        this.all = bytes;
        this.free = bytes;
    }

    /** Bytes that are somebody's until they are given back, once. */
    public final class Held implements AutoCloseable {
        private long bytes;

        private Held(long bytes) {
            this.bytes = bytes;
        }

        /**
         * Gives back all but some.
         *
         * @param fewer bytes that are kept
         */
        public void shrink(long fewer) {
            synchronized (Room.this) {
                if (fewer < bytes) {
                    free += bytes - fewer;
                    bytes = fewer;
                    Room.this.notifyAll();
                }
            }
        }

        @Override
        public void close() {
            shrink(0);
        }
    }

    /**
     * Refuses what can never fit.
     *
     * @param what what needs it, as a message begins
     * @param bytes how much
     * @throws UserException if there is not as much
     */
    public void require(String what, long bytes) {
        if (bytes > all) {
            throw new UserException(what + ": needs " + mebibytes(bytes) + " of memory, and the studio has " + mebibytes(all)
                    + " for this; take fewer rows or shorter sequences, or give java more (NTM_JAVA_OPTS=-Xmx8g)");
        }
    }

    /**
     * Takes room.
     *
     * @param what what needs it, as a message begins
     * @param bytes how much
     * @return what is to be given back
     * @throws UserException if it can never fit
     * @throws Refusal if others have it and do not give it back soon
     */
    public synchronized Held take(String what, long bytes) {
        require(what, bytes);
        long end = System.nanoTime() + PATIENCE;
        while (free < bytes) {
            long left = end - System.nanoTime();
            if (left <= 0 || waiting >= MOST_WAITING) {
                throw new Refusal(503, what + ": needs " + mebibytes(bytes) + " of memory, and other requests leave " + mebibytes(free)
                        + " now; ask again");
            }
            waiting++;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw new Refusal(503, "the studio is closing");
            } finally {
                waiting--;
            }
        }
        free -= bytes;
        return new Held(bytes);
    }

    /** How much is free now. */
    synchronized long free() {
        return free;
    }

    private static String mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20) + " MiB";
    }
}
