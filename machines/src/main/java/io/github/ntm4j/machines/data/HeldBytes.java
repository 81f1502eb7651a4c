package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.util.Locale;

/** Counts the memory that the sequences of a file take, and refuses what is more than a share of all there is. */
final class HeldBytes {
    private static final int SHARE = 3;
    private static final double MEBIBYTE = 1 << 20;

    private final String name;
    private final long limit;
    private long held;

    /**
     * Nothing yet.
     *
     * @param name what messages call the file
     */
    HeldBytes(String name) {
        this(name, Runtime.getRuntime().maxMemory() / SHARE);
    }

    HeldBytes(String name, long limit) {
        this.name = name;
        this.limit = limit;
    }

    /**
     * Counts something before it is made.
     *
     * @throws UserException if that is more than there is
     */
    void add(long bytes) {
        held = Math.addExact(held, bytes);
        if (held > limit) {
            throw new UserException(String.format(Locale.ROOT,
                    "%s: would take more than %.0f MiB, a third of the memory there is; give Java more with NTM_JAVA_OPTS=-Xmx..., or write"
                            + " it as plain JSON Lines, of which a sequence takes 32 bytes", name, limit / MEBIBYTE));
        }
    }

    /** What can still be added. */
    long left() {
        return limit - held;
    }
}
