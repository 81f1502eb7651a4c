package io.github.ntm4j.studio.server;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what. The server listens on the loopback only, but any page in the user's browser can send requests there: a name that
 * resolves to the loopback is told by its {@code Host}, a foreign page by its {@code Origin}, and whatever is not merely read needs a token
 * that only the person who started the server has.
 */
final class Guard {
    static final String TOKEN = "X-Ntm4j-Token";

    private final Set<String> hosts;
    private final byte[] token;

    Guard(int port, String token) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Lets a request pass or refuses it. */
    void check(String method, Headers headers) {
        String host = only(headers, "Host");
        if (host == null || !hosts.contains(host)) {
            throw new Refusal(421, "Host: expected the address of this studio");
        }
        String origin = only(headers, "Origin");
        if (origin != null && !(origin.startsWith("http://") && hosts.contains(origin.substring("http://".length())))) {
            throw new Refusal(403, "Origin: expected this studio, got another site");
        }
        String site = only(headers, "Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "Sec-Fetch-Site: expected same-origin, got another site");
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (!reads && !knows(only(headers, TOKEN))) {
            throw new Refusal(401, TOKEN + ": expected the token from the address that `ntm studio` printed");
        }
    }

    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new Refusal(400, name + ": expected once, got " + values.size() + " times");
        }
        return values.getFirst();
    }

    private boolean knows(@Nullable String given) {
        return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
