package io.github.ntm4j.learning.run;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Looks ahead whether a disk has room for what a run is about to write: as much as {@value #CHECKPOINTS} checkpoints, which is about what
 * it has in the end (the last one, the best, those before it, and a film of 32 machines, each a quarter or a third of one). Says so once,
 * and again only after there was room for twice as much.
 */
final class DiskRoom {
    /** How many checkpoints there should be room for. */
    static final int CHECKPOINTS = 16;

    private static final double MEBIBYTE = 1 << 20;

    private final Path folder;
    private final Supplier<OptionalLong> usable;
    private boolean said;

    /** The room in a folder. */
    DiskRoom(Path folder) {
        this(folder, () -> usable(folder.toFile()));
    }

    /** The room as somebody says, in bytes; nothing where it is not known. */
    DiskRoom(Path folder, Supplier<OptionalLong> usable) {
        this.folder = folder;
        this.usable = usable;
    }

    private static OptionalLong usable(File folder) {
        // A file system that does not tell says 0, as a full one does.
        return folder.getTotalSpace() == 0 ? OptionalLong.empty() : OptionalLong.of(folder.getUsableSpace());
    }

    /** What there is to say when a checkpoint of some size was written. */
    Optional<String> after(long bytes) {
        OptionalLong left = usable.get();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        double needed = (double) bytes * CHECKPOINTS;
        if (left.getAsLong() >= needed) {
            said &= left.getAsLong() < 2 * needed;
            return Optional.empty();
        }
        if (said) {
            return Optional.empty();
        }
        said = true;
        return Optional.of(String.format(
                Locale.ROOT, "the disk is nearly full: %s has room for %.1f MiB, and the next %d checkpoints need %.1f MiB",
                folder, left.getAsLong() / MEBIBYTE, CHECKPOINTS, needed / MEBIBYTE));
    }
}
