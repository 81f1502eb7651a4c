package io.github.ntm4j.studio.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What somebody asks: the values in the address, and the body, read within limits. */
public final class Request {
    private static final int LONGEST_JSON = 1 << 20;
    private static final int SECONDS_FOR_BODY = 8;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(60).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final HttpExchange exchange;
    private final Map<String, String> query;

    Request(HttpExchange exchange) {
        this.exchange = exchange;
        this.query = query(exchange.getRequestURI().getRawQuery());
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
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

    /** What the request says of itself. */
    Headers headers() {
        return exchange.getRequestHeaders();
    }

    /**
     * A value in the address.
     *
     * @param name its name
     * @return the value, or nothing
     */
    public Optional<String> parameter(String name) {
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
        long length = length();
        if (length > most) {
            throw new Refusal(413, "body: expected at most " + most + " bytes, got " + length);
        }
        // The JDK's server has no time limit for a read, so that somebody else has to wait for it.
        FutureTask<byte[]> reading = new FutureTask<>(() -> exchange.getRequestBody().readNBytes((int) length));
        Thread.ofVirtual().start(reading);
        try {
            byte[] body = reading.get(SECONDS_FOR_BODY, TimeUnit.SECONDS);
            if (body.length == length) {
                return body;
            }
        } catch (TimeoutException e) {
            throw new Refusal(408, "body: expected " + length + " bytes within " + SECONDS_FOR_BODY + " s, got fewer");
        } catch (ExecutionException e) {
            // Said below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the studio is closing");
        }
        throw new Refusal(400, "body: expected " + length + " bytes, got fewer");
    }

    /** Bodies whose length is not said at the beginning are not read. */
    private long length() {
        String given = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            long length = given == null ? -1 : Long.parseLong(given.strip());
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Refusal(411, "Content-Length: expected the number of bytes in the body, found none");
    }
}
