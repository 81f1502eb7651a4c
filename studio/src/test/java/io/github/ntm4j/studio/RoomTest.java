package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What takes much memory or many bytes is counted before it is taken. */
@Timeout(300)
class RoomTest {
    private static final Path MODEL = Path.of("..", "models", "copy-ntm-ff.safetensors");

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

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void a_machine_with_more_rows_than_there_is_memory_for_is_refused_with_the_figure() {
        HttpResponse<byte[]> answer =
                studio.post("/api/trace", "{\"model\": \"models/copy-ntm-ff\", \"rows\": 13000000, \"sequence\": {\"at\": {\"length\": 1}}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("needs ", " MiB of memory, and the studio has ");
    }

    @Test
    void many_traces_of_large_machines_leave_no_more_than_their_share_behind() throws Exception {
        long before = used();
        List<Thread> threads = new ArrayList<>();
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 12; i++) {
            String spec = "{\"model\": \"models/copy-ntm-ff\", \"rows\": %d, \"sequence\": {\"at\": {\"length\": 1}}, \"memory\": false}".formatted(300_000 + i);
            threads.add(Thread.ofVirtual().start(() -> statuses.add(studio.post("/api/trace", spec).statusCode())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(statuses).hasSize(12).allMatch(status -> status == 200 || status == 400 || status == 503);
        assertThat(used() - before).isLessThan(Runtime.getRuntime().maxMemory() / 3);
        assertThat(studio.get("/api/info").statusCode()).isEqualTo(200);
    }

    @Test
    void a_map_counts_the_rows_that_it_is_computed_with() {
        for (String rows : List.of("\"rows\": 8000000, \"x\": {\"name\": \"length\", \"values\": [1]}", "\"x\": {\"name\": \"rows\", \"values\": [8000000]}")) {
            HttpResponse<byte[]> answer = studio.post("/api/map", "{\"model\": \"models/copy-ntm-ff\", \"sequences\": 1, \"at\": {}, " + rows + "}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("MiB of memory, and the studio has");
        }
    }

    /** The shipped machine with other settings in its file. */
    private static byte[] claiming(String from, String to) {
        Safetensors machine = Safetensors.read(MODEL);
        Map<String, String> metadata = new LinkedHashMap<>(machine.metadata());
        assertThat(metadata.get("config")).contains(from);
        metadata.computeIfPresent("config", (key, config) -> config.replace(from, to));
        return Safetensors.of(metadata, machine.tensors().values()).bytes();
    }

    @Test
    void a_file_that_claims_rows_costs_nothing_until_it_is_asked_to_work() {
        long before = used();
        assertThat(studio.post("/api/drop?name=claims.safetensors", claiming("\"rows\":128", "\"rows\":13000000")).statusCode()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(studio.get("/api/models").statusCode()).isEqualTo(200);
        }
        assertThat(used() - before).isLessThan(100L << 20);
        HttpResponse<byte[]> trace = studio.post("/api/trace", "{\"model\": \"dropped/claims\", \"sequence\": {\"at\": {\"length\": 1}}}");
        assertThat(trace.statusCode()).isEqualTo(400);
        assertThat(text(trace)).contains("expected one of which a step has at most 33554432 numbers to watch, got ");
    }

    @Test
    void room_for_dropped_files_is_given_back() throws IOException {
        byte[] machine = Files.readAllBytes(MODEL);
        byte[] large = new byte[60 << 20];
        // Far more than there is room for in all, but nothing of it is kept.
        for (int i = 0; i < 9; i++) {
            assertThat(studio.post("/api/drop?name=x.safetensors", large).statusCode()).isEqualTo(400);
        }
        // The same name over and over.
        for (int i = 0; i < 9; i++) {
            assertThat(studio.post("/api/drop?name=run/metrics.jsonl", large).statusCode()).isEqualTo(200);
        }
        assertThat(studio.post("/api/drop?name=y.safetensors", machine).statusCode()).isEqualTo(200);
        int i = 0;
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=run0/metrics.jsonl", large);
        while (answer.statusCode() == 200 && i < 20) {
            answer = studio.post("/api/drop?name=run" + ++i + "/metrics.jsonl", large);
        }
        assertThat(i).isEqualTo(7);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(text(answer)).contains("expected at most 512 MiB dropped in all", "bytes are left");
    }

    @Test
    void a_file_that_is_no_machine_leaves_the_one_before_in_its_place() throws IOException {
        assertThat(studio.post("/api/drop?name=x.safetensors", Files.readAllBytes(MODEL)).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=x.safetensors", new byte[100]);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("x.safetensors").doesNotContain("draft", "/tmp");
        assertThat(studio.post("/api/trace", "{\"model\": \"dropped/x\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_of_too_many_tensors_is_refused() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 150_000; i++) {
            header.append(i == 0 ? "" : ",").append("\"").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] text = header.append("}").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] file = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).array();
        HttpResponse<byte[]> answer = studio.post("/api/drop?name=many.safetensors", file);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("more than 100000 tensors");
    }
}
