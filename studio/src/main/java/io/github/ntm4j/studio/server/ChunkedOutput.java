package io.github.ntm4j.studio.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body of unknown length: what was written up to a flush is sent with its length before it, and nothing at the end (RFC 9112, 7.1). */
final class ChunkedOutput extends OutputStream {
    private static final int MOST = 1 << 16;
    private static final byte[] END_OF_LINE = {'\r', '\n'};

    private final OutputStream out;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

    /**
     * Nothing is written yet.
     *
     * @param out where it goes
     */
    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        chunk.write(bytes, from, length);
        if (chunk.size() >= MOST) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (chunk.size() > 0) {
            byte[] content = chunk.toByteArray();
            chunk.reset();
            chunk.writeBytes((Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            chunk.writeBytes(content);
            chunk.writeBytes(END_OF_LINE);
            byte[] framed = chunk.toByteArray();
            chunk.reset();
            out.write(framed);
        }
    }

    /** Ends the body; the connection stays. */
    @Override
    public void close() throws IOException {
        flush();
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
}
