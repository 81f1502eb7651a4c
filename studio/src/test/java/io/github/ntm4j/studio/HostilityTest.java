package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.studio.RawHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two hundred hostile requests and a thousand event streams, while a training goes on that must come to the same bits as without them. */
class HostilityTest {
    private static final int STREAMS = 1000;
    private static final int MOST_STREAMS = 50;
    private static final Map<String, String> SETTINGS = Map.of(
            "machine.rows", "8", "machine.width", "4", "machine.controller_size", "8", "task.max_length", "3", "task.width", "2",
            "training.report_interval", "100", "training.evaluation_interval", "2000", "training.evaluation_sequences", "20",
            "training.stop_when_solved", "false");
    private static final long SEQUENCES = 30_000;

    @TempDir
    private Path folder;

    private TestStudio studio;
    private RawHttp http;

    @BeforeEach
    void start() {
        studio = new TestStudio(folder.resolve("runs"));
        http = new RawHttp(studio.port());
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    @Test
    void all_are_refused_and_a_training_is_untouched() throws Exception {
        String run = begin();
        int refused = 0;
        for (Request request : hostile()) {
            Answer answer = http.send(request.method, request.path, request.headers, request.body);
            assertThat(answer.status()).as("%s %s %s", request.method, request.path, request.headers).isBetween(400, 431);
            assertThat(answer.body())
                    .doesNotContain("Exception", "\tat ", "defect of ntm4j");
            refused++;
        }
        assertThat(refused).isGreaterThanOrEqualTo(200);
        streams();
        assertThat(studio.get("/api/info").statusCode()).isEqualTo(200);
        await(run);
        assertThat(hash(folder.resolve("runs").resolve(run.substring("runs/".length())))).isEqualTo(hash(undisturbed()));
    }

    private record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    private List<Request> hostile() {
        List<Request> requests = new ArrayList<>();
        Map<String, String> known = Map.of("X-Ntm4j-Token", studio.token());
        byte[] stop = bytes("{\"run\": \"runs/copy-ntm-lstm-seed3\", \"action\": \"stop\"}");
        for (String host : List.of("evil.example", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:80", "localhost", "[::1]", "studio.localhost:7171", "127.0.0.1.evil.example:7171")) {
            for (String path : List.of("/", "/api/runs", "/api/events", "/main.js")) {
                requests.add(new Request("GET", path, with(known, "Host", host), bytes("")));
            }
            requests.add(new Request("POST", "/api/runs/control", with(known, "Host", host), stop));
        }
        for (String origin : List.of("http://evil.example", "null", "https://127.0.0.1:" + studio.port(), "http://127.0.0.1:1", "file://", "http://127.0.0.1:" + studio.port() + ".evil.example")) {
            for (String path : List.of("/api/runs/control", "/api/runs", "/api/trace", "/api/map", "/api/drop?name=x.safetensors")) {
                requests.add(new Request("POST", path, with(known, "Origin", origin), stop));
            }
            requests.add(new Request("GET", "/api/events", with(Map.of(), "Origin", origin), bytes("")));
        }
        for (String token : List.of("", "0", "token", studio.token().substring(1), studio.token() + "0", studio.token().toUpperCase(Locale.ROOT) + " ")) {
            for (String path : List.of("/api/runs/control", "/api/runs", "/api/trace", "/api/map", "/api/drop?name=x.safetensors")) {
                requests.add(new Request("POST", path, Map.of("X-Ntm4j-Token", token), stop));
            }
        }
        for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
            requests.add(new Request(method, "/api/runs", known, bytes("")));
            requests.add(new Request(method, "/", Map.of(), bytes("")));
        }
        for (String path : List.of("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/views/..%2f..%2fx.js", "/api/../api/none", "//evil.example/x.js", "/.git/config", "/%00", "/api/metrics?run=runs/../../x", "/api/metrics?run=models/copy-ntm-lstm", "/api/metrics", "/api/metrics?run=%", "/api/film?run=../x", "/api/film")) {
            requests.add(new Request("GET", path, Map.of(), bytes("")));
            requests.add(new Request("GET", path, known, bytes("")));
        }
        for (String path : List.of("/api/info", "/api/models", "/api/runs", "/api/events", "/api/machine?id=models/copy-ntm-lstm", "/api/metrics?run=runs/x", "/api/film?run=runs/x")) {
            requests.add(new Request("GET", path, Map.of(), bytes("")));
            requests.add(new Request("HEAD", path, Map.of(), bytes("")));
            requests.add(new Request("GET", path, Map.of("Cookie", "X-Ntm4j-Token=" + studio.token()), bytes("")));
            requests.add(new Request("GET", path, Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), bytes("")));
        }
        for (String name : List.of("../x.safetensors", "a/../../x.safetensors", "/etc/x.safetensors", "x", ".x.safetensors", "runs/config.yaml/x", "a%5cb.safetensors", "x%0a.safetensors")) {
            requests.add(new Request("POST", "/api/drop?name=" + name, known, bytes("xxxxxxxxxxxx")));
        }
        for (String body : List.of("", "{", "[", "null", "3", "\"x\"", "{}", "[]", "{\"model\":null}", "{\"model\":[]}", "{\"model\":\"runs/..\"}", "{\"model\":\"dropped/x\"}", "{\"model\":\"models/copy-ntm-lstm\",\"rows\":-1}", "{\"model\":\"models/copy-ntm-lstm\",\"rows\":1e99}", "{\"model\":\"models/copy-ntm-lstm\"}{}", "[".repeat(5000), "{\"a\":".repeat(3000), "\u0000", "{\"model\":\"models/copy-ntm-lstm\",\"sequence\":{\"at\":{\"length\":2000000000}}}")) {
            requests.add(new Request("POST", "/api/trace", known, bytes(body)));
            requests.add(new Request("POST", "/api/map", known, bytes(body)));
            requests.add(new Request("POST", "/api/runs", known, bytes(body)));
            requests.add(new Request("POST", "/api/runs/control", known, bytes(body)));
        }
        for (String length : List.of("99999999999", "-1", "x", "2097152")) {
            requests.add(new Request("POST", "/api/trace", with(known, "Content-Length", length), bytes("")));
        }
        requests.add(new Request("POST", "/api/trace", with(known, "Transfer-Encoding", "chunked"), bytes("")));
        return requests;
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return more;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Opens a thousand event streams, of which only so many are answered; the others are told why. */
    private void streams() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        int open = 0;
        int refused = 0;
        try {
            for (int i = 0; i < STREAMS; i++) {
                Socket socket = http.connect();
                sockets.add(socket);
                socket.getOutputStream().write(bytes("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + studio.port() + "\r\nX-Ntm4j-Token: " + studio.token() + "\r\n\r\n"));
                byte[] status = socket.getInputStream().readNBytes(12);
                switch (new String(status, StandardCharsets.ISO_8859_1)) {
                    case "HTTP/1.1 200" -> open++;
                    case "HTTP/1.1 503" -> {
                        refused++;
                        socket.close();
                    }
                    default -> throw new AssertionError(i + ": " + new String(status, StandardCharsets.ISO_8859_1));
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertThat(open).isEqualTo(MOST_STREAMS);
        assertThat(refused).isEqualTo(STREAMS - MOST_STREAMS);
    }

    private String begin() {
        StringBuilder settings = new StringBuilder();
        SETTINGS.forEach((key, value) -> settings.append(settings.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(key, value)));
        HttpResponse<byte[]> answer = studio.post(
                "/api/runs", "{\"task\":\"copy\",\"seed\":3,\"sequences\":%d,\"settings\":{%s}}".formatted(SEQUENCES, settings));
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return JsonMapper.builder().build().readTree(answer.body()).get("id").asString();
    }

    private void await(String run) throws InterruptedException {
        for (int i = 0; i < 1200; i++) {
            String list = new String(studio.get("/api/runs").body(), StandardCharsets.UTF_8);
            if (list.contains("\"state\":\"finished\"")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(run + " has not ended");
    }

    /** The same training with nobody about. */
    private Path undisturbed() {
        ConfigTree tree = ConfigTree.option("--task", "task.name", "copy")
                .with(ConfigTree.option("--seed", "seed", "3"))
                .with(ConfigTree.option("--sequences", "training.sequences", Long.toString(SEQUENCES)));
        for (Map.Entry<String, String> entry : SETTINGS.entrySet()) {
            tree = tree.with(ConfigTree.option("--set", entry.getKey(), entry.getValue()));
        }
        Path path = folder.resolve("alone");
        try (Run run = Run.start(path, RunConfig.resolve(tree), 1, KernelProvider.best())) {
            run.train();
        }
        return path;
    }

    private static String hash(Path run) {
        return Model.load(run.resolve("checkpoints").resolve("last.safetensors"), OptionalInt.empty()).weightsSha256();
    }
}
