package io.github.ntm4j.learning.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.KeptCheckpoints;
import io.github.ntm4j.learning.run.MetricsLine;
import io.github.ntm4j.learning.run.MetricsReader;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that does little but write checkpoints is killed at random moments, again and again, until it has come to its end: it always
 * goes on, has lost less than an interval each time, and ends as the run that nobody killed.
 */
final class KillTest {
    private static final int INTERVAL = 10;
    private static final String SETTINGS =
            """
            seed: 5
            task: {name: copy, max_length: 2, width: 2}
            machine: {controller_size: 4, rows: 4, width: 3}
            training:
              batch: 5
              sequences: 1500
              report_interval: 5
              evaluation_interval: 10
              evaluation_sequences: 2
              learning_rate: 0.001
              solved_errors: 2
              solved_bits: 1e9
              stop_when_solved: false
            """;

    @TempDir
    private Path folder;

    private Path settings;
    private RunContent whole;

    private int beforeTheFirst;
    private int rounds;

    @Test
    void aRunThatIsKilled50TimesAlwaysGoesOnAndEndsAsTheUnbrokenOne() throws Exception {
        kill(50, 1);
    }

    @Test
    @Tag("slow")
    void aRunThatIsKilled1000TimesAlwaysGoesOnAndEndsAsTheUnbrokenOne() throws Exception {
        kill(1000, 2);
    }

    private void kill(int times, long seed) throws Exception {
        settings = Files.writeString(folder.resolve("settings.yaml"), SETTINGS);
        RunConfig config = TrainingProcess.config(settings);
        Path unbroken = folder.resolve("unbroken");
        try (Run run = Run.start(unbroken, config, 1, KernelProvider.SIMD)) {
            run.train();
        }
        whole = RunContent.of(unbroken);
        Random64 random = Random64.of(seed, "kill", 0);
        Path path = folder.resolve("run-1");
        for (int i = 1; i <= times; i++) {
            Process process = TrainingProcess.start(path, settings, 1);
            String moment = "kill " + i + " of seed " + seed;
            // Now and then before it trains, mostly while it does.
            boolean early = random.nextInt(1, 8) == 1;
            if (!early) {
                TrainingProcess.awaitReady(process);
            }
            process.waitFor(early ? random.nextInt(0, 500_000) : random.nextInt(0, 60_000), TimeUnit.MICROSECONDS);
            process.destroyForcibly().waitFor();
            assertThat(process.exitValue()).as("%s: killed (137), or ended before (0)", moment).isIn(137, 0);
            check(path, moment);
            if (process.exitValue() == 0) {
                path = next(path, moment);
            }
        }
        Process last = TrainingProcess.start(path, settings, 2);
        assertThat(TrainingProcess.ended(last)).isTrue();
        next(path, "the end of seed " + seed);
        System.out.println(times + " kills, seed " + seed + ": " + rounds + " runs came to their end, " + beforeTheFirst
                + " kills were before a first checkpoint");
    }

    /** A run came to its end; another begins. */
    private Path next(Path path, String moment) throws IOException {
        assertThat(whole.differences(RunContent.of(path))).as(moment).isEmpty();
        rounds++;
        return folder.resolve("run-" + (rounds + 1));
    }

    private void check(Path path, String moment) {
        RunFolder run = new RunFolder(path);
        if (!KeptCheckpoints.exist(run)) {
            beforeTheFirst++;
            return; // Nothing was trained: the next process begins.
        }
        KeptCheckpoints.Found found = KeptCheckpoints.newest(run);
        assertThat(found.skipped()).as(moment).isEmpty();
        for (Path kept : run.kept()) {
            if (Files.exists(kept)) {
                KeptCheckpoints.load(kept);
            }
        }
        List<MetricsLine> lines = MetricsReader.read(run, MetricsReader.Position.START).lines();
        long reached = lines.stream().mapToLong(MetricsLine::sequences).max().orElse(0);
        long kept = Checkpoints.progress(found.model()).sequences();
        assertThat(reached - kept).as("%s: what is lost", moment).isLessThanOrEqualTo(INTERVAL);
    }
}
