package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.run.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** The machines that were looked at last, so that a question about one of them does not begin with reading its file. */
public final class Machines {
    private static final int KEPT = 24;

    private final MachineFolders folders;
    /** The one that was asked for longest ago comes first. */
    private final SequencedMap<Key, Loaded> loaded = new LinkedHashMap<>(KEPT, 0.75f, true);

    private record Key(MachineId id, OptionalInt rows) {}

    private record Loaded(FileTime written, LoadedMachine machine) {}

    /**
     * No machine is loaded yet.
     *
     * @param folders where machines lie
     */
    public Machines(MachineFolders folders) {
        this.folders = folders;
    }

    /**
     * Where machines lie.
     *
     * @return the folders
     */
    public MachineFolders folders() {
        return folders;
    }

    /**
     * A machine as its file is now.
     *
     * @param id its name
     * @param rows another number of memory rows than it was trained with
     * @return the machine
     * @throws UserException if there is none, or its file is damaged
     */
    public LoadedMachine get(MachineId id, OptionalInt rows) {
        Path path = folders.locate(id);
        Key key = new Key(id, rows);
        synchronized (loaded) {
            Loaded known = loaded.get(key);
            if (known != null && known.written.equals(written(known.machine.model().file()))) {
                return known.machine;
            }
        }
        Model model = Model.load(path, rows);
        Loaded fresh = new Loaded(written(model.file()), new LoadedMachine(id, model));
        synchronized (loaded) {
            loaded.put(key, fresh);
            if (loaded.size() > KEPT) {
                loaded.pollFirstEntry();
            }
        }
        return fresh.machine;
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }
}
