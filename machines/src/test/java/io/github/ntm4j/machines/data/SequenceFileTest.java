package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of sequences is read in any order, each as it stands there. */
final class SequenceFileTest {
    private static final SequenceCoding CODING = SequenceCoding.vectors(1, 1);

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("data.jsonl"), text);
    }

    /** A line whose input counts up from a number. */
    private static String line(int first, int steps) {
        StringBuilder input = new StringBuilder();
        StringBuilder target = new StringBuilder();
        for (int t = 0; t < steps; t++) {
            input.append(t == 0 ? "" : ",").append('[').append(first + t).append(']');
            target.append(t == 0 ? "" : ",").append("[1]");
        }
        return "{\"input\":[" + input + "],\"target\":[" + target + "]}";
    }

    @Test
    void everySequenceIsFoundWhereverItStands() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFF");
        List<Integer> steps = new ArrayList<>();
        // Longer than a block of the reader, with blank lines and both kinds of line ends.
        for (int i = 0; i < 3000; i++) {
            steps.add(1 + i % 17);
            text.append(line(i, 1 + i % 17)).append(i % 3 == 0 ? "\r\n" : "\n").append(i % 5 == 0 ? " \n" : "");
        }
        SequenceFile file = new SequenceFile(write(text.toString().stripTrailing()), CODING);
        assertThat(file.count()).isEqualTo(3000);
        for (int i = 2999; i >= 0; i -= 7) {
            assertThat(file.steps(i)).isEqualTo(steps.get(i));
            SequenceData sequence = file.read(i);
            assertThat(sequence.input()).hasSize(steps.get(i)).startsWith(i);
        }
    }

    @Test
    void equalLinesHaveEqualHashes() throws IOException {
        SequenceFile file = new SequenceFile(write(line(1, 3) + "\n" + line(2, 3) + "\n" + line(1, 3)), CODING);
        assertThat(file.hash(0)).isEqualTo(file.hash(2)).isNotEqualTo(file.hash(1));
    }

    @Test
    void whatIsWrongWithALineIsSaidBeforeAnythingIsTrained() throws IOException {
        Path bad = write(line(1, 3) + "\n\n" + "{\"input\":[[1]]}\n");
        assertThatThrownBy(() -> new SequenceFile(bad, CODING))
                .isInstanceOf(UserException.class)
                .hasMessage(bad + ", line 3: no target; expected {\"input\": [[...], ...], \"target\": [[...], ...]}");
        Path empty = write(" \n");
        assertThatThrownBy(() -> new SequenceFile(empty, CODING)).isInstanceOf(UserException.class).hasMessage(empty + ": expected sequences, found none");
    }

    @Test
    void aFileThatChangesIsNoticed() throws IOException {
        Path path = write(line(1, 3) + "\n" + line(5, 3) + "\n");
        SequenceFile file = new SequenceFile(path, CODING);
        Files.writeString(path, line(1, 3) + "\n" + line(6, 3) + "\n");
        assertThat(file.read(0).input()).startsWith(1);
        assertThatThrownBy(() -> file.read(1)).isInstanceOf(RunFailedException.class).hasMessageEndingWith("found that the file has changed");
        Files.writeString(path, "x", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> file.read(0)).isInstanceOf(RunFailedException.class).hasMessageEndingWith("found that the file has changed");
        Files.delete(path);
        assertThatThrownBy(() -> file.read(0)).isInstanceOf(RunFailedException.class).hasMessageStartingWith("cannot read " + path);
    }

    @Test
    void keysThatMeanNothingDoNotMakeSequencesDifferent() throws IOException {
        Reading ignoring = new Reading(Reading.Format.AUTO, Reading.ExtraKeys.IGNORE, "", "auto", 0, 0, 1);
        Path path = write("{\"id\":1,\"input\":[[1]],\"target\":[[0]]}\n{\"input\":[[1]],\"target\":[[0]],\"id\":2}\n{\"input\":[[0]],\"target\":[[0]],\"id\":2}");
        Sequences file = ignoring.sequences(path, SequenceCoding.vectors(1, 1));
        assertThat(file.hash(0)).isEqualTo(file.hash(1)).isNotEqualTo(file.hash(2));
        assertThat(file.read(1).input()).containsExactly(1);
    }
}
