package io.github.ntm4j.studio.server;

import io.github.ntm4j.machines.config.ConfigWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer. */
public sealed interface Reply {
    /**
     * Bytes.
     *
     * @param status of HTTP
     * @param type media type
     * @param body the bytes, not to be changed any more
     * @param end what is done when they are written, or could not be
     */
    record Whole(int status, String type, byte[] body, Runnable end) implements Reply {
        /**
         * An answer after which nothing is to be done.
         *
         * @param status of HTTP
         * @param type media type
         * @param body the bytes, not to be changed any more
         */
        public Whole(int status, String type, byte[] body) {
            this(status, type, body, () -> {});
        }
    }

    /**
     * An answer of which the beginning is of use before the end is known.
     *
     * @param type media type
     * @param writer writes it
     * @param end what is done when it is written, or could not be
     */
    record Stream(String type, Writer writer, Runnable end) implements Reply {
        /**
         * An answer after which nothing is to be done.
         *
         * @param type media type
         * @param writer writes it
         */
        public Stream(String type, Writer writer) {
            this(type, writer, () -> {});
        }
    }

    /** Writes an answer as it comes. */
    interface Writer {
        /**
         * Writes it all; ends early when the other side is gone.
         *
         * @param out where to
         * @throws IOException if nobody listens any more
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * A JSON object.
     *
     * @param object names and values
     * @return the answer
     */
    static Reply json(Map<String, ?> object) {
        return json(200, object);
    }

    /**
     * A JSON object with a status.
     *
     * @param status of HTTP
     * @param object names and values
     * @return the answer
     */
    static Reply json(int status, Map<String, ?> object) {
        return new Whole(status, "application/json", ConfigWriter.toJson(object).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Numbers in a form that needs no parsing.
     *
     * @param bytes the answer
     * @param end what is done when they are written, or could not be
     * @return the answer
     */
    static Reply binary(byte[] bytes, Runnable end) {
        return new Whole(200, "application/octet-stream", bytes, end);
    }

    /** A refusal as the page reads it. */
    static Reply refusal(Refusal refusal) {
        return json(refusal.status(), Map.of("error", String.valueOf(refusal.getMessage())));
    }
}
