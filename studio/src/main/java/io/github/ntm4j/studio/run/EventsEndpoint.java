package io.github.ntm4j.studio.run;

import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells a page how the runs go, as server-sent events, as long as it listens. A page that does not read is waited for alone, misses what is
 * no longer the newest, and is given up after a while.
 */
final class EventsEndpoint implements Endpoint, AutoCloseable {
    private static final int MOST = 50;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] ALIVE = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final Pulse pulse;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    /** A page. */
    private static final class Listener {
        final Thread thread = Thread.currentThread();
        volatile long writingSince = Long.MAX_VALUE;
    }

    /**
     * An endpoint.
     *
     * @param pulse what to tell
     * @param patience how long a page may leave what is written to it
     */
    EventsEndpoint(Pulse pulse, Duration patience) {
        this.pulse = pulse;
        this.patience = patience;
        this.watch = Thread.ofVirtual().name("listeners").start(this::watch);
    }

    @Override
    public Reply answer(Request request) {
        return open();
    }

    /** Takes a place for a page. */
    Reply.Stream open() {
        if (!places.tryAcquire()) {
            throw new Refusal(503, "expected at most " + MOST + " pages that listen, found as many");
        }
        return new Reply.Stream("text/event-stream", this::write, places::release);
    }

    private void write(OutputStream out) throws IOException {
        Listener listener = new Listener();
        listeners.add(listener);
        pulse.join();
        try {
            send(listener, out, "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            long heard = 0;
            for (Pulse.News news = pulse.await(heard, HEARTBEAT); !news.closed(); news = pulse.await(heard, HEARTBEAT)) {
                heard = news.number();
                send(listener, out, news.messages().toArray(byte[][]::new));
                if (news.messages().isEmpty()) {
                    send(listener, out, ALIVE);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            pulse.leave();
            listeners.remove(listener);
        }
    }

    private static void send(Listener listener, OutputStream out, byte[]... messages) throws IOException {
        listener.writingSince = System.nanoTime();
        for (byte[] message : messages) {
            out.write(message);
        }
        out.flush();
        listener.writingSince = Long.MAX_VALUE;
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(1);
                giveUp();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp() {
        long now = System.nanoTime();
        for (Listener listener : listeners) {
            long since = listener.writingSince;
            if (since != Long.MAX_VALUE && now - since > patience.toNanos()) {
                listener.thread.interrupt();
            }
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
