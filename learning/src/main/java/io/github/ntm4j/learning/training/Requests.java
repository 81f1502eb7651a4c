package io.github.ntm4j.learning.training;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask of a training: to end, to wait, or to do something between two updates. An update at which nobody asks anything
 * costs the reading of two volatile fields.
 */
final class Requests {
    private enum State {
        IDLE,
        TRAINING,
        FAILED,
        CLOSED
    }

    private record Action(Runnable what, CompletableFuture<@Nullable Void> done) {
        void perform() {
            try {
                what.run();
            } catch (RuntimeException | Error thrown) {
                done.completeExceptionally(thrown);
                return;
            }
            done.complete(null);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Action> actions = new ArrayDeque<>();
    private State state = State.IDLE;
    private boolean pausing;
    private long waitedBefore;
    private long waitingSince;
    private @Nullable Thread thread;
    private volatile boolean waiting;
    private volatile boolean asked;
    private volatile boolean stopping;

    /** Asks for an action between two updates, or performs it at once where nothing is trained. */
    CompletableFuture<@Nullable Void> between(Runnable what) {
        Action action = new Action(what, new CompletableFuture<>());
        lock.lock();
        try {
            switch (state) {
                case TRAINING -> {
                    actions.add(action);
                    wake();
                }
                case IDLE -> action.perform();
                case FAILED -> action.done().completeExceptionally(failed());
                case CLOSED -> action.done().completeExceptionally(new IllegalStateException("the trainer is closed"));
            }
        } finally {
            lock.unlock();
        }
        return action.done();
    }

    private static IllegalStateException failed() {
        return new IllegalStateException("the training failed; what it left is no state to go on from");
    }

    private void wake() {
        asked = true;
        changed.signalAll();
    }

    void pause() {
        pausing(true);
    }

    void proceed() {
        pausing(false);
    }

    private void pausing(boolean wanted) {
        lock.lock();
        try {
            pausing = wanted;
            wake();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        stopping = true;
        lock.lock();
        try {
            wake();
        } finally {
            lock.unlock();
        }
    }

    boolean stopping() {
        return stopping;
    }

    /** Whether the training waits now. */
    boolean waiting() {
        return waiting;
    }

    /** How long all trainings have waited. */
    long waitedNanos() {
        lock.lock();
        try {
            return waitedBefore + (waiting ? System.nanoTime() - waitingSince : 0);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a training is under way on a thread. */
    boolean isTraining(Thread asking) {
        lock.lock();
        try {
            return asking.equals(thread);
        } finally {
            lock.unlock();
        }
    }

    /** A training begins on this thread. */
    void begin() {
        lock.lock();
        try {
            if (state == State.TRAINING || state == State.CLOSED) {
                throw new IllegalStateException(
                        state == State.CLOSED ? "the trainer is closed" : "the trainer has a training under way");
            }
            state = State.TRAINING;
            thread = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what must not be done while a training runs or when nothing is trained any more. */
    void requireIdle(String what) {
        lock.lock();
        try {
            if (state == State.TRAINING || state == State.CLOSED) {
                throw new IllegalStateException(what + ": expected a trainer that is "
                        + (state == State.CLOSED ? "open, but it is closed" : "at rest, but a training is under way"));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Between two updates: performs what was asked for, and waits while it is to. */
    void attend() {
        if (asked) {
            perform(State.TRAINING);
        }
    }

    /** The training has ended: performs what was asked for since, and forgets that it was to end or to wait. */
    void end() {
        perform(State.IDLE);
    }

    private void perform(State then) {
        for (Action next = next(then); next != null; next = next(then)) {
            next.perform();
        }
    }

    /** The next action; waits for one while the training is to wait. When there is none left, goes over to a state. */
    private @Nullable Action next(State then) {
        lock.lock();
        try {
            Action next = actions.poll();
            while (next == null && then == State.TRAINING && pausing && !stopping) {
                if (!waiting) {
                    waitingSince = System.nanoTime();
                    waiting = true;
                }
                changed.awaitUninterruptibly();
                next = actions.poll();
            }
            if (next != null) {
                return next;
            }
            if (waiting) {
                waitedBefore += System.nanoTime() - waitingSince;
                waiting = false;
            }
            asked = false;
            state = then;
            if (then == State.IDLE) {
                forget();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        thread = null;
        pausing = false;
        stopping = false;
    }

    /** The training ended by an exception. */
    void fail() {
        lock.lock();
        try {
            state = State.FAILED;
            asked = false;
            forget();
            actions.forEach(action -> action.done().completeExceptionally(failed()));
            actions.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is trained. */
    void close() {
        lock.lock();
        try {
            state = State.CLOSED;
        } finally {
            lock.unlock();
        }
    }
}
