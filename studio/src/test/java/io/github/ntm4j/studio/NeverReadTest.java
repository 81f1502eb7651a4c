package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask and never read the answer, on real sockets with little room. */
@Timeout(120)
class NeverReadTest {
    private static final String TRACE =
            "{\"model\": \"models/copy-ntm-ff\", \"sequence\": {\"at\": {\"length\": 40}}, \"rows\": 256, \"memory\": true}";

    @TempDir
    private Path runs;

    private TestStudio studio;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        studio = new TestStudio(runs);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        studio.close();
    }

    private Socket ask(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress("127.0.0.1", studio.port()));
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        sockets.add(socket);
        return socket;
    }

    private String request(String line, boolean token, String body) {
        return line + " HTTP/1.1\r\nHost: 127.0.0.1:" + studio.port() + "\r\n" + (token ? "X-Ntm4j-Token: " + studio.token() + "\r\n" : "")
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    private static boolean isCut(Socket socket) throws InterruptedException {
        // What is sent to a connection that is cut is refused, sooner or later.
        for (int i = 0; i < 300; i++) {
            try {
                socket.getOutputStream().write('\n');
            } catch (IOException cut) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @Test
    void two_hundred_that_ask_for_much_shut_nobody_out_and_are_cut() throws Exception {
        for (int i = 0; i < 200; i++) {
            ask(request("POST /api/trace", true, TRACE));
        }
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            assertThat(studio.get("/api/info").statusCode()).isEqualTo(200);
            assertThat(studio.get("/").statusCode()).isEqualTo(200);
            // Most of this is the traces at work; whoever is shut out gets 503, or nothing.
            assertThat((System.nanoTime() - began) / 1e9).isLessThan(30);
        }
        for (Socket socket : sockets) {
            assertThat(isCut(socket)).isTrue();
        }
        // Those that waited for theirs may still be at it.
        int status = 503;
        for (int i = 0; i < 50 && status == 503; i++) {
            Thread.sleep(200);
            status = studio.post("/api/trace", TRACE).statusCode();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void strangers_that_ask_for_the_page_over_and_over_are_cut() throws Exception {
        String much = request("GET /vendor/uplot/uPlot.esm.js", false, "").repeat(100);
        for (int i = 0; i < 300; i++) {
            ask(much);
        }
        assertThat(studio.get("/api/info").statusCode()).isEqualTo(200);
        assertThat(new RawHttp(studio.port()).send("GET", "/", Map.of(), new byte[0]).status()).isEqualTo(200);
        for (Socket socket : sockets) {
            assertThat(isCut(socket)).isTrue();
        }
    }

    @Test
    void connections_that_say_nothing_make_room_for_others() throws Exception {
        for (int i = 0; i < 1100; i++) {
            ask("");
        }
        assertThat(studio.get("/api/info").statusCode()).isEqualTo(200);
        assertThat(isCut(sockets.getFirst())).isTrue();
    }

    @Test
    void an_event_stream_that_nobody_reads_is_dropped() throws Exception {
        String run = "{\"task\":\"copy\",\"seed\":1,\"sequences\":1000000000,\"settings\":{\"training.stop_when_solved\":\"false\"," + RunsApiTest.SMALL + "}}";
        assertThat(studio.post("/api/runs", run).statusCode()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            assertThat(ask(request("GET /api/events", true, "")).getInputStream().readNBytes(12)).asString(StandardCharsets.ISO_8859_1).isEqualTo("HTTP/1.1 200");
        }
        RawHttp http = new RawHttp(studio.port());
        Map<String, String> token = Map.of("X-Ntm4j-Token", studio.token());
        int attempts = 0;
        while (http.send("HEAD", "/api/events", token, new byte[0]).status() != 200) {
            assertThat(attempts++).isLessThan(300);
            Thread.sleep(200);
        }
        assertThat(attempts).isPositive();
    }
}
