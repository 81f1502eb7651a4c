package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.server.Refusal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * What really lies below a folder: files and folders without a symbolic link on the way there. Whatever else stands in their place (a pipe, a
 * device, a link to somewhere else) is as good as absent: opening it might never end, or lead out.
 */
public final class OwnFiles {
    private OwnFiles() {}

    /**
     * A file as it is now.
     *
     * @param folder where the way begins, which may itself be a link
     * @param file below the folder
     * @return its attributes, or nothing if it is no regular file that lies there
     */
    public static Optional<BasicFileAttributes> file(Path folder, Path file) {
        return at(folder, file).filter(BasicFileAttributes::isRegularFile);
    }

    /**
     * Whether there is a file.
     *
     * @param folder where the way begins
     * @param file below the folder
     * @return false as well if it is something else
     */
    public static boolean isFile(Path folder, Path file) {
        return file(folder, file).isPresent();
    }

    /**
     * Whether there is a folder.
     *
     * @param folder where the way begins
     * @param inner below the folder
     * @return false as well if it is something else
     */
    public static boolean isFolder(Path folder, Path inner) {
        return at(folder, inner).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    /**
     * Refuses a run in which training would write somewhere else, or wait for a pipe: all that it writes to has to lie there.
     *
     * @param run the run
     * @throws Refusal naming what does not
     */
    public static void requireAll(RunFolder run) {
        for (Path folder : List.of(run.path(), run.checkpoints(), run.film(), run.diverged())) {
            if (!isFolder(run.path(), folder)) {
                continue; // What stands in its place was found in the folder above.
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (!attributes.isRegularFile() && !attributes.isDirectory()) {
                        throw new Refusal(409, run.path().relativize(entry) + ": expected a file or folder of the run itself, found "
                                + (attributes.isSymbolicLink() ? "a symbolic link" : "a pipe or device") + "; training would write elsewhere");
                    }
                }
            } catch (IOException | DirectoryIteratorException unreadable) {
                throw new Refusal(409, run.path().getFileName() + ": expected a run whose files can be listed, found one that changes or is locked");
            }
        }
    }

    private static Optional<BasicFileAttributes> at(Path folder, Path place) {
        try {
            Path way = folder;
            BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
            for (Path part : folder.relativize(place)) {
                if (!attributes.isDirectory()) {
                    return Optional.empty();
                }
                way = way.resolve(part);
                attributes = Files.readAttributes(way, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            }
            return Optional.of(attributes);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
