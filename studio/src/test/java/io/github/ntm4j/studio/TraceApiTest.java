package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceApiTest {
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

    private static TraceAnswer trace(String spec) {
        HttpResponse<byte[]> answer = studio.post("/api/trace", spec);
        assertThat(answer.statusCode()).as(new String(answer.body(), 0, Math.min(200, answer.body().length), StandardCharsets.UTF_8)).isEqualTo(200);
        return TraceAnswer.of(answer.body());
    }

    @Test
    void every_output_is_the_one_of_the_machine_itself() {
        Model model = Model.load(Path.of("../models/repeat-copy-ntm-lstm.safetensors"), OptionalInt.of(64));
        Task task = RunConfig.of(model).task().create();
        Sequence sequence = new Sequence(task.inputs(), task.outputs());
        task.generate(task.parse("length=4,repeats=3"), Random64.of(9, Run.MEASUREMENT, 5), sequence);
        TraceAnswer answer = trace(
                """
                {"model": "models/repeat-copy-ntm-lstm", "rows": 64, "sequence": {"at": {"length": 4, "repeats": 3}, "seed": 9, "index": 5}}
                """);
        assertThat(answer.header().get("steps").asInt()).isEqualTo(sequence.steps());
        Session session = new Session(model.machine(), 1, KernelProvider.best());
        float[] probabilities = new float[task.outputs()];
        for (int t = 0; t < sequence.steps(); t++) {
            session.step(sequence.input(), t * task.inputs(), task.inputs());
            session.probabilities(0, probabilities, 0);
            for (int j = 0; j < task.outputs(); j++) {
                assertThat(answer.number("output", t, j)).isEqualTo(probabilities[j]);
                assertThat(answer.number("target", t, j)).isEqualTo(sequence.target()[t * task.outputs() + j]);
            }
            float[][] memory = session.value(session.names().get("memory"), 0);
            assertThat(answer.number("memory", t, 63, 7)).isEqualTo(memory[7][63]);
            float[][] weighting = session.value(session.names().get("write_head_0.weighting"), 0);
            assertThat(answer.number("write 1/weighting", t, 2)).isEqualTo(weighting[0][2]);
        }
    }

    @Test
    void a_painted_bit_is_answered_and_its_target_follows() {
        String plain = "{\"model\": \"models/copy-ntm-lstm\", \"sequence\": {\"at\": {\"length\": 8}, \"paint\": [%s]}}";
        TraceAnswer before = trace(plain.formatted(""));
        float flipped = 1 - before.number("input", 3, 2);
        TraceAnswer after = trace(plain.formatted("[3, 2, " + flipped + "]"));
        assertThat(after.number("input", 3, 2)).isEqualTo(flipped);
        assertThat(after.number("target", 12, 2)).isEqualTo(flipped);
        assertThat(Math.round(after.number("output", 12, 2))).isEqualTo(Math.round(flipped));
        assertThat(after.header().get("bit_errors").asInt()).isZero();
    }

    @Test
    void rows_that_are_swapped_while_it_listens_are_said_in_the_other_order() {
        TraceAnswer swapped = trace(
                """
                {"model": "models/copy-ntm-lstm", "sequence": {"at": {"length": 8}},
                 "interventions": [{"kind": "swap-rows", "step": 8, "row": 1, "other": 5}]}
                """);
        assertThat(swapped.header().get("bit_errors").asInt()).isPositive();
        int first = row(swapped, 0);
        for (int j = 0; j < 8; j++) {
            assertThat(Math.round(swapped.number("output", 9 + ((1 - first + 128) % 128), j)))
                    .isEqualTo(Math.round(swapped.number("target", 9 + ((5 - first + 128) % 128), j)));
        }
    }

    @Test
    void interventions_of_addresses_of_before_mean_what_they_meant() {
        String spec = "{\"model\": \"models/copy-ntm-lstm\", \"sequence\": {\"at\": {\"length\": 8}}, \"interventions\": [%s]}";
        byte[] plain = studio.post("/api/trace", spec.formatted("")).body();
        byte[] before = studio.post("/api/trace", spec.formatted(
                        """
                        {"kind": "parameter", "step": 3, "head": "write 1", "name": "gate", "values": [1]},
                        {"kind": "freeze", "from": 5, "to": 7, "head": "read 1"},
                        {"kind": "erase-row", "step": 6, "row": 2}
                        """)).body();
        byte[] now = studio.post("/api/trace", spec.formatted(
                        """
                        {"kind": "set", "step": 3, "signal": "write 1/gate", "values": [1]},
                        {"kind": "hold", "from": 5, "to": 7, "signal": "read 1/weighting"},
                        {"kind": "erase-row", "store": "memory", "step": 6, "row": 2}
                        """)).body();
        assertThat(before).isEqualTo(now).isNotEqualTo(plain);
    }

    @Test
    void the_header_says_of_each_signal_what_it_takes_to_draw_and_to_set_it() {
        TraceAnswer answer = trace("{\"model\": \"models/copy-ntm-lstm\"}");
        assertThat(answer.header().get("signals").size()).isEqualTo(1 + 12 + 13);
        assertThat(answer.header().get("signals").findValuesAsString("at")).contains("memory", "read 1/weighting", "write 1/gate");
        String signals = answer.header().get("signals").toString();
        assertThat(signals)
                .contains("{\"at\":\"memory\",\"group\":\"\",\"name\":\"memory\",\"title\":\"Memory\",\"kind\":\"store\",\"rows\":128,\"width\":20,")
                .contains("\"kind\":\"weighting\",\"over\":\"memory\",\"use\":\"write\",\"size\":128,")
                .contains("\"kind\":\"number\",\"role\":\"gate\",\"size\":1,\"low\":0.0,\"high\":1.0,\"settable\":true,\"detail\":true}")
                .contains("\"labels\":[\"-1\",\"0\",\"+1\"]");
    }

    /** The row that the machine writes at a step. */
    private static int row(TraceAnswer trace, int step) {
        int most = 0;
        for (int row = 0; row < 128; row++) {
            most = trace.number("write 1/weighting", step, row) > trace.number("write 1/weighting", step, most) ? row : most;
        }
        return most;
    }

    @Test
    void a_long_sequence_is_told_without_what_there_is_no_room_for() {
        TraceAnswer answer = trace("{\"model\": \"models/copy-ntm-lstm\", \"rows\": 1024, \"sequence\": {\"at\": {\"length\": 1000}}}");
        assertThat(answer.header().get("detail").asString()).isEqualTo("tracks");
        assertThat(answer.header().get("arrays").has("memory")).isFalse();
        assertThat(answer.header().get("bit_errors").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                                     | model: expected the name of a machine, found none
                    []                                                     | body: expected an object, got something else
                    {"model": "models/../../etc/passwd"}                   | machine: expected a name such as models/copy-ntm-lstm
                    {"model": "models/none"}                               | machine: expected one that exists, found none called models/none
                    {"model": "models/copy-ntm-lstm", "rows": 0}           | --rows: expected 1 to 16777216, got 0
                    {"model": "models/copy-ntm-lstm", "rows": 2}           | shift_range
                    {"model": "models/copy-ntm-lstm", "colour": 1}         | body.colour: there is no such name; expected one of interventions, memory, model, rows, sequence
                    {"model": "models/copy-ntm-lstm", "sequence": {"at": {"length": 0}}} | length
                    {"model": "models/copy-ntm-lstm", "rows": "many"}      | body.rows: expected a whole number, got something else
                    {"model": 3                                            | body: column
                    {"model": "models/copy-ntm-lstm", "sequence": {"at": {"width": 2}}} | expected length=N, got width=2
                    {"model": "models/copy-ntm-lstm", "sequence": {"task": "dance"}} | task: expected one of copy
                    {"model": "models/copy-ntm-lstm", "sequence": {"task": "priority-sort"}} | task: expected one with 9 inputs
                    {"model": "models/copy-ntm-lstm", "sequence": {"paint": [[0, 9, 1]]}} | a channel below 9
                    {"model": "models/copy-ntm-lstm", "sequence": {"paint": [null]}} | paint: expected step, channel and value
                    {"model": "models/copy-ntm-lstm", "interventions": [{"kind": "dance"}]} | intervention: kind: expected set, hold, cell, erase-row, swap-rows or noise, got 'dance'
                    {"model": "models/copy-ntm-lstm", "interventions": [{"kind": "set", "step": 0, "signal": "write 1/content", "values": [1]}]} | intervention: signal: expected one that can be set, such as read 1/key
                    {"model": "models/copy-ntm-lstm", "interventions": [{"kind": "freeze", "from": 0, "to": 1, "head": "write 9"}]} | intervention: signal: expected one that can be held, such as read 1/weighting
                    {"model": "models/copy-ntm-lstm", "interventions": [null]} | intervention: expected an object, found null
                    {"model": "models/copy-ntm-lstm", "interventions": [{"kind": "erase-row", "step": 0, "row": 128}]} | intervention: row: expected 0 to 127, got 128
                    {"model": "models/priority-sort-lstm", "interventions": [{"kind": "erase-row", "step": 0, "row": 1}]} | expected a machine with a memory
                    """)
    void what_is_wrong_is_said_in_one_line(String spec, String problem) {
        HttpResponse<byte[]> answer = studio.post("/api/trace", spec);
        String text = new String(answer.body(), 0, Math.min(2000, answer.body().length), StandardCharsets.UTF_8);
        assertThat(text).startsWith("{\"error\":\"").contains(problem.replace("\"", "\\\"")).doesNotContain("Exception", "\n", "defect", "io.github");
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void a_dropped_file_is_a_machine_until_the_studio_ends() throws Exception {
        byte[] file = Files.readAllBytes(Path.of("../models/copy-ntm-ff.safetensors"));
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=mine.safetensors", file);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"dropped/mine\"}");
        assertThat(new String(studio.get("/api/models").body(), StandardCharsets.UTF_8)).contains("\"id\":\"dropped/mine\",\"machine\":\"ntm-ff\"");
        assertThat(trace("{\"model\": \"dropped/mine\"}").header().get("bit_errors").asInt()).isZero();
    }

    @Test
    void a_dropped_run_is_its_best_checkpoint() throws Exception {
        byte[] file = Files.readAllBytes(Path.of("../models/copy-ntm-ff.safetensors"));
        assertThat(studio.post("/api/drop?name=its-run/checkpoints/best.safetensors", file).statusCode()).isEqualTo(200);
        assertThat(trace("{\"model\": \"dropped/its-run\"}").header().get("task").asString()).isEqualTo("copy");
        assertThat(trace("{\"model\": \"dropped/its-run@best\"}").header().get("task").asString()).isEqualTo("copy");
    }

    @ParameterizedTest
    @CsvSource({"../evil.safetensors", "a/../../evil.safetensors", "evil.txt", ".hidden.safetensors", "a/b/c.safetensors", "x%00.safetensors"})
    void nothing_is_dropped_elsewhere(String name) {
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=" + name, new byte[8]);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("name: expected NAME.safetensors");
    }

    @Test
    void a_damaged_file_is_refused_and_not_kept() {
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=damaged.safetensors", new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{'});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("damaged.safetensors is damaged: ");
        assertThat(new String(studio.get("/api/models").body(), StandardCharsets.UTF_8)).doesNotContain("damaged");
    }
}
