package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.machines.model.Model;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MapApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path runs;

    private static TestStudio studio;

    @BeforeAll
    static void start() {
        studio = new TestStudio(runs);
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    private static List<JsonNode> map(String spec) {
        HttpResponse<byte[]> answer = studio.post("/api/map", spec);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        return text.lines().filter(line -> !line.isEmpty()).map(JSON::readTree).toList();
    }

    @Test
    void every_cell_is_what_the_evaluator_measures_on_the_same_sequences() {
        List<JsonNode> cells = map(
                """
                {"model": "models/repeat-copy-ntm-lstm", "sequences": 19, "seed": 7,
                 "x": {"name": "length", "values": [3, 4]}, "y": {"name": "repeats", "values": [2, 13]}}
                """);
        assertThat(cells).hasSize(4);
        Model model = Model.load(Path.of("../models/repeat-copy-ntm-lstm.safetensors"), OptionalInt.empty());
        Task task = Objects.requireNonNull(RunConfig.of(model)).task().create();
        try (Evaluator evaluator = new Evaluator(model.machine(), task, 1, KernelProvider.best())) {
            for (JsonNode cell : cells) {
                int length = cell.at("/at/length").asInt();
                int repeats = cell.at("/at/repeats").asInt();
                assertThat(length).isEqualTo(List.of(3, 4).get(cell.get("column").asInt()));
                assertThat(repeats).isEqualTo(List.of(2, 13).get(cell.get("row").asInt()));
                Size size = Size.of("length", length).with("repeats", repeats);
                Evaluation measured = evaluator.evaluate(size, 19, 7, Run.MEASUREMENT, 0);
                assertThat(cell.get("bits").asDouble()).isCloseTo(measured.bitsPerSequence(), within(1e-3 * (1 + measured.bitsPerSequence())));
                assertThat(cell.get("bit_errors").asDouble()).isCloseTo(measured.bitErrorsPerSequence(), within(1e-9));
                assertThat(cell.get("exact").asInt()).isEqualTo(measured.exactSequences());
                assertThat(cell.get("sequences").asInt()).isEqualTo(19);
                assertThat(cell.get("counted_bits").asDouble()).isEqualTo((length * repeats + 1) * 9.0);
            }
        }
    }

    @Test
    void a_trace_of_a_sequence_has_the_wrong_bits_that_the_map_counts() {
        JsonNode cell = map("{\"model\": \"models/priority-sort-ntm-lstm\", \"x\": {\"name\": \"items\", \"values\": [9]}, \"sequences\": 12, \"seed\": 3}")
                .getFirst();
        assertThat(cell.get("wrong").size()).isEqualTo(12);
        int first = -1;
        for (int i = 0; i < 12; i++) {
            int wrong = cell.get("wrong").get(i).asInt();
            TraceAnswer trace = TraceAnswer.of(studio.post(
                            "/api/trace",
                            "{\"model\": \"models/priority-sort-ntm-lstm\", \"sequence\": {\"at\": {\"items\": 9}, \"seed\": 3, \"index\": %d}}".formatted(i))
                    .body());
            assertThat(trace.header().get("bit_errors").asInt()).as("sequence %d", i).isEqualTo(wrong);
            first = first < 0 && wrong > 0 ? i : first;
        }
        assertThat(cell.get("failing").asInt()).isEqualTo(first).isNotNegative();
    }

    @Test
    void a_machine_needs_as_many_rows_as_it_has_to_remember() {
        List<JsonNode> cells = map(
                """
                {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [10, 40]}, "y": {"name": "rows", "values": [20, 60]}, "sequences": 3}
                """);
        for (JsonNode cell : cells) {
            boolean room = cell.at("/at/rows").asInt() > cell.at("/at/length").asInt();
            assertThat(cell.get("exact").asInt()).as(cell.toString()).isEqualTo(room ? 3 : 0);
            assertThat(cell.get("failing").isNull()).isEqualTo(room);
        }
    }

    @Test
    void cheap_cells_come_before_dear_ones() {
        List<JsonNode> cells = map(
                """
                {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [30, 1, 9, 25, 17, 3, 5, 7, 11, 28, 2, 21]}, "sequences": 2}
                """);
        List<Integer> lengths = cells.stream().map(cell -> cell.at("/at/length").asInt()).toList();
        assertThat(lengths).containsExactlyInAnyOrder(30, 1, 9, 25, 17, 3, 5, 7, 11, 28, 2, 21);
        List<Integer> missing = new ArrayList<>(lengths.stream().sorted(Comparator.naturalOrder()).toList());
        for (int length : lengths) {
            // A cell may overtake those that the other threads are at.
            assertThat(missing.indexOf(length)).isLessThan(Runtime.getRuntime().availableProcessors());
            missing.remove(Integer.valueOf(length));
        }
    }

    @Test
    void a_map_that_nobody_waits_for_any_more_is_given_up() throws Exception {
        String body = "{\"model\": \"models/copy-ntm-lstm\", \"x\": {\"name\": \"length\", \"values\": [1, 2, 20000, 20001, 20002]}, \"sequences\": 50}";
        try (Socket socket = new Socket("127.0.0.1", studio.port())) {
            socket.getOutputStream().write(("""
                    POST /api/map HTTP/1.1\r
                    Host: 127.0.0.1:%d\r
                    X-Ntm4j-Token: %s\r
                    Content-Length: %d\r
                    \r
                    %s""").formatted(studio.port(), studio.token(), body.length(), body).getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder read = new StringBuilder();
            while (!read.toString().contains("bit_errors")) {
                read.append((char) in.read());
            }
            assertThat(surveyors()).isPositive();
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (surveyors() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(surveyors()).isZero();
    }

    private static long surveyors() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("ntm4j-map-")).count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                                                           | model: expected the name of a machine, found none
                    {"model": "models/copy-ntm-lstm"}                                            | x: expected an axis such as
                    {"model": "models/none", "x": {"name": "length", "values": [1]}}             | machine: expected one that exists
                    {"model": "models/copy-ntm-lstm", "x": {"values": [1]}}                      | axis: expected a name, found none
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length"}}                   | axis 'length': expected 1 to 200 values, got 0
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [null]}} | axis 'length': expected whole numbers, got null
                    {"model": "models/copy-ntm-lstm", "x": {"name": "lenth", "values": [1]}}     | did you mean length?
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [0]}}    | expected length from 1 to
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [1]}, "y": {"name": "length", "values": [1]}} | y: expected another axis than x
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [1]}, "sequences": 0}      | sequences: expected 1 to 1000, got 0
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [1]}, "at": {"rows": 9}}   | expected length=N, got rows=9
                    {"model": "models/copy-ntm-lstm", "x": {"name": "length", "values": [900000]}, "sequences": 100} | map: expected at most 20,000,000 steps of this machine, got 180,000,100
                    {"model": "models/copy-ntm-lstm", "x": {"name": "rows", "values": [9000, 9001]}}               | axis rows: expected at most 262144 numbers in all memories together
                    {"model": "models/copy-ntm-lstm", "x": {"name": "rows", "values": [2]}}                        | shift_range
                    {"model": "models/priority-sort-lstm", "x": {"name": "rows", "values": [9]}}                   | axis rows: expected a machine with a memory, got lstm
                    """)
    void what_is_wrong_is_said_in_one_line(String spec, String problem) {
        HttpResponse<byte[]> answer = studio.post("/api/map", spec);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("{\"error\":\"").contains(problem.replace("\"", "\\\"")).doesNotContain("Exception", "\n", "defect", "io.github");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void there_is_an_end_to_the_number_of_cells() {
        String many = "[" + "7,".repeat(99) + "7]";
        HttpResponse<byte[]> answer = studio.post(
                "/api/map",
                "{\"model\": \"models/repeat-copy-ntm-lstm\", \"x\": {\"name\": \"length\", \"values\": %s}, \"y\": {\"name\": \"repeats\", \"values\": %s}}"
                        .formatted(many, many));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"error\":\"map: expected at most 4096 cells, got 100 x 100\"}");
    }
}
