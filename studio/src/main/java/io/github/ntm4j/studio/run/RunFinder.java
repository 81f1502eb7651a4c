package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.MachineId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Finds the runs below a folder: a run is a directory that has settings or, where it was dropped on the page, metrics. There are none inside
 * a run, and symbolic links are not followed.
 */
final class RunFinder {
    private static final int DEPTH = 4;
    /** A folder that has more directories is not one of runs. */
    private static final int MOST = 20_000;

    private final MachineId.Source source;
    private final SequencedMap<String, RunFolder> found = new TreeMap<>();
    private int visited;

    private RunFinder(MachineId.Source source) {
        this.source = source;
    }

    /**
     * All runs.
     *
     * @param source what their names begin with
     * @param folder where they are; it need not exist
     * @return the runs by their names
     */
    static SequencedMap<String, RunFolder> find(MachineId.Source source, Path folder) {
        RunFinder finder = new RunFinder(source);
        if (Files.isDirectory(folder)) {
            finder.look(folder, "", DEPTH);
        }
        return finder.found;
    }

    private void look(Path folder, String prefix, int depth) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String path = prefix + entry.getFileName();
                if (visited < MOST && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && hasName(path)) {
                    visited++;
                    visit(new RunFolder(entry), path, depth);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // What cannot be read is not listed.
        }
    }

    private void visit(RunFolder folder, String path, int depth) {
        boolean run = there(folder.config()) || (source == MachineId.Source.DROPPED && there(folder.metrics()));
        if (run) {
            found.put(source.word() + "/" + path, folder);
        } else if (depth > 1) {
            look(folder.path(), path + "/", depth - 1);
        }
    }

    /** Whatever it is: what is wrong with it is said in the list. */
    private static boolean there(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean hasName(String path) {
        try {
            MachineId.parse(source.word() + "/" + path);
            return true;
        } catch (UserException other) {
            return false;
        }
    }
}
