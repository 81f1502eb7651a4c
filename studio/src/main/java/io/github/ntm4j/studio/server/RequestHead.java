package io.github.ntm4j.studio.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a request: its first line and its headers, read within limits (RFC 9112).
 *
 * @param method GET, POST and the like
 * @param path the address, without what is behind the question mark, as it was sent
 * @param query what is behind the question mark, as it was sent; empty if there is none
 * @param persistent whether another request may follow on the same connection
 * @param chunks whether an answer may come in pieces of which only the last says that it is the last
 * @param headers names and values
 */
record RequestHead(String method, String path, String query, boolean persistent, boolean chunks, Headers headers) {
    private static final int LONGEST = 1 << 15;
    private static final int MOST_HEADERS = 60;
    private static final Pattern LINE = Pattern.compile("([A-Z]{1,20}) (/[!-~]*) HTTP/1\\.([01])");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\\x21-\\xff](?:[ \t\\x21-\\xff]*[\\x21-\\xff])?)?[ \t]*");
    private static final Pattern VERSION = Pattern.compile(".* HTTP/[0-9.]+");

    /**
     * Reads the head of a request, of which something has come.
     *
     * @param in where it comes from
     * @return the head
     * @throws IOException if it does not come to its end
     * @throws Refusal if it is none
     */
    static RequestHead read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        String first = lines.next();
        // Browsers of old sent an empty line behind a body.
        first = first.isEmpty() ? lines.next() : first;
        Matcher line = LINE.matcher(first);
        if (!line.matches()) {
            throw VERSION.matcher(first).matches() && !first.matches(".* HTTP/1\\.[01]")
                    ? new Refusal(505, "request: expected HTTP/1.1, got another version")
                    : new Refusal(400, "request: expected a method, an address that begins with / and HTTP/1.1, got something else");
        }
        Headers headers = new Headers();
        int count = 0;
        for (String next = lines.next(); !next.isEmpty(); next = lines.next()) {
            Matcher header = HEADER.matcher(next);
            if (!header.matches()) {
                throw new Refusal(400, "request: expected a name, a colon and a value in each line of its head, got something else");
            }
            if (++count > MOST_HEADERS) {
                throw new Refusal(431, "request: expected at most " + MOST_HEADERS + " headers, got more");
            }
            headers.add(header.group(1), Optional.ofNullable(header.group(2)).orElse(""));
        }
        String target = line.group(2);
        int question = target.indexOf('?');
        boolean chunks = line.group(3).equals("1");
        String connection = headers.only("Connection");
        // What says where the next request begins is said once.
        headers.only("Content-Length");
        headers.only("Transfer-Encoding");
        return new RequestHead(
                line.group(1),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                chunks && (connection == null || !connection.equalsIgnoreCase("close")),
                chunks,
                headers);
    }

    /** Whether it asks for nothing but the head of the answer. */
    boolean silent() {
        return method.equals("HEAD");
    }

    /** Lines of a head, which has a greatest length. */
    private static final class Lines {
        private final InputStream in;
        private int read;

        Lines(InputStream in) {
            this.in = in;
        }

        String next() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                if (++read > LONGEST) {
                    throw new Refusal(431, "request: expected at most " + LONGEST + " bytes before its body, got more");
                }
                line.append((char) next);
            }
            int length = line.length();
            return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
        }
    }
}
