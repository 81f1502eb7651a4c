package io.github.ntm4j.studio.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.config.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A web server for one person at this computer: it listens on the loopback, lets in what {@link Guard} lets in, answers from a table of
 * endpoints and from the files of the page. Each request has a virtual thread.
 */
public final class WebServer implements AutoCloseable {
    private static final int MOST_REQUESTS = 200;

    static {
        // Limits of the JDK's server, read once when it is first used. A request has 10 s to arrive; an answer may take forever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "60");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "65536");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "100");
        System.setProperty("jdk.httpserver.maxConnections", "400");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final Semaphore places = new Semaphore(MOST_REQUESTS);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Guard guard;
    private final String token = OneTimeCodes.word();
    private final OneTimeCodes codes = new OneTimeCodes(InstantSource.system());

    /**
     * What a browser sends to be let in.
     *
     * @param code a one-time code
     */
    private record Entrance(@Nullable String code) {}

    /**
     * A server that does not answer yet.
     *
     * @param port where it listens, 0 for any port
     * @param publicRead whether reading needs no token
     * @throws UserException if somebody else listens there
     */
    public WebServer(int port, boolean publicRead) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (BindException e) {
            throw new UserException("--port " + port + ": expected a free port, found one in use; --port 0 takes any", e);
        } catch (IOException e) {
            throw new RunFailedException("cannot listen on port " + port + ": " + e.getMessage());
        }
        guard = new Guard(port(), token, publicRead);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        on("POST", Guard.ENTRANCE, this::enter);
    }

    /**
     * Adds an endpoint, before the start.
     *
     * @param method GET or POST
     * @param path its address
     * @param endpoint answers
     */
    public void on(String method, String path, Endpoint endpoint) {
        endpoints.put(method + " " + path, endpoint);
    }

    /** Answers from now on. */
    public void start() {
        server.start();
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * The address of the page.
     *
     * @return an address on the loopback
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    /**
     * What whoever asks for data has to know.
     *
     * @return a random word
     */
    public String token() {
        return token;
    }

    /**
     * The codes that are exchanged for the token.
     *
     * @return the codes
     */
    public OneTimeCodes codes() {
        return codes;
    }

    private Reply enter(Request request) {
        if (!codes.use(request.json(Entrance.class).code) && !guard.knows(request.headers())) {
            throw new Refusal(401, "code: expected one that was not used before, and in time; `ntm studio` says where the next one is");
        }
        return Reply.json(Map.of("token", token));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                refuse(503, "the studio is busy with " + MOST_REQUESTS + " requests").send(exchange);
                return;
            }
            try {
                protect(exchange.getResponseHeaders());
                reply(exchange).send(exchange);
            } finally {
                places.release();
            }
        }
    }

    /** A browser is not to run, frame or remember anything that does not come from here. */
    private static void protect(Headers headers) {
        headers.set("Content-Security-Policy", "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private Reply reply(HttpExchange exchange) {
        try {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getRawPath();
            guard.check(method, path, exchange.getRequestHeaders());
            Endpoint endpoint = endpoints.get((method.equals("HEAD") ? "GET" : method) + " " + path);
            if (endpoint != null) {
                return endpoint.answer(new Request(exchange));
            }
            if (!method.equals("GET") && !method.equals("HEAD")) {
                return refuse(405, "method: expected one that this address knows, got another");
            }
            return PageFiles.find(path).orElseGet(() -> refuse(404, "address: nothing is there"));
        } catch (Refusal e) {
            return refuse(e.status(), String.valueOf(e.getMessage()));
        } catch (UserException e) {
            return refuse(400, String.valueOf(e.getMessage()));
        } catch (RunFailedException e) {
            return refuse(500, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return refuse(507, "not enough memory for this");
        } catch (RuntimeException | StackOverflowError e) {
            return refuse(500, "this is a defect of ntm4j: " + e);
        }
    }

    private static Reply refuse(int status, String message) {
        return Reply.json(status, Map.of("error", message));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
