package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.lab.picture.MissingFontsException;
import io.github.ntm4j.lab.picture.Picture;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a picture as SVG and PNG. */
public final class PictureFiles {
    private PictureFiles() {}

    /** A size as part of a file's name: {@code length20}, {@code length10-repeats5}. */
    public static String words(Size size) {
        return size.toString().replace("=", "").replace(",", "-");
    }

    /** Sees to it that a folder for pictures is there. */
    public static void makeFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserException("cannot write into " + folder + ": it is a file; expected a folder");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder, e);
        }
    }

    /**
     * Writes {@code <name>.svg} and {@code <name>.png}; the second only where there are fonts, and says so where there are none.
     *
     * @return the files written
     */
    public static List<Path> write(Terminal terminal, Picture picture, Path folder, String name) {
        makeFolder(folder);
        List<Path> written = new ArrayList<>();
        Path svg = folder.resolve(name + ".svg");
        AtomicFiles.write(svg, picture.svg());
        written.add(svg);
        try {
            byte[] bytes = picture.png();
            Path png = folder.resolve(name + ".png");
            AtomicFiles.write(png, bytes);
            written.add(png);
        } catch (MissingFontsException e) {
            terminal.err().println("ntm: " + svg + " is written, but no PNG: " + e.getMessage());
        }
        return written;
    }
}
