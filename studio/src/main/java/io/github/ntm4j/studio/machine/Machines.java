package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * The machines that were looked at last, so that a question about one of them does not begin with reading its file. They are kept as long as
 * they have room together.
 */
public final class Machines {
    /** A file becomes numbers, and those the numbers of a machine, while it is read. */
    private static final long COPIES = 4;

    private final MachineFolders folders;
    private final Room room;
    private final long most;
    /** The one that was asked for longest ago comes first. */
    private final SequencedMap<Key, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

    private long kept;

    private record Key(MachineId id, OptionalInt rows) {}

    private record Loaded(FileTime written, LoadedMachine machine) {}

    /**
     * No machine is loaded yet.
     *
     * @param folders where machines lie
     * @param room what requests may take
     * @param most bytes of the machines that are kept
     */
    public Machines(MachineFolders folders, Room room, long most) {
        this.folders = folders;
        this.room = room;
        this.most = most;
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
     * What requests may take.
     *
     * @return the room that all share
     */
    public Room room() {
        return room;
    }

    /**
     * A machine as its file is now.
     *
     * @param id its name
     * @param rows another number of memory rows than it was trained with
     * @return the machine
     * @throws UserException if there is none, its file is damaged, or there is no room for it
     */
    public LoadedMachine get(MachineId id, OptionalInt rows) {
        Path path = folders.machine(id);
        Key key = new Key(id, rows);
        FileTime written = written(path);
        synchronized (loaded) {
            Loaded known = loaded.get(key);
            if (known != null && known.machine.model().file().equals(path) && known.written.equals(written)) {
                return known.machine;
            }
        }
        long needed = size(path) * COPIES;
        if (rows.isPresent()) {
            LoadedMachine own = get(id, OptionalInt.empty());
            needed = own.storedBytes(rows);
            room.require(id.toString(), needed + own.sessionBytes(rows, 1));
        }
        try (Room.Held _ = room.take(id.toString(), needed)) {
            LoadedMachine machine = new LoadedMachine(id, Model.load(path, rows));
            keep(key, new Loaded(written, machine));
            return machine;
        }
    }

    private void keep(Key key, Loaded fresh) {
        long bytes = fresh.machine.bytes();
        synchronized (loaded) {
            Loaded before = loaded.remove(key);
            kept -= before == null ? 0 : before.machine.bytes();
            if (bytes > most / 2) {
                return;
            }
            loaded.put(key, fresh);
            kept += bytes;
            while (kept > most) {
                kept -= Objects.requireNonNull(loaded.pollFirstEntry()).getValue().machine.bytes();
            }
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }
}
