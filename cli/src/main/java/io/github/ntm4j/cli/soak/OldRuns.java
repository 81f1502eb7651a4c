package io.github.ntm4j.cli.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the disk bounded: of the runs that have ended, only the latest stay. */
final class OldRuns {
    private final Path folder;
    private final int kept;
    private final Deque<Path> ended = new ArrayDeque<>();

    /**
     * No run has ended.
     *
     * @param folder where they are
     * @param kept how many stay
     */
    OldRuns(Path folder, int kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /** Where the runs are. */
    Path folder() {
        return folder;
    }

    /** Takes in one more, and deletes the one that is now too old. */
    void ended(Path run) throws IOException {
        ended.add(run);
        if (ended.size() > kept) {
            FolderTree.delete(ended.remove());
        }
    }
}
