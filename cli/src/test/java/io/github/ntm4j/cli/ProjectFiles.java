package io.github.ntm4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the project, whose modules' tests run in folders of their own. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /** Where a file or folder of the project is. */
    public static Path find(String relative) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(relative))) {
                return at.resolve(relative);
            }
        }
        throw new IllegalStateException("no " + relative + " above " + Path.of("").toAbsolutePath());
    }
}
