package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunsApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A machine so small that it has a thousand updates in a moment. */
    static final String SMALL =
            "\"machine.rows\":\"8\",\"machine.width\":\"4\",\"machine.controller_size\":\"8\",\"task.max_length\":\"3\",\"task.width\":\"2\","
                    + "\"training.batch\":\"4\",\"training.report_interval\":\"20\",\"training.evaluation_interval\":\"200\",\"training.evaluation_sequences\":\"20\"";

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
        studio.close();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode run(String id) {
        return StreamSupport.stream(json(studio.get("/api/runs")).get("runs").spliterator(), false)
                .filter(run -> run.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no run called " + id));
    }

    private JsonNode metrics(String id) {
        return json(studio.get("/api/metrics?run=" + id));
    }

    private String begin(String budget) {
        String body = "{\"task\":\"copy\",\"seed\":3,\"sequences\":" + budget + ",\"settings\":{" + SMALL + "}}";
        return json(studio.post("/api/runs", body)).get("id").asString();
    }

    private HttpResponse<byte[]> control(String id, String rest) {
        return studio.post("/api/runs/control", "{\"run\":\"" + id + "\"," + rest + "}");
    }

    private JsonNode await(String id, Predicate<JsonNode> state) throws InterruptedException {
        JsonNode run = run(id);
        for (Instant end = Instant.now().plus(Duration.ofSeconds(60)); !state.test(run); run = run(id)) {
            assertThat(Instant.now()).as(run.toString()).isBefore(end);
            Thread.sleep(20);
        }
        return run;
    }

    private static Predicate<JsonNode> is(String state) {
        return run -> run.get("state").asString().equals(state);
    }

    private static void refuse(HttpResponse<byte[]> answer, int status, String problem) {
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .startsWith("{\"error\":\"")
                .contains(problem)
                .doesNotContain("Exception", "\n", "defect");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    /** A run that somebody else has left, with metrics as they are written. */
    private Path write(String path, long seed, String... lines) throws IOException {
        Path run = Files.createDirectories(runs.resolve(path));
        Files.writeString(run.resolve("config.yaml"), "seed: " + seed + "\ntask:\n  name: copy\n");
        Files.write(run.resolve("metrics.jsonl"), List.of(lines));
        age(run);
        return run;
    }

    private static void age(Path run) throws IOException {
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        Files.setLastModifiedTime(run.resolve("config.yaml"), before);
        Files.setLastModifiedTime(run.resolve("metrics.jsonl"), before);
    }

    private static String train(long sequences, double bits) {
        return "{\"kind\":\"train\",\"sequences\":" + sequences + ",\"bits_per_sequence\":" + bits
                + ",\"bit_errors_per_sequence\":1.0,\"learning_rate\":0.001,\"gradient_norm\":2.0,\"clipped\":0.5,\"skipped\":0,\"seconds\":1.5}";
    }

    private static String finished(long sequences, String outcome) {
        return "{\"kind\":\"finished\",\"sequences\":" + sequences + ",\"outcome\":\"" + outcome + "\",\"seconds\":2.5}";
    }

    @Test
    void a_training_is_started_halted_changed_ended_and_gone_on_with() throws Exception {
        String id = begin("100000000");
        assertThat(id).isEqualTo("runs/copy-ntm-lstm-seed3");
        await(id, run -> run.get("sequences").asLong() > 400);
        JsonNode paused = json(control(id, "\"action\":\"pause\""));
        assertThat(paused.get("state").asString()).isIn("training", "paused");
        long halted = await(id, is("paused")).get("sequences").asLong();
        Path last = runs.resolve("copy-ntm-lstm-seed3/checkpoints/last.safetensors");
        Files.deleteIfExists(last);
        json(control(id, "\"action\":\"checkpoint\""));
        assertThat(last).exists();

        refuse(control(id, "\"action\":\"rate\",\"rate\":-1"), 400, "training.learning_rate: expected a number from 0 to 10");
        json(control(id, "\"action\":\"rate\",\"rate\":0.0123"));
        JsonNode changed = await(id, run -> run.get("learning_rate").asDouble() == 0.0123 && is("paused").test(run));
        assertThat(changed.get("sequences").asLong()).isEqualTo(halted);
        json(control(id, "\"action\":\"continue\""));
        await(id, run -> run.get("sequences").asLong() > halted + 400);
        JsonNode rates = metrics(id).get("train");
        assertThat(rates.get(0).get(3).asDouble()).isNotEqualTo(0.0123);
        assertThat(rates.get(rates.size() - 1).get(3).asDouble()).isEqualTo(0.0123);

        json(control(id, "\"action\":\"stop\""));
        JsonNode stopped = await(id, is("finished"));
        assertThat(stopped.get("outcome").asString()).isEqualTo("stopped");
        assertThat(stopped.get("controllable").asBoolean()).isTrue();
        json(control(id, "\"action\":\"continue\""));
        JsonNode again = await(id, run -> run.get("sequences").asLong() > stopped.get("sequences").asLong());
        assertThat(again.get("state").asString()).isEqualTo("training");
        assertThat(metrics(id).get("outcome").isNull()).isTrue();
    }

    @Test
    void the_studio_ends_its_trainings_with_a_checkpoint() throws Exception {
        String id = begin("100000000");
        await(id, run -> run.get("sequences").asLong() > 200);
        json(control(id, "\"action\":\"pause\""));
        long began = System.nanoTime();
        studio.close();
        assertThat((System.nanoTime() - began) / 1e9).isLessThan(6);
        Path run = runs.resolve("copy-ntm-lstm-seed3");
        assertThat(run.resolve("checkpoints/last.safetensors")).exists();
        assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"outcome\":\"stopped\"");
    }

    @Test
    void there_are_no_more_trainings_than_cores() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < cores; i++) {
            begin("100000000");
        }
        String body = "{\"task\":\"copy\",\"settings\":{" + SMALL + "}}";
        refuse(studio.post("/api/runs", body), 409, "expected at most " + cores + " trainings at a time");
        assertThat(runs.resolve("copy-ntm-lstm-seed1")).doesNotExist();
    }

    @Test
    void runs_are_found_below_the_folder_but_not_beyond_it() throws IOException {
        write("sweep/runs/1-copy-seed1", 1, train(100, 9), finished(100, "solved"));
        write("sweep/runs/1-copy-seed2", 2, train(100, 9));
        write("a/b/c/d", 1);
        write("a/b/c/e/too-deep", 1);
        write("a/b/c/d/film", 1);
        write("a/.hidden", 1);
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("config.yaml"), "");
        Files.createSymbolicLink(runs.resolve("link"), outside);
        Path damaged = Files.createDirectories(runs.resolve("damaged"));
        Files.writeString(damaged.resolve("config.yaml"), "seed: [\n");

        JsonNode list = json(studio.get("/api/runs")).get("runs");
        assertThat(list.findValuesAsString("id"))
                .containsExactly("runs/a/b/c/d", "runs/damaged", "runs/sweep/runs/1-copy-seed1", "runs/sweep/runs/1-copy-seed2");
        assertThat(run("runs/damaged").get("problem").asString()).contains("damaged");
        JsonNode first = run("runs/sweep/runs/1-copy-seed1");
        assertThat(first.get("state").asString()).isEqualTo("finished");
        assertThat(first.get("group").asString()).isEqualTo(run("runs/sweep/runs/1-copy-seed2").get("group").asString());
        assertThat(first.get("seconds").asDouble()).isEqualTo(2.5);
        assertThat(run("runs/sweep/runs/1-copy-seed2").get("state").asString()).isEqualTo("interrupted");
        refuse(studio.get("/api/metrics?run=runs/link"), 400, "expected one that exists");
    }

    @Test
    void runs_of_one_name_but_other_settings_are_another_group() throws IOException {
        write("copy-seed1", 1);
        Path other = write("copy-seed2", 2);
        Files.writeString(other.resolve("config.yaml"), "seed: 2\ntask:\n  name: copy\n  max_length: 7\n");
        assertThat(run("runs/copy-seed1").get("group").asString()).isEqualTo("copy");
        assertThat(run("runs/copy-seed2").get("group").asString()).isEqualTo("copy, max_length 7");
    }

    @Test
    void what_another_process_trains_is_left_to_it() throws IOException {
        Path run = write("elsewhere", 1, train(100, 9));
        Files.createDirectories(run.resolve("checkpoints"));
        Files.write(run.resolve("checkpoints/last.safetensors"), new byte[9]);
        Files.writeString(run.resolve("metrics.jsonl"), train(200, 8) + "\n", StandardOpenOption.APPEND);
        JsonNode seen = run("runs/elsewhere");
        assertThat(seen.get("state").asString()).isEqualTo("elsewhere");
        assertThat(seen.get("controllable").asBoolean()).isFalse();
        for (String action : new String[] {"pause", "continue", "checkpoint", "stop"}) {
            refuse(control("runs/elsewhere", "\"action\":\"" + action + "\""), 409, "trained by another process");
        }
    }

    @Test
    void metrics_are_told_as_they_grow_and_anew_when_they_were_cut() throws IOException {
        Path run = write("growing", 1, train(100, 9), train(200, 8.25));
        assertThat(metrics("runs/growing").get("train").toString()).isEqualTo("[[100,9,1,0.001,2,0.5,0],[200,8.25,1,0.001,2,0.5,0]]");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                train(300, 7) + "\n{\"kind\":\"plateau\",\"sequences\":300,\"since\":200,\"seconds\":1}\n{\"kind\":\"solved\",\"sequences\":300,\"seconds\":2}\n"
                        + "{\"kind\":\"relapse\",\"sequences\":400,\"seconds\":3}\n" + train(500, 1).substring(0, 20),
                StandardOpenOption.APPEND);
        JsonNode more = json(studio.get("/api/metrics?run=runs/growing&after=200"));
        assertThat(more.get("train").toString()).isEqualTo("[[300,7,1,0.001,2,0.5,0]]");
        assertThat(more.get("solved").asLong()).isEqualTo(300);
        assertThat(more.get("relapses").toString()).isEqualTo("[400]");
        assertThat(more.get("plateaus").toString()).isEqualTo("[[200,null]]");
        Files.writeString(run.resolve("metrics.jsonl"), train(100, 5) + "\n");
        JsonNode cut = metrics("runs/growing");
        assertThat(cut.get("train").toString()).isEqualTo("[[100,5,1,0.001,2,0.5,0]]");
        assertThat(cut.get("solved").isNull()).isTrue();
    }

    @Test
    void a_day_of_metrics_is_told_in_a_few_thousand_points_with_the_same_mean() throws IOException {
        Path run = write("long", 1);
        int lines = 300_000;
        Files.write(run.resolve("metrics.jsonl"), IntStream.rangeClosed(1, lines).mapToObj(i -> train(100L * i, i % 2 == 0 ? 6 : 2)).toList());
        JsonNode points = metrics("runs/long").get("train");
        assertThat(points.size()).isBetween(1000, 2000);
        assertThat(points.get(points.size() - 1).get(0).asLong()).isEqualTo(100L * lines);
        for (int i = 0; i < points.size() - 1; i++) {
            assertThat(points.get(i).get(1).asDouble()).isEqualTo(4);
        }
    }

    @Test
    void a_dropped_run_is_listed_but_not_trained() throws Exception {
        studio.post("/api/drop?name=mine/metrics.jsonl", (train(100, 9) + "\n").getBytes(StandardCharsets.UTF_8));
        studio.post("/api/drop?name=mine/checkpoints/best.safetensors", Files.readAllBytes(Path.of("../models/copy-ntm-ff.safetensors")));
        assertThat(run("dropped/mine").get("state").asString()).isEqualTo("interrupted");
        assertThat(metrics("dropped/mine").get("train").size()).isOne();
        refuse(control("dropped/mine", "\"action\":\"continue\""), 409, "expected a checkpoint to go on from, found none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /api/runs         | {}                                                     | task: expected the name of a task, found none
                    /api/runs         | {"task": "dance"}                                      | --task: expected one of copy
                    /api/runs         | {"task": "copy", "preset": "mine"}                     | --preset: expected one of default
                    /api/runs         | {"task": "copy", "settings": {"machine.row": "3"}}     | --set machine.row: no such setting; did you mean machine.rows?
                    /api/runs         | {"task": "copy", "seed": 1, "settings": {"seed": "3"}} | settings: expected 'seed' once
                    /api/runs         | {"task": "copy", "sequences": 0}                       | --sequences: expected a whole number
                    /api/runs/control | {"action": "stop"}                                     | run: expected the name of a run, found none
                    /api/runs/control | {"run": "runs/none", "action": "stop"}                 | expected one that exists, found none called runs/none
                    /api/runs/control | {"run": "runs/../../etc", "action": "stop"}            | expected a name such as
                    /api/runs/control | {"run": "models/copy-ntm-lstm", "action": "stop"}      | run: expected a name such as runs/
                    /api/runs/control | {"run": "runs/none", "action": "dance"}                | action: expected one of pause, continue, checkpoint, stop, rate, got 'dance'
                    """)
    void what_is_wrong_is_said_in_one_line(String path, String body, String problem) {
        HttpResponse<byte[]> answer = studio.post(path, body);
        refuse(answer, answer.statusCode(), problem);
        assertThat(answer.statusCode()).isBetween(400, 500);
        assertThat(runs).isEmptyDirectory();
    }
}
