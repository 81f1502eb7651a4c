package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Machines that users bring along are trained, watched and interfered with from the page like those that come with ntm4j. */
class OwnMachinesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SMALL =
            "\"task.max_length\":\"3\",\"task.width\":\"2\",\"training.batch\":\"4\",\"training.report_interval\":\"20\","
                    + "\"training.evaluation_interval\":\"40\",\"training.evaluation_sequences\":\"8\"";

    @TempDir
    private static Path runs;

    private static TestStudio studio;

    @BeforeAll
    static void train() throws InterruptedException {
        studio = new TestStudio(runs);
        for (String machine : List.of("queue", "ahead")) {
            JsonNode begun = json(studio.post("/api/runs",
                    "{\"task\":\"copy\",\"machine\":\"" + machine + "\",\"seed\":3,\"sequences\":80,\"settings\":{" + SMALL + "}}"));
            assertThat(begun.get("id").asString()).isEqualTo("runs/copy-" + machine + "-seed3");
            Instant end = Instant.now().plus(Duration.ofSeconds(60));
            while (!run(begun.get("id").asString()).get("state").asString().equals("finished")) {
                assertThat(Instant.now()).as(run(begun.get("id").asString()).toString()).isBefore(end);
                Thread.sleep(20);
            }
        }
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode run(String id) {
        return StreamSupport.stream(json(studio.get("/api/runs")).get("runs").spliterator(), false)
                .filter(run -> run.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no run called " + id));
    }

    private static TraceAnswer trace(String machine, String interventions) {
        HttpResponse<byte[]> answer = studio.post("/api/trace", question(machine, interventions));
        assertThat(answer.statusCode()).as(new String(answer.body(), 0, Math.min(200, answer.body().length), StandardCharsets.UTF_8)).isEqualTo(200);
        return TraceAnswer.of(answer.body());
    }

    private static String question(String machine, String interventions) {
        return "{\"model\": \"runs/copy-" + machine + "-seed3\", \"sequence\": {\"at\": {\"length\": 3}, \"seed\": 1, \"index\": 0}, \"interventions\": ["
                + interventions + "]}";
    }

    @Test
    void they_can_be_chosen() {
        assertThat(json(studio.get("/api/info")).get("machines").findValuesAsString("name")).contains("queue", "ahead").contains("ntm-lstm");
        assertThat(run("runs/copy-queue-seed3").get("sequences").asLong()).isEqualTo(80);
        assertThat(run("runs/copy-ahead-seed3").get("machine").asString()).isEqualTo("ahead");
    }

    @Test
    void what_a_memory_of_ones_own_declares_is_there_to_be_drawn() {
        TraceAnswer answer = trace("queue", "");
        assertThat(answer.header().get("signals").findValuesAsString("at"))
                .containsExactlyInAnyOrder("cells", "back/pointer", "back/move", "back/sharpening", "back/erase", "back/add",
                        "front/pointer", "front/move", "front/sharpening", "front/read");
        assertThat(answer.header().get("steps").asInt()).isEqualTo(7);
        float sum = 0;
        for (int row = 0; row < 24; row++) {
            sum += answer.number("front/pointer", 6, row);
        }
        assertThat(sum).isBetween(0.999f, 1.001f);
        assertThat(answer.header().get("programme").get("actions").findValuesAsString("head")).contains("back", "front");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"kind\":\"set\",\"step\":2,\"signal\":\"back/add\",\"values\":[1,1,-1,1,1,-1,1,1]}    | back/add  | 2",
        "{\"kind\":\"set\",\"step\":2,\"signal\":\"back/move\",\"values\":[1,0,0]}               | back/move | 0",
        "{\"kind\":\"cell\",\"step\":2,\"row\":0,\"column\":2,\"value\":1}                       | cells     | 2",
    })
    void it_can_be_interfered_with(String intervention, String array, int place) {
        TraceAnswer before = trace("queue", "");
        TraceAnswer after = trace("queue", intervention);
        boolean store = array.equals("cells");
        float now = store ? after.number(array, 2, place / 8, place % 8) : after.number(array, 2, place);
        float then = store ? before.number(array, 2, place / 8, place % 8) : before.number(array, 2, place);
        assertThat(now).isNotEqualTo(then);
        assertThat(after.number("output", 6, 0)).isNotEqualTo(before.number("output", 6, 0));
    }

    @Test
    void more_rows_are_given_to_it() {
        String question = question("queue", "").replace("\"sequence\"", "\"rows\": 64, \"sequence\"");
        HttpResponse<byte[]> answer = studio.post("/api/trace", question);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TraceAnswer.of(answer.body()).number("back/pointer", 6, 63)).isBetween(0f, 1f);
    }

    @Test
    void a_machine_that_reads_whole_sequences_answers_and_says_that_it_cannot_be_interfered_with() {
        TraceAnswer answer = trace("ahead", "");
        assertThat(answer.header().get("signals")).isEmpty();
        assertThat(answer.number("output", 6, 1)).isBetween(0f, 1f);
        HttpResponse<byte[]> refused = studio.post("/api/trace", question("ahead", "{\"kind\":\"noise\",\"step\":2,\"amount\":1,\"seed\":1}"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("interventions: expected a machine that goes step by step, got one that reads whole sequences");
    }

    @Test
    void their_films_are_there() {
        for (String machine : List.of("queue", "ahead")) {
            JsonNode film = json(studio.get("/api/film?run=runs/copy-" + machine + "-seed3"));
            assertThat(film.toString()).contains("sequences");
        }
    }
}
