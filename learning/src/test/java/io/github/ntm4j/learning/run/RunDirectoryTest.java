package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run gets a directory of its own, and nobody's files are mixed with a run's. */
class RunDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void twoRunsOfOneNameGetTwoDirectories() {
        Path runs = folder.resolve("runs");
        assertThat(RunDirectory.next(runs, "copy").path()).isEqualTo(runs.resolve("copy")).isEmptyDirectory();
        assertThat(RunDirectory.next(runs, "copy").path()).isEqualTo(runs.resolve("copy-2"));
        assertThat(RunDirectory.next(runs, "copy").path()).isEqualTo(runs.resolve("copy-3"));
    }

    @Test
    void aDirectoryOfWhichNothingCameIsGoneAndOneThatWasThereBeforeStays() throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        Path used;
        try (RunDirectory made = RunDirectory.of(folder.resolve("made"));
                RunDirectory there = RunDirectory.of(before);
                RunDirectory run = RunDirectory.next(folder, "run")) {
            assertThat(made.path()).isEmptyDirectory();
            assertThat(there.made()).isFalse();
            used = Files.writeString(run.path().resolve("config.yaml"), "seed: 1\n");
        }
        assertThat(folder.resolve("made")).doesNotExist();
        assertThat(before).isEmptyDirectory();
        assertThat(used).hasContent("seed: 1\n");
    }

    @Test
    void theFolderOfAllRunsIsGoneWithTheFirstIfNothingCameOfIt() {
        Path runs = folder.resolve("runs");
        try (RunDirectory first = RunDirectory.next(runs, "copy")) {
            assertThat(first.path()).isEmptyDirectory();
        }
        assertThat(runs).doesNotExist();
        try (RunDirectory first = RunDirectory.next(runs, "copy")) {
            RunDirectory.next(runs, "copy");
            assertThat(first.folderMade()).isTrue();
        }
        assertThat(runs.resolve("copy-2")).isEmptyDirectory();
    }

    @Test
    void aDirectoryWithOtherFilesIsRefusedAndLeftAsItIs() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear diary");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunDirectory.of(folder))
                .withMessage("--out " + folder + ": expected a new or empty directory, found files in it");
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> RunDirectory.of(letter))
                .withMessage("--out " + letter + ": it is a file; expected a new or empty directory");
        assertThat(letter).hasContent("Dear diary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yaml", "metrics.jsonl", "sweep.yaml"})
    void whetherToGoOnWithWhatIsThereIsForOthersToSay(String file) throws IOException {
        Files.writeString(folder.resolve(file), "");
        try (RunDirectory directory = RunDirectory.of(folder)) {
            assertThat(directory.made()).isFalse();
        }
        assertThat(folder.resolve(file)).exists();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> RunDirectory.of(file.resolve("run")))
                .withMessageStartingWith("cannot write " + file.resolve("run") + ": ");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(() -> RunDirectory.next(file, "run"))
                .withMessageStartingWith("cannot write " + file + ": ");
    }
}
