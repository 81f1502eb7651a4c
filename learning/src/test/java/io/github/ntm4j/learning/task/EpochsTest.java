package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.data.SequenceCoding;
import io.github.ntm4j.machines.data.SequenceFile;
import io.github.ntm4j.machines.episode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which training sees a file, and what it holds back: all orders are as likely, and each epoch and stretch has its own. */
class EpochsTest {
    private static final int STRETCH = 64;

    @TempDir
    private Path folder;

    /** A file in which sequence i has {@code shortest + i * more} steps and begins with the number i. */
    private Path file(int count, int shortest, int more) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int steps = shortest + i * more;
            lines.add("{\"input\":[[" + i + "]" + ",[0]".repeat(steps - 1) + "],\"target\":[[1]" + ",[0]".repeat(steps - 1) + "]}");
        }
        return Files.write(folder.resolve("data.jsonl"), lines);
    }

    private static Epochs epochs(Path file, int count) {
        return new Epochs(new SequenceFile(file, SequenceCoding.vectors(1, 1)), IntStream.range(0, count).toArray());
    }

    /** So many sequences in the order of training, in batches of one. */
    private static List<Integer> seen(Epochs epochs, long seed, int from, int count) {
        Sequence[] batch = {new Sequence(1, 1)};
        List<Integer> seen = new ArrayList<>();
        for (int first = from; first < from + count; first++) {
            epochs.fill(batch, seed, first, Random64.of(0, "", 0));
            seen.add((int) batch[0].input()[0]);
        }
        return seen;
    }

    @Test
    void eachEpochHasAnOrderOfItsOwn() throws IOException {
        Epochs epochs = epochs(file(2 * STRETCH, 1, 0), 2 * STRETCH);
        List<Integer> half = seen(epochs, 1, 0, STRETCH);
        assertThat(new HashSet<>(seen(epochs, 1, 2 * STRETCH, STRETCH))).hasSize(STRETCH).isNotEqualTo(new HashSet<>(half));
    }

    /** Sorted by length, then shuffled: where the shortest comes, and the next, differs from stretch to stretch. */
    @Test
    void eachStretchIsShuffledInItsOwnWay() throws IOException {
        Epochs epochs = epochs(file(2 * STRETCH, 1, 1), 2 * STRETCH);
        List<Integer> one = ranks(seen(epochs, 1, 0, STRETCH));
        List<Integer> other = ranks(seen(epochs, 1, STRETCH, STRETCH));
        assertThat(one).isNotEqualTo(other).isNotEqualTo(IntStream.range(0, STRETCH).boxed().toList());
    }

    private static List<Integer> ranks(List<Integer> numbers) {
        List<Integer> sorted = numbers.stream().sorted().toList();
        return numbers.stream().map(sorted::indexOf).toList();
    }

    /** In a permutation drawn evenly one place on average keeps its own; a shuffle that never leaves a place alone has none. */
    @Test
    void everyOrderIsAsLikely() throws IOException {
        Path file = file(STRETCH, 1, 1);
        int draws = 100;
        int kept = 0;
        for (int seed = 0; seed < draws; seed++) {
            List<Integer> ranks = ranks(seen(epochs(file, STRETCH), seed, 0, STRETCH));
            kept += (int) IntStream.range(0, STRETCH).filter(i -> ranks.get(i) == i).count();
        }
        assertThat(kept / (double) draws).isBetween(0.7, 1.3);
    }

    /** A tenth of them, rounded: 0.1 of 26 are 3, and one at least. */
    @ParameterizedTest
    @CsvSource({"10, 1", "14, 1", "15, 2", "24, 2", "26, 3", "100, 10", "2, 1"})
    void theShareThatIsHeldBackIsRounded(int count, int held) throws IOException {
        assertThat(task(file(count, 1, 1)).testSequences(Size.ALL)).isEqualTo(held);
    }

    @Test
    void theMaskOfTheFileIsThatOfTheSequence() throws IOException {
        Path file = Files.write(
                folder.resolve("masked.jsonl"),
                List.of(
                        "{\"input\":[[1],[0],[1]],\"target\":[[1],[0],[1]],\"mask\":[1,0,0.25]}",
                        "{\"input\":[[0],[0],[1]],\"target\":[[1],[1],[0]],\"mask\":[1,0,0.25]}"));
        DataTask task = task(file);
        Sequence held = new Sequence(1, 1);
        task.test(Size.ALL, 1, "test", 0, Random64.of(0, "", 0), held);
        assertThat(held.mask()).startsWith(1, 0, 0.25f);
        Sequence[] batch = {new Sequence(1, 1)};
        task.fill(batch, 1, 0, 1, Random64.of(0, "", 0));
        assertThat(batch[0].mask()).startsWith(1, 0, 0.25f);
    }

    private static DataTask task(Path file) {
        ConfigTree given = ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString())), "test");
        return ConfigTree.of(Map.of("task", Settings.describe(DataConfig.DEFAULT)), "defaults")
                .overriddenBy(DataSurvey.complete(given))
                .bind(DataConfig.class, "task")
                .create();
    }
}
