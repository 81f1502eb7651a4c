package io.github.ntm4j.core.training;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed group of threads that share out numbered jobs. The caller works too; a group of one runs everything on the caller. Which
 * thread takes which job is left open: jobs must not depend on it. Waiting threads spin for a moment, then park.
 */
final class Workers implements AutoCloseable {
    private static final int SPINS = 20_000;

    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private int jobs;
    private IntConsumer work = job -> {};

    Workers(int count) {
        threads = new Thread[count - 1];
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

    /** Runs {@code work} for 0 .. jobs - 1 and returns when all are done. */
    void run(int jobCount, IntConsumer jobWork) {
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
        round++;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        takeJobs();
        while (finished.get() < threads.length) {
            Thread.onSpinWait();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            if (thrown instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("a worker failed: " + thrown, thrown);
        }
    }

    private void serve() {
        int seen = 0;
        while (true) {
            int spins = 0;
            while (round == seen && !closed) {
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = round;
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
