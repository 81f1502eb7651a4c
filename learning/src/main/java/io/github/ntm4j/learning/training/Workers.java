package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.border.Arguments;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed group of threads that share out numbered jobs. The caller works too; a group of one runs everything on the caller. Which
 * thread takes which job is left open: jobs must not depend on it. Waiting threads spin for a moment, then let others run, then park.
 */
final class Workers implements AutoCloseable {
    private static final int SPINS = 1_000;
    private static final int YIELDS = 1_000;
    private static final long NAP = 20_000;

    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private int jobs;
    private IntConsumer work = job -> {};

    Workers(int count) {
        threads = new Thread[Arguments.atLeast("threads", 1, count) - 1];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().name("ntm4j-worker-" + (i + 1)).daemon().unstarted(this::serve);
        }
        for (Thread thread : threads) {
            thread.start();
        }
    }

    int count() {
        return threads.length + 1;
    }

    /**
     * Runs {@code work} for 0 .. jobs - 1 and returns when no job runs any more. A thread whose job fails takes no other in this round; one
     * of the failures is thrown, and the group can be used again.
     */
    void run(int jobCount, IntConsumer jobWork) {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
        if (threads.length == 0 || jobCount == 1) {
            for (int job = 0; job < jobCount; job++) {
                jobWork.accept(job);
            }
            return;
        }
        jobs = jobCount;
        work = jobWork;
        finished.set(0);
        next.set(0);
        round.incrementAndGet();
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        takeJobs();
        int spins = 0;
        while (finished.get() < threads.length) {
            if (!waited(++spins)) {
                LockSupport.parkNanos(this, NAP);
            }
        }
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(thrown);
        }
    }

    /** Waits for a moment, or says that it is time to park. Another program on the processor gets its turn, and a thread of this group, too. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is what is meant: what we wait for may need this processor
    private static boolean waited(int times) {
        if (times < SPINS) {
            Thread.onSpinWait();
        } else if (times < SPINS + YIELDS) {
            Thread.yield();
        } else {
            return false;
        }
        return true;
    }

    private void serve() {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (round.get() == seen) {
                if (closed) {
                    return;
                }
                if (!waited(++spins)) {
                    LockSupport.park(this);
                }
            }
            seen = round.get();
            takeJobs();
            finished.incrementAndGet();
        }
    }

    private void takeJobs() {
        try {
            for (int job = next.getAndIncrement(); job < jobs; job = next.getAndIncrement()) {
                work.accept(job);
            }
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
