package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the machines of the studio lie.
 *
 * @param models the folder of the machines that come with ntm4j
 * @param runs the folder of all runs
 * @param dropped the folder of the files that were dropped on the page
 */
public record MachineFolders(Path models, Path runs, Path dropped) {
    private static final String SUFFIX = ".safetensors";

    /**
     * The folder of a source.
     *
     * @param source a source
     * @return its folder, which need not exist
     */
    public Path of(MachineId.Source source) {
        return switch (source) {
            case MODELS -> models;
            case RUNS -> runs;
            case DROPPED -> dropped;
        };
    }

    /**
     * The file or run directory of a machine, as {@code Model.load} takes it.
     *
     * @param id its name
     * @return a path inside the folder of its source, also where symbolic links are followed
     * @throws UserException if there is no such machine
     */
    public Path locate(MachineId id) {
        Path root = of(id.source());
        boolean run = id.source() == MachineId.Source.RUNS || Files.isDirectory(root.resolve(id.path()));
        Path path = root.resolve(run ? id.path() : id.path() + SUFFIX);
        if (id.checkpoint().isPresent()) {
            path = checkpoint(new RunFolder(path), id.checkpoint().get());
        }
        try {
            Path real = path.toRealPath();
            if (real.startsWith(root.toRealPath())) {
                return real;
            }
        } catch (IOException absent) {
            // Said below, in the same words as for a path that leads out.
        }
        throw new UserException("machine: expected one that exists, found none called " + id);
    }

    private static Path checkpoint(RunFolder run, String which) {
        return switch (which) {
            case "best" -> run.best();
            case "last" -> run.last();
            default -> run.path().resolve("film").resolve(which + SUFFIX);
        };
    }

    /**
     * The directory of a run.
     *
     * @param id the name of a run
     * @return the run
     * @throws UserException if there is no such run
     */
    public RunFolder run(MachineId id) {
        if (id.source() == MachineId.Source.MODELS || id.checkpoint().isPresent()) {
            throw new UserException("run: expected a name such as runs/copy-ntm-lstm-seed1, got " + id);
        }
        Path folder = locate(id);
        if (!Files.isDirectory(folder)) {
            throw new UserException("run: expected a run directory, found a file called " + id);
        }
        return new RunFolder(folder);
    }
}
