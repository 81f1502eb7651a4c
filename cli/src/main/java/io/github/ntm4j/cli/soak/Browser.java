package io.github.ntm4j.cli.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Asks the studio as a browser does, with a connection for each request, so that none is open when nothing is asked. */
final class Browser {
    /** A request without a body. */
    static final byte[] NOTHING = {};

    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final String token;
    private final AtomicLong requests = new AtomicLong();

    /**
     * A browser that has asked nothing.
     *
     * @param port where the studio listens
     * @param token what it wants to see
     */
    Browser(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /** How many requests there were. */
    long requests() {
        return requests.get();
    }

    /** An answer that must come with the status 200. */
    byte[] get(String path) throws IOException {
        return ask("GET", path, NOTHING, 200);
    }

    /** The same for a request with a body. */
    byte[] post(String path, String body) throws IOException {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for a body of bytes. */
    byte[] post(String path, byte[] body) throws IOException {
        return ask("POST", path, body, 200);
    }

    /** The body of an answer that must come with a status, as it is on the wire. */
    byte[] ask(String method, String path, byte[] body, int expected) throws IOException {
        try (Socket socket = open(method, path, body)) {
            InputStream in = socket.getInputStream();
            int status = status(in, path);
            byte[] answer = in.readAllBytes();
            if (status != expected) {
                String text = new String(answer, 0, Math.min(answer.length, 300), StandardCharsets.UTF_8);
                throw new IOException(method + " " + path + ": expected status " + expected + ", got " + status + ": " + text);
            }
            return answer;
        }
    }

    /** Sends a request and leaves the answer to the caller. */
    Socket open(String method, String path, byte[] body) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX-Ntm4j-Token: " + token
                + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.toByteArray());
            requests.incrementAndGet();
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Reads the head of an answer. */
    static int status(InputStream in, String path) throws IOException {
        String first = line(in);
        if (!first.startsWith("HTTP/1.1 ") || first.length() < 12) {
            throw new IOException(path + ": expected an answer, got " + (first.isEmpty() ? "none" : first));
        }
        while (!line(in).isEmpty()) {
            // The headers are of no interest.
        }
        return Integer.parseInt(first.substring(9, 12));
    }

    /** A line without its end; the empty one at the end of the stream, too. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
