package io.github.ntm4j.studio.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes that let a browser in once and within a time. A code may stand in an address, which a browser keeps and others may see later; by then
 * it is worth nothing.
 */
public final class OneTimeCodes {
    private static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Code> codes = new HashMap<>();

    private record Code(Instant end, Runnable used) {}

    /**
     * No code is given out yet.
     *
     * @param clock says when the time of a code is over
     */
    OneTimeCodes(InstantSource clock) {
        this.clock = clock;
    }

    /** A word that cannot be guessed. */
    static String word() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * A new code.
     *
     * @param valid how long it can be used
     * @param used what is done when it was
     * @return the code
     */
    public synchronized String issue(Duration valid, Runnable used) {
        Instant now = clock.instant();
        codes.values().removeIf(code -> !code.end.isAfter(now));
        if (codes.size() >= MOST) {
            throw new IllegalStateException("expected at most " + MOST + " codes that wait, found as many");
        }
        String text = word();
        codes.put(text, new Code(now.plus(valid), used));
        return text;
    }

    /**
     * Uses a code.
     *
     * @param text what somebody takes for a code
     * @return whether it is one that was not used before, and in time
     */
    boolean use(@Nullable String text) {
        Code code;
        synchronized (this) {
            code = codes.remove(text);
        }
        if (code == null || !code.end.isAfter(clock.instant())) {
            return false;
        }
        code.used.run();
        return true;
    }
}
