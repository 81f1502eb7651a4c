package io.github.ntm4j.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one page beside this class and of a stream of 200 numbered events, to test tabs with. */
final class SmallSite implements Site {
    static final int EVENTS = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private SmallSite(HttpServer server) {
        this.server = server;
    }

    static SmallSite serving(String resource) {
        try (InputStream in = Objects.requireNonNull(SmallSite.class.getResourceAsStream(resource), resource)) {
            byte[] html = in.readAllBytes();
            SmallSite site = new SmallSite(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            site.server.setExecutor(site.threads);
            site.server.createContext("/", exchange -> answer(exchange, html));
            site.server.createContext("/events", SmallSite::stream);
            site.server.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/#token=secret");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, byte[] html) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals("/");
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            // As in the studio, no text becomes a script.
            exchange.getResponseHeaders().set("Content-Security-Policy", "script-src 'self' 'unsafe-inline'");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? html.length : -1);
            if (known) {
                exchange.getResponseBody().write(html);
            }
        }
    }

    private static void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            for (int event = 0; event < EVENTS; event++) {
                body.write(("event: progress\ndata: " + event + "\n\n").getBytes(StandardCharsets.US_ASCII));
                body.flush();
            }
            body.write("event: end\ndata:\n\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
