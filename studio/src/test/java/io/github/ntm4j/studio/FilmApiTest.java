package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FilmApiTest {
    @TempDir
    private static Path runs;

    private static TestStudio studio;

    @BeforeAll
    static void start() throws IOException {
        Path film = Files.createDirectories(runs.resolve("copies/first/film"));
        Files.copy(Path.of("../models/copy-ntm-ff.safetensors"), film.resolve("0.safetensors"));
        Files.copy(Path.of("../models/copy-ntm-lstm.safetensors"), film.resolve("10000.safetensors"));
        Files.copy(Path.of("../models/copy-ntm-lstm.safetensors"), film.resolve("400.safetensors"));
        Files.writeString(film.resolve("note.txt"), "not a machine");
        Files.createDirectories(runs.resolve("copies/second"));
        studio = new TestStudio(runs);
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    private static JsonNode film(String run) {
        HttpResponse<byte[]> answer = studio.get("/api/film?run=" + run);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.builder().build().readTree(answer.body());
    }

    @Test
    void a_film_lists_its_snapshots_from_the_first_to_the_last() {
        JsonNode film = film("runs/copies/first");
        assertThat(film.get("run").asString()).isEqualTo("runs/copies/first");
        List<String> ids = film.get("snapshots").valueStream().map(each -> each.get("id").asString()).toList();
        assertThat(ids).containsExactly("runs/copies/first@0", "runs/copies/first@400", "runs/copies/first@10000");
        assertThat(film.get("snapshots").valueStream().map(each -> each.get("sequences").asLong())).containsExactly(0L, 400L, 10_000L);
        assertThat(film.get("task").asString()).isEqualTo("copy");
        assertThat(film.at("/sizes/0/name").asString()).isEqualTo("length");
        assertThat(film.at("/sizes/0/max").asInt()).isEqualTo(20);
    }

    @Test
    void each_snapshot_can_be_watched_and_described() {
        for (JsonNode snapshot : film("runs/copies/first").get("snapshots")) {
            String id = snapshot.get("id").asString();
            TraceAnswer trace = TraceAnswer.of(studio.post(
                            "/api/trace", "{\"model\": \"%s\", \"sequence\": {\"at\": {\"length\": 5}}, \"memory\": false}".formatted(id))
                    .body());
            assertThat(trace.header().get("steps").asInt()).isEqualTo(11);
            assertThat(trace.header().get("arrays").has("memory")).isFalse();
            JsonNode described = JsonMapper.builder().build().readTree(studio.get("/api/machine?id=" + id).body());
            assertThat(described.get("id").asString()).isEqualTo(id);
            assertThat(described.get("machine").asString()).isEqualTo(id.endsWith("@0") ? "ntm-ff" : "ntm-lstm");
            assertThat(described.get("rows").asInt()).isEqualTo(128);
            // As their cards say: without the padding of the buffer.
            assertThat(described.get("parameters").asInt()).isEqualTo(id.endsWith("@0") ? 13_280 : 62_480);
        }
    }

    @Test
    void a_run_without_a_film_has_no_snapshots() {
        assertThat(film("runs/copies/second").get("snapshots").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /api/film                                | run: expected in the address, found none
                    /api/film?run=runs/none                  | machine: expected one that exists, found none called runs/none
                    /api/film?run=runs/../models             | machine: expected a name such as
                    /api/film?run=models/copy-ntm-lstm       | run: expected a name such as
                    /api/film?run=runs/copies/first@0        | run: expected a name such as
                    /api/machine                             | id: expected in the address, found none
                    /api/machine?id=runs/copies/first@7      | machine: expected one that exists, found none called runs/copies/first@7
                    /api/machine?id=runs/copies/second       | checkpoints/last.safetensors, found none
                    """)
    void what_is_wrong_is_said_in_one_line(String address, String problem) {
        HttpResponse<byte[]> answer = studio.get(address);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"error\":\"").contains(problem).doesNotContain("defect", "\n");
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
