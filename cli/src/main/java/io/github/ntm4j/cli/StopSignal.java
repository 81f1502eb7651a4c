package io.github.ntm4j.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Makes SIGINT and SIGTERM end a training in order: the training is asked to stop, and the process ends when this is closed, after
 * the last checkpoint. The exit code is then 128 and the number of the signal.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    /** Listens from now on. */
    StopSignal(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            awaitFinished();
        }, "ntm-stop");
        Runtime.getRuntime().addShutdownHook(hook);
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
