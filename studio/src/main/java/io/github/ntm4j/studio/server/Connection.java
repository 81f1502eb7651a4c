package io.github.ntm4j.studio.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A connection of a browser: requests come one after another, and each is answered before the next is read. Whatever waits for the other side
 * has a deadline; when it is over, {@link WebServer} cuts the connection.
 */
final class Connection implements Runnable {
    /** How long a head may take, a connection may idle, and a client may leave what is written to it. */
    private static final Duration HEAD = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration UNREAD = Duration.ofSeconds(10);
    private static final Duration UNREAD_BY_STRANGERS = Duration.ofSeconds(5);
    /** A client that reads less than this in a second, on one computer, does not mean it. */
    private static final long BYTES_A_SECOND = 1 << 20;

    private static final Duration BODY = Duration.ofSeconds(8);
    private static final Duration BODY_OF_STRANGERS = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int PIECE = 1 << 16;
    private static final int BUFFER_OF_STREAM = 1 << 13;
    private static final long NEVER = Long.MAX_VALUE;

    private final Socket socket;
    private final WebServer server;
    private final InputStream in;
    private volatile long deadline;
    /** When it began to wait for a request, or {@link #NEVER} while it is answered. */
    private volatile long waiting = System.nanoTime();

    private volatile boolean known;
    private final long began = System.nanoTime();

    /**
     * A connection.
     *
     * @param socket of the other side
     * @param server answers
     */
    Connection(Socket socket, WebServer server) throws IOException {
        this.socket = socket;
        this.server = server;
        this.in = new BufferedInputStream(socket.getInputStream());
        within(HEAD);
        socket.setTcpNoDelay(true);
    }

    @Override
    public void run() {
        try (socket) {
            boolean more = answerNext();
            while (more) {
                within(IDLE);
                more = answerNext();
            }
        } catch (IOException gone) {
            // Nobody is there any more to tell.
        } finally {
            server.ended(this);
        }
    }

    /** Reads a request and answers it; says whether another may follow. */
    private boolean answerNext() throws IOException {
        waiting = System.nanoTime();
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        within(HEAD);
        RequestHead head;
        try {
            head = RequestHead.read(in);
        } catch (Refusal refusal) {
            send(Reply.refusal(refusal), false, false, true);
            finish();
            return false;
        }
        waiting = NEVER;
        deadline = NEVER;
        Request request = new Request(this, head);
        Reply reply = server.reply(request);
        boolean more = head.persistent() && request.isRead();
        send(reply, head.silent(), more, head.chunks());
        deadline = NEVER;
        if (!more) {
            finish();
        }
        return more;
    }

    /** Notes that the other side has shown the token. */
    void known() {
        known = true;
    }

    /** Whether it has. */
    boolean isKnown() {
        return known;
    }

    /** Reads a body. */
    byte[] body(long length, boolean announced) throws IOException {
        if (announced) {
            socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        Duration time = known ? BODY : BODY_OF_STRANGERS;
        long end = System.nanoTime() + time.toNanos();
        List<byte[]> pieces = new ArrayList<>();
        long left = length;
        try {
            while (left > 0) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                byte[] piece = new byte[(int) Math.min(left, PIECE)];
                int count = System.nanoTime() < end ? in.read(piece) : -2;
                if (count == -2) {
                    throw new SocketTimeoutException();
                }
                if (count < 0) {
                    throw new Refusal(400, "body: expected " + length + " bytes, got fewer");
                }
                pieces.add(count == piece.length ? piece : Arrays.copyOf(piece, count));
                left -= count;
            }
        } catch (SocketTimeoutException late) {
            throw new Refusal(408, "body: expected " + length + " bytes within " + time.toSeconds() + " s, got fewer");
        } finally {
            socket.setSoTimeout(0);
        }
        byte[] body = new byte[(int) length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, body, at, piece.length);
            at += piece.length;
        }
        return body;
    }

    private void send(Reply reply, boolean silent, boolean more, boolean chunks) throws IOException {
        switch (reply) {
            case Reply.Whole whole -> {
                try {
                    long end = System.nanoTime() + patience().multipliedBy(3).plusMillis(1000L * whole.body().length / BYTES_A_SECOND).toNanos();
                    OutputStream out = new Paced(end);
                    out.write(head(whole.status(), whole.type(), "Content-Length: " + whole.body().length, more));
                    if (!silent) {
                        out.write(whole.body());
                    }
                } finally {
                    whole.end().run();
                }
            }
            case Reply.Stream stream -> {
                try {
                    OutputStream out = new Paced(NEVER);
                    out.write(head(200, stream.type(), chunks ? "Transfer-Encoding: chunked" : "", more && chunks));
                    if (!silent) {
                        // Soon full where nobody reads.
                        socket.setSendBufferSize(BUFFER_OF_STREAM);
                        OutputStream body = chunks ? new ChunkedOutput(out) : out;
                        stream.writer().write(body);
                        body.close();
                    }
                } finally {
                    stream.end().run();
                }
            }
        }
    }

    private Duration patience() {
        return known ? UNREAD : UNREAD_BY_STRANGERS;
    }

    private static byte[] head(int status, String type, String length, boolean more) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(status < 300 ? "OK" : "Refused").append("\r\n");
        head.append("Content-Type: ").append(type).append("\r\n");
        if (!length.isEmpty()) {
            head.append(length).append("\r\n");
        }
        if (!more) {
            head.append("Connection: close\r\n");
        }
        WebServer.PROTECTION.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Says that nothing more comes, and takes what is still on its way, so that the other side can read the answer. */
    private void finish() throws IOException {
        within(REST);
        socket.shutdownOutput();
        byte[] rest = new byte[PIECE];
        while (in.read(rest) >= 0) {
            // Of no interest.
        }
    }

    private void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Whether its time is over. */
    boolean isOverdue(long now) {
        long end = deadline;
        return end != NEVER && now - end > 0;
    }

    /** How gladly it is given up for a new one: below 0 for one that waits, the one that has waited longest first; 0 for one that must stay. */
    long rank(long now) {
        long since = waiting;
        if (since != NEVER) {
            return Long.MIN_VALUE / 2 - (now - since);
        }
        return known ? 0 : began - now;
    }

    /** Ends it whatever it does. */
    void cut() {
        try {
            // What was written and not read is forgotten.
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // It is closed once more.
        }
        try {
            socket.close();
        } catch (IOException closed) {
            // Done.
        }
    }

    /** What is written goes out in pieces, each of which has a deadline, as has the whole. */
    private final class Paced extends OutputStream {
        private final OutputStream out = socket.getOutputStream();
        private final long end;

        Paced(long end) throws IOException {
            this.end = end;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = from; at < from + length; at += PIECE) {
                within(patience());
                if (end != NEVER && end - deadline < 0) {
                    deadline = end;
                }
                out.write(bytes, at, Math.min(PIECE, from + length - at));
            }
            deadline = NEVER;
        }
    }
}
