package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder of very many runs. */
class ManyRunsTest {
    private static final int RUNS = 1500;
    private static final int LINES = 300;
    private static final int ASKED = 5;

    @TempDir
    private Path runs;

    private void write() throws IOException {
        StringBuilder metrics = new StringBuilder();
        for (int i = 1; i <= LINES; i++) {
            metrics.append("{\"kind\":\"train\",\"sequences\":%d,\"bits_per_sequence\":9.0,\"bit_errors_per_sequence\":3.0,\"learning_rate\":0.001,".formatted(100 * i))
                    .append("\"gradient_norm\":1.0,\"clipped\":0.0,\"skipped\":0,\"seconds\":%d.0}\n".formatted(i));
        }
        metrics.append("{\"kind\":\"finished\",\"sequences\":30000,\"outcome\":\"budget\",\"seconds\":301.0}\n");
        for (int i = 0; i < RUNS; i++) {
            Path run = Files.createDirectory(runs.resolve("lauf nummer " + i));
            Files.writeString(run.resolve("config.yaml"), "seed: %d\ntask:\n  name: copy\ntraining:\n  sequences: %d\n".formatted(i, 1000 + i));
            Files.writeString(run.resolve("metrics.jsonl"), metrics);
        }
    }

    /** On two quiet cores the first list takes about a second, and the others a fifth of that; here there is room for others at work. */
    @Test
    void all_are_listed_and_what_has_not_changed_is_not_read_again() throws IOException {
        write();
        try (TestStudio studio = new TestStudio(runs)) {
            long began = System.nanoTime();
            JsonNode list = JsonMapper.builder().build().readTree(studio.get("/api/runs").body()).get("runs");
            long first = System.nanoTime() - began;
            assertThat(list).hasSize(RUNS);
            for (JsonNode run : list) {
                String id = run.get("id").asString();
                int number = Integer.parseInt(id.substring(id.lastIndexOf(' ') + 1));
                assertThat(run.get("seed").asInt()).isEqualTo(number);
                assertThat(run.get("budget").asInt()).isEqualTo(1000 + number);
                assertThat(run.get("group").asString()).startsWith("lauf nummer");
                assertThat(run.get("sequences").asInt()).isEqualTo(30_000);
                assertThat(run.get("state").asString()).isEqualTo("finished");
                assertThat(run.get("sketch").size()).isBetween(20, 64);
            }
            long best = Long.MAX_VALUE;
            for (int i = 0; i < ASKED; i++) {
                began = System.nanoTime();
                studio.get("/api/runs");
                best = Math.min(best, System.nanoTime() - began);
            }
            System.out.printf("%,d runs: %,d ms at first, then %,d ms%n", RUNS, TimeUnit.NANOSECONDS.toMillis(first), TimeUnit.NANOSECONDS.toMillis(best));
            assertThat(best / 1e9).isLessThan(4);
        }
    }
}
