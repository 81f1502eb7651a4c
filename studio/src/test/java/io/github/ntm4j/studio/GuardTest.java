package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.studio.RawHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] TRACE = "{\"model\": \"models/copy-ntm-ff\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path runs;

    private static TestStudio studio;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        studio = new TestStudio(runs);
        http = new RawHttp(studio.port());
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:7171", "", "127.0.0.1:7171@evil.example"})
    void a_name_that_leads_here_from_elsewhere_is_refused(String host) throws IOException {
        assertThat(http.send("GET", "/api/info", Map.of("Host", host), NONE).status()).isIn(400, 421);
        assertThat(http.send("GET", "/", Map.of("Host", host), NONE).status()).isIn(400, 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:7171", "http://127.0.0.1:1"})
    void another_site_is_refused_even_with_the_token(String origin) throws IOException {
        Map<String, String> headers = Map.of("Origin", origin, "X-Ntm4j-Token", studio.token());
        assertThat(http.send("POST", "/api/trace", headers, TRACE).status()).isEqualTo(403);
        assertThat(http.send("GET", "/api/info", headers, NONE).status()).isEqualTo(403);
    }

    @Test
    void the_page_itself_is_let_in() throws IOException {
        Map<String, String> headers = Map.of("Origin", "http://127.0.0.1:" + studio.port(), "X-Ntm4j-Token", studio.token());
        assertThat(http.send("POST", "/api/trace", headers, TRACE).status()).isEqualTo(200);
        assertThat(http.send("GET", "/", Map.of("Host", "localhost:" + studio.port()), NONE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000000000000000000000000000000"})
    void without_the_token_nothing_is_done(String token) throws IOException {
        Answer answer = http.send("POST", "/api/trace", Map.of("X-Ntm4j-Token", token), TRACE);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("expected the token of this studio; the link that `ntm studio` printed lets a browser in");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/../../../etc/passwd", "GET,/..%2f..%2fetc/passwd", "GET,/%2e%2e/secret.js", "GET,/views/../main.js", "GET,//etc/passwd.js",
        "GET,/.hidden.js", "GET,/api/nothing", "GET,/package-info.class", "GET,/%00.js"
    })
    void only_files_of_the_page_are_served(String method, String path) throws IOException {
        assertThat(http.send(method, path, Map.of("X-Ntm4j-Token", studio.token()), NONE).status()).isIn(400, 404);
    }

    @Test
    void a_body_that_is_too_large_is_not_read() throws IOException {
        Map<String, String> headers = Map.of("X-Ntm4j-Token", studio.token(), "Content-Length", "99999999999");
        Answer answer = http.send("POST", "/api/trace", headers, NONE);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("body: expected at most 1048576 bytes, got 99999999999");
    }

    /** To the byte, for both kinds of body: what a browser sends is small, and a file that is dropped no larger than a machine. */
    @ParameterizedTest
    @CsvSource({"/api/trace,1048576", "/api/runs,1048576", "/api/map,1048576", "/api/drop?name=machine.safetensors,67108864"})
    void a_body_has_as_many_bytes_as_are_taken_at_most(String path, long most) throws IOException {
        Map<String, String> tooLarge = Map.of("X-Ntm4j-Token", studio.token(), "Content-Length", Long.toString(most + 1));
        Answer refused = http.send("POST", path, tooLarge, NONE);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body()).contains("body: expected at most " + most + " bytes, got " + (most + 1));
    }

    @Test
    void a_body_of_just_as_many_bytes_is_read() throws IOException {
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        assertThat(http.send("POST", "/api/trace", Map.of("X-Ntm4j-Token", studio.token()), spaces).status()).isEqualTo(400);
    }

    @Test
    void a_body_of_unknown_length_is_not_read() throws IOException {
        Map<String, String> headers = Map.of("X-Ntm4j-Token", studio.token(), "Transfer-Encoding", "chunked");
        assertThat(http.send("POST", "/api/trace", headers, NONE).status()).isEqualTo(411);
    }

    @Test
    void a_body_that_takes_its_time_is_given_up() throws IOException {
        long began = System.nanoTime();
        try (Socket socket = http.connect()) {
            socket.getOutputStream().write(("POST /api/trace HTTP/1.1\r\nHost: 127.0.0.1:" + studio.port() + "\r\nConnection: close\r\nX-Ntm4j-Token: "
                            + studio.token() + "\r\nContent-Length: 100\r\n\r\n{\"model\"")
                    .getBytes(StandardCharsets.UTF_8));
            Answer answer = RawHttp.read(socket);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("body: expected 100 bytes within 8 s, got fewer");
        }
        assertThat((System.nanoTime() - began) / 1e9).isBetween(7.0, 20.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n"})
    void what_is_no_request_ends_the_connection(String bytes) throws IOException {
        assertThat(http.exchange(bytes.getBytes(StandardCharsets.ISO_8859_1)).status()).isIn(0, 400, 405, 421, 505);
    }

    @Test
    void answers_forbid_what_the_page_does_not_need() throws IOException {
        var headers = studio.get("/").headers();
        assertThat(headers.firstValue("Content-Security-Policy")).get().asString().contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
