package io.github.ntm4j.cli.soak;

import java.util.function.BooleanSupplier;

/** Brings several threads to rest: those that work finish what they do, and nobody begins anything else until the rest is over. */
final class Rest {
    private static final long POLL_MILLIS = 50;

    private int working;
    private boolean resting;

    /** Waits until there is no rest, and begins to work. */
    synchronized void begin() throws InterruptedException {
        while (resting) {
            wait();
        }
        working++;
    }

    /** Ends what was begun. */
    synchronized void end() {
        working--;
        notifyAll();
    }

    /**
     * Begins a rest, and waits until nobody works.
     *
     * @param givenUp when not to wait any longer
     * @return whether nobody works
     */
    synchronized boolean await(BooleanSupplier givenUp) throws InterruptedException {
        resting = true;
        while (working > 0 && !givenUp.getAsBoolean()) {
            wait(POLL_MILLIS);
        }
        return working == 0;
    }

    /** Ends the rest. */
    synchronized void over() {
        resting = false;
        notifyAll();
    }
}
