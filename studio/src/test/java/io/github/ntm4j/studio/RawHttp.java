package io.github.ntm4j.studio;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as a hostile client would make them: every byte is up to the test. */
final class RawHttp {
    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /**
     * What came back.
     *
     * @param status of HTTP, 0 if the connection was closed without an answer
     * @param body the rest
     */
    record Answer(int status, String body) {}

    /** A request with the headers that a browser on the studio's own page would send, and others in their place. */
    Answer send(String method, String path, Map<String, String> changes, byte[] body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Connection", "close");
        if (body.length > 0) {
            headers.put("Content-Length", Integer.toString(body.length));
        }
        headers.putAll(changes);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] beginning = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[beginning.length + body.length];
        System.arraycopy(beginning, 0, all, 0, beginning.length);
        System.arraycopy(body, 0, all, beginning.length, body.length);
        return exchange(all);
    }

    /** Sends bytes and reads what comes back until the other side closes. */
    Answer exchange(byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (IOException closed) {
                // What was answered before may still be read.
            }
            return read(socket);
        }
    }

    /** A connection to the studio. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Reads an answer to its end. */
    static Answer read(Socket socket) throws IOException {
        byte[] all;
        try {
            InputStream in = socket.getInputStream();
            all = in.readAllBytes();
        } catch (IOException reset) {
            return new Answer(0, "");
        }
        String text = new String(all, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("HTTP/1.1 ")) {
            return new Answer(0, text);
        }
        int end = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(text.substring(9, 12)), end < 0 ? "" : text.substring(end + 4));
    }
}
