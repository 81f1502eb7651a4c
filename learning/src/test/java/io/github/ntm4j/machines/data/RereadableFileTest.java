package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RereadableFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileALinkAndAFolderAreLeftToWhoeverReadsThem() throws Exception {
        Path file = Files.writeString(folder.resolve("data.jsonl"), "{}");
        for (Path path : new Path[] {file, folder, Files.createSymbolicLink(folder.resolve("link"), file), folder.resolve("none")}) {
            assertThatCode(() -> RereadableFile.require(path)).doesNotThrowAnyException();
        }
    }

    /** Opening it would wait for somebody to write. */
    @Test
    @Timeout(60)
    @EnabledOnOs(value = OS.LINUX, disabledReason = "mkfifo and /dev/null are those of Linux")
    void aPipeIsRefusedWithoutOpeningIt() throws Exception {
        Path pipe = folder.resolve("pipe.jsonl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        for (Path path : new Path[] {pipe, Path.of("/dev/null")}) {
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> RunConfig.resolve(ConfigTree.of(Map.of("task.name", "data", "task.file", path.toString()), "test")))
                    .withMessage("cannot read " + path + ": expected a file that can be read more than once, found a pipe or a device; "
                            + "write the sequences to a file first");
            assertThatExceptionOfType(UserException.class)
                    .isThrownBy(() -> new SequenceFile(path, SequenceCoding.vectors(1, 1)))
                    .withMessageContaining("read more than once");
        }
    }
}
