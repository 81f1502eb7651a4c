package io.github.ntm4j.learning.run;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The directory of a run or a sweep to be: made here, so that no two runs take the same, and removed again if nothing comes of it.
 *
 * @param path the directory
 * @param made whether it was made here
 * @param folderMade whether the folder it is in was made for it
 */
public record RunDirectory(Path path, boolean made, boolean folderMade) implements AutoCloseable {
    private static final int MOST = 100_000;

    /** What a sweep has that a run has not. */
    private static final String SWEEP = "sweep.yaml";

    /**
     * The first free one of {@code copy-ntm-lstm-seed1}, {@code copy-ntm-lstm-seed1-2} and so on in a folder of runs.
     *
     * @param runs the folder, made if it is not there
     * @param config settings of the run to be
     * @return a new directory
     * @throws RunFailedException if it cannot be made
     */
    public static RunDirectory next(Path runs, RunConfig config) {
        return next(runs, name(config));
    }

    /**
     * What a run is called unless somebody says otherwise.
     *
     * @param config its settings
     * @return such as {@code copy-ntm-lstm-seed1}
     */
    public static String name(RunConfig config) {
        return config.task().label() + "-" + config.machine().name() + "-seed" + config.seed();
    }

    /**
     * The first free one of {@code name}, {@code name-2} and so on in a folder.
     *
     * @param runs the folder, made if it is not there
     * @param name what the directory is called if it can be
     * @return a new directory
     * @throws RunFailedException if it cannot be made
     */
    public static RunDirectory next(Path runs, String name) {
        try {
            boolean there = Files.isDirectory(runs);
            Files.createDirectories(runs);
            for (int i = 1; i < MOST; i++) {
                Path path = runs.resolve(i == 1 ? name : name + "-" + i);
                try {
                    return new RunDirectory(Files.createDirectory(path), true, !there);
                } catch (FileAlreadyExistsException taken) {
                    // The next number, then.
                }
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(runs, e);
        }
        throw new RunFailedException(runs + ": there are too many directories called " + name);
    }

    /**
     * The one that was asked for by {@code --out}, which may be there but must be empty.
     *
     * @param path the directory
     * @return the directory, made if it was not there
     * @throws UserException if it is a file, or holds files that are neither a run nor a sweep
     * @throws RunFailedException if it cannot be made
     */
    public static RunDirectory of(Path path) {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new UserException("--out " + path + ": it is a file; expected a new or empty directory");
            }
            boolean there = Files.isDirectory(path);
            if (there && holdsSomethingElse(path)) {
                throw new UserException("--out " + path + ": expected a new or empty directory, found files in it");
            }
            Files.createDirectories(path);
            return new RunDirectory(path, !there, false);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
    }

    /** Whether there are files, but no run or sweep: whoever begins one says how to go on with what is there. */
    private static boolean holdsSomethingElse(Path path) throws IOException {
        RunFolder run = new RunFolder(path);
        if (Stream.of(run.config(), run.checkpoints(), run.metrics(), run.film(), path.resolve(SWEEP)).anyMatch(Files::exists)) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isPresent();
        }
    }

    /** Removes the directory if it was made here and is still empty, and then the folder it is in if that was made for it. */
    @Override
    public void close() {
        if (made) {
            try {
                Files.deleteIfExists(path);
                if (folderMade) {
                    Files.deleteIfExists(Objects.requireNonNull(path.toAbsolutePath().getParent()));
                }
            } catch (IOException inUse) {
                // It holds a run.
            }
        }
    }
}
