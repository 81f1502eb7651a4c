package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pipes, devices, links and files that grow, in the places of a run's files. */
@Timeout(120)
class StrangeFilesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PLACES = List.of(
            "config.yaml", "metrics.jsonl", "checkpoints", "checkpoints/last.safetensors", "checkpoints/best.safetensors",
            "checkpoints/earlier-1.safetensors", "film", "film/100.safetensors", "training.lock", "environment.json", "curve.svg");

    @TempDir
    private Path folder;

    private Path runs;
    private TestStudio studio;

    @BeforeEach
    void start() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs"));
        studio = new TestStudio(runs);
    }

    @AfterEach
    void stop() {
        long began = System.nanoTime();
        studio.close();
        assertThat((System.nanoTime() - began) / 1e9).isLessThan(20);
    }

    /** A run that was stopped, and that could go on. */
    private String stopped() throws Exception {
        String body = "{\"task\":\"copy\",\"seed\":3,\"sequences\":1000000000,\"settings\":{\"training.stop_when_solved\":\"false\"," + RunsApiTest.SMALL + "}}";
        String id = JSON.readTree(studio.post("/api/runs", body).body()).get("id").asString();
        await(id, "training");
        control(id, "stop");
        await(id, "finished");
        return id;
    }

    private JsonNode await(String id, String state) throws InterruptedException {
        while (true) {
            for (JsonNode run : list()) {
                if (run.get("id").asString().equals(id) && run.get("state").asString().equals(state)) {
                    return run;
                }
            }
            Thread.sleep(50);
        }
    }

    private JsonNode list() {
        HttpResponse<byte[]> answer = studio.get("/api/runs");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("runs");
    }

    private HttpResponse<byte[]> control(String id, String action) {
        return studio.post("/api/runs/control", "{\"run\":\"" + id + "\",\"action\":\"" + action + "\"}");
    }

    private static void pipe(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.toList().reversed()) {
                    Files.delete(file);
                }
            }
        } else {
            Files.deleteIfExists(path);
        }
    }

    /** Asks for all that there is of a run; that each question is answered is what counts. */
    private void askForAll(String id) {
        list();
        for (String path : List.of("/api/metrics?run=" + id, "/api/film?run=" + id, "/api/machine?id=" + id, "/api/machine?id=" + id + "@last",
                "/api/machine?id=" + id + "@best", "/api/machine?id=" + id + "@100")) {
            HttpResponse<byte[]> answer = studio.get(path);
            assertThat(answer.statusCode()).as(path).isIn(200, 400, 409);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(folder.toString(), "Exception", "secret");
        }
    }

    static List<String> places() {
        return PLACES;
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_pipe_holds_up_no_list_and_no_question(String place) throws Exception {
        String id = stopped();
        Path run = runs.resolve(id.substring("runs/".length()));
        Path file = run.resolve(place);
        remove(file);
        Files.createDirectories(file.getParent());
        pipe(file);
        askForAll(id);
        HttpResponse<byte[]> answer = control(id, "continue");
        assertThat(answer.statusCode()).isEqualTo(409);
        askForAll(id);
    }

    @ParameterizedTest
    @MethodSource("places")
    void through_a_link_nothing_is_read_or_written(String place) throws Exception {
        String id = stopped();
        Path run = runs.resolve(id.substring("runs/".length()));
        Path file = run.resolve(place);
        Path outside = folder.resolve("outside");
        if (Files.exists(file)) {
            Files.move(file, outside);
        } else if (!place.contains(".")) {
            Files.createDirectory(outside);
        } else {
            Files.writeString(outside, "secret: [\n");
        }
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, outside);
        String before = content(outside);
        askForAll(id);
        HttpResponse<byte[]> answer = control(id, "continue");
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(409);
        assertThat(content(outside)).isEqualTo(before);
    }

    private static String content(Path path) throws IOException {
        StringBuilder content = new StringBuilder();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted().toList()) {
                content.append(file).append(Files.isDirectory(file) ? "" : " " + Files.size(file) + " " + Files.getLastModifiedTime(file)).append('\n');
            }
        }
        return content.toString();
    }

    @Test
    void a_link_to_a_device_is_no_file() throws Exception {
        for (String place : List.of("config.yaml", "metrics.jsonl", "checkpoints/last.safetensors", "training.lock")) {
            Path file = runs.resolve("run-" + place.replace('/', '-')).resolve(place);
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of("/dev/zero"));
            if (!place.equals("config.yaml")) {
                Files.writeString(runs.resolve("run-" + place.replace('/', '-')).resolve("config.yaml"), "seed: 1\ntask:\n  name: copy\n");
            }
        }
        assertThat(list()).hasSize(4);
        for (JsonNode run : list()) {
            askForAll(run.get("id").asString());
        }
    }

    @Test
    void a_run_whose_metrics_become_a_pipe_can_be_stopped() throws Exception {
        String body = "{\"task\":\"copy\",\"seed\":3,\"sequences\":1000000000,\"settings\":{\"training.stop_when_solved\":\"false\"," + RunsApiTest.SMALL + "}}";
        String id = JSON.readTree(studio.post("/api/runs", body).body()).get("id").asString();
        await(id, "training");
        Path metrics = runs.resolve(id.substring("runs/".length())).resolve("metrics.jsonl");
        Files.delete(metrics);
        pipe(metrics);
        askForAll(id);
        assertThat(control(id, "stop").statusCode()).isEqualTo(200);
        for (int i = 0; i < 200 && list().get(0).get("controllable").asBoolean() && list().get(0).get("state").asString().equals("stopping"); i++) {
            Thread.sleep(50);
        }
        assertThat(list().get(0).get("state").asString()).isNotIn("training", "stopping");
    }

    @Test
    void metrics_that_grow_while_they_are_read_end_somewhere() throws Exception {
        Path run = Files.createDirectories(runs.resolve("grows"));
        Files.writeString(run.resolve("config.yaml"), "seed: 1\ntask:\n  name: copy\n");
        String line = "{\"kind\":\"train\",\"sequences\":100,\"bits_per_sequence\":9.0,\"bit_errors_per_sequence\":3.0,\"learning_rate\":0.001,\"gradient_norm\":1.0,\"clipped\":0.0,\"skipped\":0,\"seconds\":1.0}\n";
        Thread writer = Thread.ofPlatform().start(() -> {
            try (var out = Files.newOutputStream(run.resolve("metrics.jsonl"), StandardOpenOption.CREATE)) {
                byte[] lines = line.repeat(5000).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 200 && !Thread.interrupted(); i++) {
                    out.write(lines);
                }
            } catch (IOException stopped) {
                // By the end of the test.
            }
        });
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(list()).hasSize(1);
            }
        } finally {
            writer.interrupt();
            assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "größer", "ход 3", "复制", "a+b & c=d, 50 %", "it's (new) [1] #2", "-dash"})
    void names_in_any_script_are_listed_and_open(String name) throws Exception {
        String id = stopped();
        Files.move(runs.resolve(id.substring("runs/".length())), runs.resolve(name));
        assertThat(list().get(0).get("id").asString()).isEqualTo("runs/" + name);
        String encoded = URLEncoder.encode("runs/" + name, StandardCharsets.UTF_8);
        assertThat(studio.get("/api/machine?id=" + encoded).statusCode()).isEqualTo(200);
        assertThat(studio.get("/api/metrics?run=" + encoded).statusCode()).isEqualTo(200);
        assertThat(studio.get("/api/film?run=" + encoded).statusCode()).isEqualTo(200);
        assertThat(studio.post("/api/trace", "{\"model\": \"runs/" + name + "@last\"}").statusCode()).isEqualTo(200);
        assertThat(control("runs/" + name, "continue").statusCode()).isEqualTo(200);
        await("runs/" + name, "training");
        assertThat(control("runs/" + name, "stop").statusCode()).isEqualTo(200);
        await("runs/" + name, "finished");
    }

    @Test
    void what_is_wrong_with_a_file_is_said_without_its_place_or_content() throws Exception {
        Path run = Files.createDirectories(runs.resolve("damaged/checkpoints")).getParent();
        Files.writeString(run.resolve("config.yaml"), "seed: 1\nhunter2: secret\n");
        Files.writeString(run.resolve("metrics.jsonl"), "{\"kind\":\"train\",\"sequences\":1}\nsecret token\n");
        Files.writeString(run.resolve("checkpoints/last.safetensors"), "secret");
        String problem = list().get(0).get("problem").asString();
        assertThat(problem).contains("config.yaml").contains("line 2").doesNotContain("secret", "hunter2", folder.toString());
        Files.writeString(run.resolve("config.yaml"), "seed: 1\ntask:\n  name: copy\n");
        assertThat(list().get(0).get("problem").asString()).contains("metrics.jsonl, line 2").doesNotContain("secret", "token'", folder.toString());
        askForAll("runs/damaged");
        String machine = new String(studio.get("/api/machine?id=runs/damaged").body(), StandardCharsets.UTF_8);
        assertThat(machine).contains("runs/damaged/checkpoints/last.safetensors is not a safetensors file").doesNotContain(folder.toString());
    }
}
