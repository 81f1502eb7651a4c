package io.github.ntm4j.studio.run;

import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Tells a page how the runs go, as server-sent events, as long as it listens. A page that does not read is waited for alone, misses what is
 * no longer the newest, and is given up by the server after a while.
 */
final class EventsEndpoint implements Endpoint {
    private static final int MOST = 50;
    /** Of these, those that have not shown the token where reading is public. */
    private static final int MOST_STRANGERS = 10;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] ALIVE = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final Pulse pulse;
    private final Semaphore places = new Semaphore(MOST);
    private final Semaphore placesOfStrangers = new Semaphore(MOST_STRANGERS);

    /**
     * An endpoint.
     *
     * @param pulse what to tell
     */
    EventsEndpoint(Pulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public Reply answer(Request request) {
        return open(request.isKnown());
    }

    /**
     * Takes a place for a page.
     *
     * @param known whether it has the token
     */
    Reply.Stream open(boolean known) {
        if (!known && !placesOfStrangers.tryAcquire()) {
            throw new Refusal(503, "expected at most " + MOST_STRANGERS + " pages that listen without the token, found as many");
        }
        if (!places.tryAcquire()) {
            leave(known, false);
            throw new Refusal(503, "expected at most " + MOST + " pages that listen, found as many");
        }
        return new Reply.Stream("text/event-stream", this::write, () -> leave(known, true));
    }

    private void leave(boolean known, boolean placed) {
        if (!known) {
            placesOfStrangers.release();
        }
        if (placed) {
            places.release();
        }
    }

    private void write(OutputStream out) throws IOException {
        pulse.join();
        try {
            send(out, "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            long heard = 0;
            for (Pulse.News news = pulse.await(heard, HEARTBEAT); !news.closed(); news = pulse.await(heard, HEARTBEAT)) {
                heard = news.number();
                send(out, news.messages().toArray(byte[][]::new));
                if (news.messages().isEmpty()) {
                    send(out, ALIVE);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            pulse.leave();
        }
    }

    private static void send(OutputStream out, byte[]... messages) throws IOException {
        for (byte[] message : messages) {
            out.write(message);
        }
        out.flush();
    }
}
