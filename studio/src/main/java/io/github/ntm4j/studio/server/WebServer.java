package io.github.ntm4j.studio.server;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A web server for one person at this computer: it listens on the loopback, lets in what {@link Guard} lets in, answers from a table of
 * endpoints and from the files of the page. A connection has a virtual thread, which waits for the other side within deadlines; an endpoint
 * has one of the system's, of which there are so many for those who have the token, and a few for others.
 */
public final class WebServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 1000;
    private static final int WAITING_TO_CONNECT = 200;
    private static final int MOST_REQUESTS = 200;
    private static final int MOST_OF_STRANGERS = 20;
    private static final long LOOKS_AT_DEADLINES = 100;

    /** A browser is not to run, frame, open or remember anything that does not come from here. */
    static final SequencedMap<String, String> PROTECTION = new LinkedHashMap<>();

    static {
        PROTECTION.put("Content-Security-Policy", "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        PROTECTION.put("X-Content-Type-Options", "nosniff");
        PROTECTION.put("Referrer-Policy", "no-referrer");
        PROTECTION.put("Cross-Origin-Resource-Policy", "same-origin");
        PROTECTION.put("Cross-Origin-Opener-Policy", "same-origin");
        PROTECTION.put("Cache-Control", "no-store");
    }

    private static final System.Logger LOGGER = System.getLogger(WebServer.class.getName());

    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final UnaryOperator<String> plain;
    private final Semaphore places = new Semaphore(MOST_REQUESTS);
    private final Semaphore placesOfStrangers = new Semaphore(MOST_OF_STRANGERS);
    private final Semaphore placesAtEntrance = new Semaphore(MOST_REQUESTS);
    private final ServerSocket listening;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService workers =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("studio-", 0).factory());
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
     * @param plain takes out of a line what others have no business to read
     * @throws UserException if somebody else listens there
     */
    public WebServer(int port, boolean publicRead, UnaryOperator<String> plain) {
        this.plain = plain;
        try {
            listening = new ServerSocket(port, WAITING_TO_CONNECT, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            throw new UserException("--port " + port + ": expected a free port, found one in use; --port 0 takes any", e);
        } catch (IOException e) {
            throw new RunFailedException("cannot listen on port " + port + ": " + e.getMessage());
        }
        guard = new Guard(port(), token, publicRead);
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
        Thread.ofPlatform().daemon().name("studio-accept").start(this::accept);
        Thread.ofPlatform().daemon().name("studio-deadlines").start(this::keepDeadlines);
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return listening.getLocalPort();
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
        if (!codes.use(request.json(Entrance.class).code) && !guard.knows(request.head().headers())) {
            throw new Refusal(401, "code: expected one that was not used before, and in time; `ntm studio` says where the next one is");
        }
        return Reply.json(Map.of("token", token));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                // Closed by the connection.
                Socket socket = listening.accept();
                makeRoom();
                Connection connection = new Connection(socket, this);
                connections.add(connection);
                threads.execute(connection);
            } catch (IOException | RejectedExecutionException closing) {
                // Or the other side was gone at once.
            }
        }
    }

    /** Gives up the connection that matters least when there are too many: one that waits for a request, else one of a stranger. */
    private void makeRoom() {
        if (connections.size() >= MOST_CONNECTIONS) {
            long now = System.nanoTime();
            connections.stream().min(Comparator.comparingLong(connection -> connection.rank(now))).ifPresent(least -> {
                least.cut();
                connections.remove(least);
            });
        }
    }

    private void keepDeadlines() {
        try {
            while (!listening.isClosed()) {
                TimeUnit.MILLISECONDS.sleep(LOOKS_AT_DEADLINES);
                long now = System.nanoTime();
                connections.stream().filter(connection -> connection.isOverdue(now)).forEach(Connection::cut);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes notice of the end of a connection. */
    void ended(Connection connection) {
        connections.remove(connection);
    }

    /** The answer to a request, whatever it is. */
    Reply reply(Request request) {
        try {
            return answer(request);
        } catch (Refusal e) {
            return Reply.refusal(e);
        } catch (UserException e) {
            return refuse(400, plain.apply(String.valueOf(e.getMessage())));
        } catch (RunFailedException e) {
            return refuse(500, plain.apply(String.valueOf(e.getMessage())));
        } catch (OutOfMemoryError e) {
            return refuse(507, "not enough memory for this");
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.log(System.Logger.Level.ERROR, "a request failed", e);
            return refuse(500, "this is a defect of ntm4j; what happened stands where `ntm studio` was started");
        }
    }

    private Reply answer(Request request) {
        RequestHead head = request.head();
        guard.check(head.method(), head.path(), head.headers());
        boolean known = guard.knows(head.headers());
        if (known) {
            request.connection().known();
        }
        Endpoint endpoint = endpoints.get((head.silent() ? "GET" : head.method()) + " " + head.path());
        if (endpoint != null) {
            boolean entering = head.path().equals(Guard.ENTRANCE);
            return answer(request, endpoint, entering ? placesAtEntrance : known ? places : placesOfStrangers);
        }
        if (!head.method().equals("GET") && !head.silent()) {
            throw new Refusal(405, "method: expected one that this address knows, got another");
        }
        return PageFiles.find(head.path()).orElseThrow(() -> new Refusal(404, "address: nothing is there"));
    }

    private Reply answer(Request request, Endpoint endpoint, Semaphore free) {
        if (!free.tryAcquire()) {
            throw new Refusal(503, "the studio is busy with other requests");
        }
        try {
            return workers.submit(() -> endpoint.answer(request)).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error problem -> throw problem;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException | RejectedExecutionException closing) {
            throw new Refusal(503, "the studio is closing");
        } finally {
            free.release();
        }
    }

    private static Reply refuse(int status, String message) {
        return Reply.refusal(new Refusal(status, message));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException closed) {
            // Nobody is let in any more.
        }
        connections.forEach(Connection::cut);
        threads.shutdownNow();
        workers.shutdownNow();
    }
}
