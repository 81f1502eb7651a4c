package io.github.ntm4j.cli.terminal;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes SIGINT and SIGTERM end a training in order: the training is asked to stop, and the process ends when this is closed, after
 * the last checkpoint. The exit code is then 128 and the number of the signal. What has not stopped after {@value #PATIENCE} milliseconds is
 * not waited for, and a second SIGINT ends the process at once.
 */
public final class StopSignal implements AutoCloseable {
    /** With what the virtual machine needs to end, less than five seconds. */
    private static final long PATIENCE = 3_500;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final PrintStream err;
    private final Thread hook;
    private final SecondInterrupt second = new SecondInterrupt();
    private volatile boolean requested;
    private @Nullable Runnable stop;
    private Supplier<String> left = () -> "nothing was written";

    /**
     * Listens from now on.
     *
     * @param err where to say that something was not waited for
     */
    public StopSignal(PrintStream err) {
        this.err = err;
        hook = new Thread(
                () -> {
                    second.ending();
                    request();
                    awaitFinished();
                },
                "ntm-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * What to do on a signal; done at once if the signal has come already.
     *
     * @param action asks for the end
     * @param whatIsLeft says what stays of a training that does not end in time
     */
    public synchronized void onSignal(Runnable action, Supplier<String> whatIsLeft) {
        stop = action;
        left = whatIsLeft;
        if (requested) {
            action.run();
        }
    }

    /** Whether a signal has come. */
    public boolean requested() {
        return requested;
    }

    private synchronized void request() {
        requested = true;
        if (stop != null) {
            stop.run();
        }
    }

    private synchronized String whatIsLeft() {
        return left.get();
    }

    private void awaitFinished() {
        try {
            if (!finished.await(PATIENCE, TimeUnit.MILLISECONDS)) {
                err.println("ntm: stopped without waiting for what was under way: " + whatIsLeft());
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            second.close();
        } catch (IllegalStateException alreadyStopping) {
            // The hook is running and waits for the next line.
        }
        finished.countDown();
    }
}
