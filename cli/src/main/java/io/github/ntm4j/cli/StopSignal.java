package io.github.ntm4j.cli;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Makes SIGINT and SIGTERM end a training in order: the training is asked to stop, and the process ends when this is closed, after
 * the last checkpoint. The exit code is then 128 and the number of the signal.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private boolean requested;
    private @Nullable Runnable stop;

    /** Listens from now on. */
    StopSignal() {
        hook = new Thread(() -> {
            request();
            awaitFinished();
        }, "ntm-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What to do on a signal; done at once if the signal has come already. */
    synchronized void onSignal(Runnable action) {
        stop = action;
        if (requested) {
            action.run();
        }
    }

    private synchronized void request() {
        requested = true;
        if (stop != null) {
            stop.run();
        }
    }

    private void awaitFinished() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook is running and waits for the next line.
        }
        finished.countDown();
    }
}
