package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file to train on is read to find out its form, and again for every sequence that is drawn. */
public final class RereadableFile {
    private RereadableFile() {}

    /**
     * Refuses what can be read only once, such as a pipe.
     *
     * @param file a file of sequences
     * @throws UserException if it is there, but neither a regular file nor a folder
     */
    public static void require(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new UserException("cannot read " + file
                    + ": expected a file that can be read more than once, found a pipe or a device; write the sequences to a file first");
        }
    }
}
