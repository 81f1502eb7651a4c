package io.github.ntm4j.studio.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Who may ask for what. The server listens on the loopback only, but any page in the user's browser can send requests there: a name that
 * resolves to the loopback is told by its {@code Host}, a foreign page by its {@code Origin} and {@code Sec-Fetch-Site}. Other users of the
 * computer can send requests, too: all but the files of the page needs a token that only the person who started the server has.
 */
final class Guard {
    static final String TOKEN = "X-Ntm4j-Token";
    /** Where a code is exchanged for the token. */
    static final String ENTRANCE = "/api/session";

    private final Set<String> hosts;
    private final byte[] token;
    private final boolean publicRead;

    /**
     * A guard.
     *
     * @param port where the server listens
     * @param token what lets in
     * @param publicRead whether reading needs no token
     */
    Guard(int port, String token, boolean publicRead) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.publicRead = publicRead;
    }

    /**
     * Lets a request pass or refuses it.
     *
     * @param method of HTTP
     * @param path without what is behind the question mark
     * @param headers what the request says of itself
     */
    void check(String method, String path, Headers headers) {
        String host = headers.only("Host");
        if (host == null || !hosts.contains(host)) {
            throw new Refusal(421, "Host: expected the address of this studio");
        }
        String origin = headers.only("Origin");
        if (origin != null && !(origin.startsWith("http://") && hosts.contains(origin.substring("http://".length())))) {
            throw new Refusal(403, "Origin: expected this studio, got another site");
        }
        boolean data = path.startsWith("/api/");
        String site = headers.only("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !(isLink(method, headers) && !data)) {
            throw new Refusal(403, "Sec-Fetch-Site: expected same-origin, got another site");
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        boolean open = reads ? !data || publicRead : method.equals("POST") && path.equals(ENTRANCE);
        if (!open && !knows(headers)) {
            throw new Refusal(401, TOKEN + ": expected the token of this studio; the link that `ntm studio` printed lets a browser in");
        }
    }

    /** Whether somebody has clicked on a link to the page, anywhere: it opens in a tab of its own, out of reach of where it stood. */
    private static boolean isLink(String method, Headers headers) {
        return method.equals("GET")
                && "navigate".equals(headers.only("Sec-Fetch-Mode"))
                && "document".equals(headers.only("Sec-Fetch-Dest"));
    }

    /** Whether a request has the token. */
    boolean knows(Headers headers) {
        String given = headers.only(TOKEN);
        return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
