package io.github.ntm4j.studio.server;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What somebody asks: the values in the address, and the body, read within limits. */
public final class Request {
    private static final int LONGEST_JSON = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(60).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Connection connection;
    private final RequestHead head;
    private boolean read;

    /** The values in the address. */
    private @Nullable Map<String, String> query;

    Request(Connection connection, RequestHead head) {
        this.connection = connection;
        this.head = head;
    }

    /** Its method, its address, its headers. */
    RequestHead head() {
        return head;
    }

    /** Whose it is. */
    Connection connection() {
        return connection;
    }

    /**
     * Whether whoever asks has shown the token.
     *
     * @return false where reading is public and it has not
     */
    public boolean isKnown() {
        return connection.isKnown();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw.isEmpty()) {
            return values;
        }
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            try {
                String name = URLDecoder.decode(equals < 0 ? part : part.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
                values.put(name, value);
            } catch (IllegalArgumentException e) {
                throw new Refusal(400, "address: expected two hexadecimal digits behind each percent sign, got something else");
            }
        }
        return values;
    }

    /**
     * A value in the address.
     *
     * @param name its name
     * @return the value, or nothing
     */
    public Optional<String> parameter(String name) {
        if (query == null) {
            query = query(head.query());
        }
        return Optional.ofNullable(query.get(name));
    }

    /**
     * A value in the address that has to be there.
     *
     * @param name its name
     * @return the value
     */
    public String required(String name) {
        return parameter(name).orElseThrow(() -> new Refusal(400, name + ": expected in the address, found none"));
    }

    /**
     * The body as a record: all names known, nothing behind it.
     *
     * @param type the record
     * @param <T> the record
     * @return the record
     */
    public <T> T json(Class<T> type) {
        try {
            T body = JSON.readValue(body(LONGEST_JSON), type);
            if (body == null) {
                throw new Refusal(400, "body: expected an object, got null");
            }
            return body;
        } catch (JacksonException e) {
            throw new Refusal(400, BodyProblem.describe(e));
        }
    }

    /**
     * The body as it is.
     *
     * @param most bytes that are taken
     * @return the bytes
     */
    public byte[] body(int most) {
        long length = length(most);
        try {
            byte[] body = connection.body(length, "100-continue".equalsIgnoreCase(head.headers().only("Expect")));
            read = true;
            return body;
        } catch (IOException e) {
            throw new Refusal(400, "body: expected " + length + " bytes, got fewer");
        }
    }

    /** Whether nothing of it is left to be read before the next request. */
    boolean isRead() {
        String length = head.headers().only("Content-Length");
        boolean none = (length == null || length.equals("0")) && head.headers().only("Transfer-Encoding") == null;
        return read || none;
    }

    /**
     * How long the body is. One whose length is not said at the beginning is not read.
     *
     * @param most bytes that are taken
     * @return how many are announced
     */
    public int length(int most) {
        long length = length();
        if (length > most) {
            throw new Refusal(413, "body: expected at most " + most + " bytes, got " + length);
        }
        return (int) length;
    }

    private long length() {
        String given = head.headers().only("Content-Length");
        try {
            long length = given == null || head.headers().only("Transfer-Encoding") != null ? -1 : Long.parseLong(given);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Refusal(411, "Content-Length: expected the number of bytes in the body, found none");
    }
}
