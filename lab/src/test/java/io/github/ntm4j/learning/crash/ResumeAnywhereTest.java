package io.github.ntm4j.learning.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.training.TrainingEvent.Outcome;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.config.ConfigTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is stopped after any update, and goes on in another process with another number of threads, is the unbroken run. */
final class ResumeAnywhereTest {
    private static final int UPDATES = 40;
    private static final String COMMON =
            """
            seed: 11
            training:
              batch: 5
              sequences: 200
              report_interval: 15
              evaluation_interval: 35
              evaluation_sequences: 10
              learning_rate: 0.003
              solved_bits: 0
              sequences_after_solved: 0
              stop_when_solved: false
            """;

    @TempDir
    private Path folder;

    private static Stream<String> settings() {
        return Stream.of(
                "task: {name: copy, max_length: 4, width: 3}\nmachine: {controller_size: 9, rows: 12, width: 5}",
                "task: {name: copy, max_length: 9, width: 3}\nmachine: {type: ntm-ff, controller_size: 9, rows: 12, width: 5}\n"
                        + "training: {segment: 4, optimiser: adam}",
                "task: {name: repeat-copy, max_length: 3, max_repeats: 3}\nmachine: {type: lstm, controller_size: 11}\ntraining: {schedule: cosine, clip: norm}",
                "task: {name: associative-recall, max_items: 3}\nmachine: {controller_size: 9, rows: 12, width: 5, initial_memory: learned}\n"
                        + "training: {optimiser: adam, curriculum: 150, schedule: linear}",
                "task: {name: priority-sort, min_items: 4, max_items: 6}\nmachine: {controller_size: 9, rows: 12, width: 5, read_heads: 2}\ntraining: {solved_bits: 1e9}");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aRunThatIsStoppedAnywhereAndGoesOnInAnotherProcessIsTheUnbrokenRun(String settings) throws Exception {
        stopAndGoOn(settings, 1, 1);
    }

    /** With the five settings, at 25 points. */
    @ParameterizedTest
    @MethodSource("settings")
    @Tag("slow")
    void soItIsAtEachOfFivePoints(String settings) throws Exception {
        stopAndGoOn(settings, 5, 2);
    }

    private void stopAndGoOn(String settings, int points, long seed) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.yaml"), "");
        ConfigTree tree = Yaml.parse(COMMON, "common").with(Yaml.parse(settings, settings));
        RunConfig config = RunConfig.resolve(tree);
        Path unbroken = folder.resolve("unbroken");
        train(unbroken, config, Long.MAX_VALUE, 1);
        RunContent whole = RunContent.of(unbroken);
        assertThat(whole.metrics()).hasSizeGreaterThan(18);
        assertThat(whole.scalars()).hasSizeGreaterThan(60);
        Random64 random = Random64.of(seed, settings, 0);
        for (int i = 0; i < points; i++) {
            long point = 5L * random.nextInt(1, UPDATES - 1);
            Path stopped = folder.resolve("stopped-" + i);
            assertThat(train(stopped, config, point, 1 + i % 3)).isEqualTo(Outcome.STOPPED);
            Process process = TrainingProcess.start(stopped, file, 1 + (i + 1) % 3);
            assertThat(TrainingProcess.ended(process)).as("stopped after %d", point).isTrue();
            assertThat(whole.differences(RunContent.of(stopped)))
                    .as("stopped after %d of 200 sequences, point %d of seed %d", point, i, seed)
                    .isEmpty();
        }
    }

    private static Outcome train(Path path, RunConfig config, long until, int threads) {
        try (Run run = Run.start(path, config, threads, KernelProvider.SIMD)) {
            run.trainer().watch(sequences -> {
                if (sequences >= until) {
                    run.trainer().stop();
                }
            });
            return run.train();
        }
    }
}
