package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the machines of the studio lie.
 *
 * @param models the folder of the machines that come with ntm4j
 * @param runs the folder of all runs
 * @param dropped the folder of the files that were dropped on the page
 */
public record MachineFolders(Path models, Path runs, Path dropped) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?<![\\w.~/-])/(?:[^\\s:,;'\"()/]+/)*([^\\s:,;'\"()/]+)");
    private static final Pattern QUOTED = Pattern.compile("'(?![\\w./@+=,-]{1,80}')[^']*'");

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
     * A line for the page: files are called by the names of their machines and runs there, others by their own name, and quotations that
     * are no names are left out.
     *
     * @param line what is wrong
     * @return the same without paths of this computer
     */
    public String plain(String line) {
        String plain = line;
        for (MachineId.Source source : MachineId.Source.values()) {
            for (Path root : List.of(real(of(source)), of(source).toAbsolutePath(), of(source))) {
                plain = plain.replaceAll("(?<![\\w./-])" + Pattern.quote(root + "/"), source.word() + "/");
            }
        }
        return QUOTED.matcher(ABSOLUTE.matcher(plain).replaceAll("$1")).replaceAll("'…'");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * The file of a machine.
     *
     * @param id its name
     * @return a regular file that lies in the folder of its source, without a link on the way
     * @throws UserException if there is no such machine
     */
    public Path machine(MachineId id) {
        Path root = root(id);
        Path place = place(root, id);
        List<Path> files;
        if (id.checkpoint().isPresent()) {
            files = List.of(checkpoint(new RunFolder(place), id.checkpoint().get()));
        } else if (id.source() == MachineId.Source.RUNS || OwnFiles.isFolder(root, place)) {
            RunFolder run = new RunFolder(place);
            files = Stream.concat(Stream.of(run.best()), run.kept().stream()).toList();
        } else {
            files = List.of(place(root, id.path() + SUFFIX, id));
        }
        boolean empty = id.checkpoint().isEmpty() && OwnFiles.isFolder(root, place);
        return files.stream()
                .filter(file -> OwnFiles.isFile(root, file))
                .findFirst()
                .orElseThrow(() -> empty ? new UserException(id + ": expected a run with checkpoints/last.safetensors, found none") : none(id));
    }

    private Path root(MachineId id) {
        try {
            return of(id.source()).toRealPath();
        } catch (IOException absent) {
            throw none(id);
        }
    }

    private static Path place(Path root, MachineId id) {
        return place(root, id.path(), id);
    }

    private static Path place(Path root, String path, MachineId id) {
        try {
            return root.resolve(path);
        } catch (InvalidPathException inThisLanguage) {
            throw none(id);
        }
    }

    private static UserException none(MachineId id) {
        return new UserException("machine: expected one that exists, found none called " + id);
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
        Path root = root(id);
        Path folder = place(root, id);
        if (!OwnFiles.isFolder(root, folder)) {
            throw none(id);
        }
        return new RunFolder(folder);
    }
}
