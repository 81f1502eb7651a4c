package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.episode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training sees each sequence of a file once an epoch, in batches of like lengths, and never one that is held back. */
final class DataTaskTest {
    private static final int SEQUENCES = 500;

    @TempDir
    private Path folder;

    /** A file in which sequence i begins with the number i and has 1 to 40 steps. */
    private Path file(int count) throws IOException {
        Random64 random = Random64.of(2, "file", 0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int steps = random.nextInt(1, 40);
            lines.add("{\"input\":[" + ("[" + i + "],").repeat(steps).replaceFirst(",$", "") + "],\"target\":["
                    + "[0.5],".repeat(steps).replaceFirst(",$", "") + "]}");
        }
        return Files.write(folder.resolve("data.jsonl"), lines);
    }

    private static DataConfig config(Path file, String... assignments) {
        ConfigTree given = ConfigTree.of(Map.of("task", Map.of("name", "data", "file", file.toString(), "scale", "none")), "test");
        for (String assignment : assignments) {
            given = given.with(ConfigTree.assignment(assignment));
        }
        return ConfigTree.of(Map.of("task", Settings.describe(DataConfig.DEFAULT)), "defaults")
                .overriddenBy(DataSurvey.complete(given))
                .bind(DataConfig.class, "task");
    }

    private static Sequence[] batch(int size) {
        Sequence[] batch = new Sequence[size];
        for (int i = 0; i < size; i++) {
            batch[i] = new Sequence(1, 1);
        }
        return batch;
    }

    /** What training sees after some sequences. */
    private static List<Integer> seen(DataTask task, int size, long seed, long first) {
        Sequence[] batch = batch(size);
        task.fill(batch, seed, first, 1, Random64.of(0, "", 0));
        return Arrays.stream(batch).map(sequence -> (int) sequence.input()[0]).toList();
    }

    private static Set<Integer> tested(DataTask task) {
        Set<Integer> tested = new HashSet<>();
        Sequence sequence = new Sequence(1, 1);
        for (int i = 0; i < task.testSequences(Size.ALL); i++) {
            task.test(Size.ALL, 1, "test", i, Random64.of(0, "", 0), sequence);
            tested.add((int) sequence.input()[0]);
        }
        return tested;
    }

    @Test
    void everySequenceIsEitherHeldBackOrSeenOnceAnEpoch() throws IOException {
        DataTask task = config(file(SEQUENCES)).create();
        assertThat(task.testSequences(Size.ALL)).isEqualTo(50);
        assertThat(task.trainingSequences()).isEqualTo(450);
        Set<Integer> held = tested(task);
        assertThat(held).hasSize(50);
        Map<Integer, Integer> times = new TreeMap<>();
        int size = 5;
        // Four stretches of 64 batches, 1,280 sequences, are two epochs and most of a third.
        for (long first = 0; first < 4 * 64 * size; first += size) {
            seen(task, size, 7, first).forEach(index -> times.merge(index, 1, Integer::sum));
        }
        assertThat(times).hasSize(450).doesNotContainKeys(held.toArray(Integer[]::new));
        assertThat(times.values()).allMatch(count -> count == 2 || count == 3);
    }

    @Test
    void batchesHaveLikeLengths() throws IOException {
        DataTask task = config(file(SEQUENCES)).create();
        Sequence[] batch = batch(8);
        long steps = 0;
        long run = 0;
        for (long first = 0; first < 64 * 8; first += 8) {
            task.fill(batch, 3, first, 1, Random64.of(0, "", 0));
            int longest = 0;
            for (Sequence sequence : batch) {
                steps += sequence.steps();
                longest = Math.max(longest, sequence.steps());
            }
            run += 8L * longest;
        }
        assertThat((run - steps) / (double) run).as("share of steps behind the ends of sequences").isLessThan(0.03);
    }

    @Test
    void whereABatchIsFoundDependsOnTheSeedAndOnWhatCameBeforeOnly() throws IOException {
        Path file = file(SEQUENCES);
        DataTask task = config(file).create();
        List<List<Integer>> inTurn = new ArrayList<>();
        for (long first = 0; first < 300 * 4; first += 4) {
            inTurn.add(seen(task, 4, 9, first));
        }
        DataTask again = config(file).create();
        for (int i : new int[] {299, 0, 64, 63, 128, 1, 299}) {
            assertThat(seen(again, 4, 9, 4L * i)).as("batch %d", i).isEqualTo(inTurn.get(i));
        }
        assertThat(seen(again, 4, 10, 0)).isNotEqualTo(inTurn.getFirst());
    }

    @Test
    void theSplitDependsOnItsSeedAndOnTheLinesOnly() throws IOException {
        Path file = file(SEQUENCES);
        Set<Integer> held = tested(config(file).create());
        assertThat(tested(config(file).create())).isEqualTo(held);
        assertThat(tested(config(file, "task.split_seed=2").create())).isNotEqualTo(held).hasSize(50);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.reverse(lines);
        assertThat(tested(config(Files.write(folder.resolve("reversed.jsonl"), lines)).create())).isEqualTo(held);
        lines.addAll(List.copyOf(lines));
        DataTask twice = config(Files.write(folder.resolve("twice.jsonl"), lines)).create();
        assertThat(tested(twice)).as("equal lines on one side").isEqualTo(held);
        assertThat(twice.trainingSequences()).isEqualTo(900);
    }

    @Test
    void evaluationsCanHaveAFileOfTheirOwn() throws IOException {
        Path file = file(30);
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"input\":[[77],[1]],\"target\":[[0.5],[2]]}\n");
        DataTask task = config(file, "task.validation_file=" + other).create();
        assertThat(tested(task)).containsExactly(77);
        assertThat(task.trainingSequences()).isEqualTo(30);
        assertThat(tested(config(file).measuring(other))).containsExactly(77);
    }

    @Test
    void sizesAreTheLengthsThatThereAre() throws IOException {
        DataTask task = config(file(SEQUENCES)).create();
        assertThat(task.parse("all")).isEqualTo(Size.ALL);
        Sequence sequence = new Sequence(1, 1);
        Size some = Size.of("length", 12);
        task.generate(some, Random64.of(1, "x", 0), sequence);
        assertThat(sequence.steps()).isBetween(8, 16);
        assertThatThrownBy(() -> task.parse("length=41")).isInstanceOf(UserException.class).hasMessageContaining("length from 1 to 40");
        assertThat(task.testSequences(Size.of("length", 4000))).isZero();
    }

    @Test
    void aFileNeedsSequencesForBothSides() throws IOException {
        Path one = file(1);
        assertThatThrownBy(() -> config(one).create())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("expected sequences to train on beside those held back");
    }

    @Test
    void aFileThatHasChangedIsRefused() throws IOException {
        DataConfig config = config(file(SEQUENCES));
        file(SEQUENCES - 1);
        assertThatThrownBy(config::create).isInstanceOf(UserException.class).hasMessageContaining("expected the file with the SHA-256 " + config.source().sha256());
    }
}
