package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    @TempDir
    private Path runs;

    private TestStudio studio;

    @BeforeEach
    void start() {
        studio = new TestStudio(runs);
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private void train(int seed) {
        String body = "{\"task\":\"copy\",\"seed\":" + seed + ",\"sequences\":1000000000,\"settings\":{\"training.stop_when_solved\":\"false\"," + RunsApiTest.SMALL + "}}";
        assertThat(studio.post("/api/runs", body).statusCode()).isEqualTo(200);
    }

    private Socket listen(int buffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress("127.0.0.1", studio.port()));
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + studio.port() + "\r\nX-Ntm4j-Token: " + studio.token() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The lines that come within a time. */
    private static List<String> within(BufferedReader in, Duration time) throws IOException {
        List<String> lines = new ArrayList<>();
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            lines.add(in.readLine());
        }
        return lines;
    }

    private static long count(List<String> lines, String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).count();
    }

    @Test
    void a_page_hears_of_a_training_at_most_five_times_a_second() throws IOException {
        train(1);
        try (Socket socket = listen(1 << 16);
                BufferedReader in = lines(socket)) {
            for (String line = in.readLine(); !line.startsWith("event: progress"); line = in.readLine()) {
                assertThat(line).isNotNull();
            }
            List<String> heard = within(in, Duration.ofSeconds(4));
            assertThat(count(heard, "event: progress")).isBetween(4L, 21L);
            assertThat(heard).anyMatch(line -> line.startsWith("data: {\"run\":\"runs/copy-ntm-lstm-seed1\",\"state\":\"training\",\"sequences\":"));
        }
    }

    @Test
    void a_page_hears_that_the_list_has_changed() throws IOException {
        try (Socket socket = listen(1 << 16);
                BufferedReader in = lines(socket)) {
            String line = in.readLine();
            while (!line.equals("retry: 2000")) {
                line = in.readLine();
            }
            train(2);
            while (!line.equals("event: runs")) {
                line = in.readLine();
            }
        }
    }

    @Test
    void there_is_room_for_fifty_pages_and_again_when_they_are_gone() throws Exception {
        List<Socket> pages = new ArrayList<>();
        train(1);
        try {
            for (int i = 0; i < 50; i++) {
                Socket page = listen(1 << 12);
                pages.add(page);
                assertThat(lines(page).readLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            RawHttp.Answer refused = new RawHttp(studio.port()).send("GET", "/api/events", Map.of("X-Ntm4j-Token", studio.token()), new byte[0]);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("{\"error\":\"expected at most 50 pages that listen, found as many\"}");
        } finally {
            for (Socket page : pages) {
                page.close();
            }
        }
        for (int attempt = 0; ; attempt++) {
            try (Socket page = listen(1 << 12)) {
                if (lines(page).readLine().equals("HTTP/1.1 200 OK")) {
                    break;
                }
            }
            assertThat(attempt).isLessThan(100);
            Thread.sleep(100);
        }
    }

    @Test
    void asking_for_the_head_alone_takes_no_place() throws IOException {
        RawHttp http = new RawHttp(studio.port());
        for (int i = 0; i < 60; i++) {
            assertThat(http.send("HEAD", "/api/events", Map.of("X-Ntm4j-Token", studio.token()), new byte[0]).status()).isEqualTo(200);
        }
    }
}
