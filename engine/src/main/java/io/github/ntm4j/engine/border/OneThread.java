package io.github.ntm4j.engine.border;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notices when an object that serves one thread at a time is used by two at once: the one that comes second gets an exception and has
 * changed nothing. Threads may take turns. It costs an uncontended compare-and-set for each use, some nanoseconds, and allocates nothing.
 *
 * <pre>
 * use.begin();
 * try {
 *     ...
 * } finally {
 *     use.end();
 * }
 * </pre>
 */
public final class OneThread {
    private final String what;
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

    /**
     * Nobody uses it yet.
     *
     * @param what is used, such as {@code session}
     */
    public OneThread(String what) {
        this.what = what;
    }

    /**
     * A use begins that is not part of another one.
     *
     * @throws IllegalStateException if another is under way, in another thread or further up in this one
     */
    public void begin() {
        if (!user.compareAndSet(null, Thread.currentThread())) {
            throw busy(user.get());
        }
    }

    /** The use ends. */
    public void end() {
        user.setRelease(null);
    }

    /**
     * Something is read, perhaps in the middle of a use.
     *
     * @throws IllegalStateException if another thread uses it
     */
    public void look() {
        Thread now = user.get();
        if (now != null && !now.equals(Thread.currentThread())) {
            throw busy(now);
        }
    }

    private IllegalStateException busy(@Nullable Thread other) {
        if (Thread.currentThread().equals(other)) {
            return new IllegalStateException(what + ": expected one call at a time, got one from within another");
        }
        String name = other == null ? "another thread" : "thread " + other.getName();
        return new IllegalStateException(what + ": expected one thread at a time, got " + Thread.currentThread().getName() + " while "
                + name + " uses it; give each thread a " + what + " of its own");
    }
}
