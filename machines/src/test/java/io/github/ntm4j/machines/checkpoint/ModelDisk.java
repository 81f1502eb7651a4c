package io.github.ntm4j.machines.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that keeps what is durable apart from what was only written. Content is durable once it is forced; names are once their folder
 * is. When the power fails, of the content that was not forced there may be nothing, a beginning, noughts, or all; and of the changes of
 * names since the folder was forced, any may be lost and any kept. A change of a name, such as a move, is kept whole or lost whole.
 *
 * <p>The files that the running process sees are those of a real folder. Each operation may fail.
 */
final class ModelDisk implements AtomicFiles.Disk {
    /** What happens to the operation that fails. */
    enum Failure {
        /** It does nothing; a write has written half. */
        NO_SPACE("No space left on device"),
        /** The same, and what was written and not forced is gone from the cache, as it is where writing back has failed. */
        INPUT_OUTPUT("Input/output error"),
        /** It has done everything, and yet says that it failed. */
        DONE_AND_DENIED("Interrupted system call"),
        /** None is done any more. */
        DEATH("dead");

        final String reason;

        Failure(String reason) {
            this.reason = reason;
        }
    }

    /** A file without its name. */
    private static final class Inode {
        byte[] written = {};
        byte @Nullable [] durable;
        boolean lost;

        /** What may be left of it after a power failure. */
        List<byte[]> remains() {
            byte[] forced = durable;
            if (forced != null && Arrays.equals(forced, written)) {
                return List.of(forced);
            }
            List<byte[]> remains = new ArrayList<>(List.of(
                    forced == null ? new byte[0] : forced, Arrays.copyOf(written, written.length / 2), new byte[written.length]));
            if (!lost) {
                remains.add(written);
            }
            return remains;
        }
    }

    /** A change of names: files by name, no file where a name goes. */
    private record Change(Map<Path, @Nullable Inode> names) {}

    private final AtomicFiles.Disk disk = AtomicFiles.RealDisk.INSTANCE;
    private final Map<Path, Inode> names = new TreeMap<>();
    private final Map<Path, Inode> durable = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();
    private final Map<OutputStream, Inode> open = new HashMap<>();
    private final List<String> operations = new ArrayList<>();
    private final boolean links;
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MAX_VALUE;
    private Failure failure = Failure.NO_SPACE;

    ModelDisk(boolean links) {
        this.links = links;
    }

    /** From now on the operations from the first-th to the last-th fail. */
    void fail(int from, int to, Failure how) {
        operations.clear();
        first = from;
        last = to;
        failure = how;
    }

    /** The process dies at the k-th operation from now on: nothing more is done, not even to tidy up. */
    void die(int k) {
        fail(k, Integer.MAX_VALUE, Failure.DEATH);
    }

    /** The operations since then. */
    List<String> operations() {
        return operations;
    }

    /** Performs an operation, or fails. */
    private void perform(String name, Step step) throws IOException {
        operations.add(name);
        if (operations.size() < first || operations.size() > last) {
            step.run();
            return;
        }
        if (failure == Failure.DONE_AND_DENIED) {
            step.run();
        }
        throw new IOException(failure.reason);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private boolean failsNext() {
        return operations.size() + 1 >= first && operations.size() + 1 <= last;
    }

    private void change(Map<Path, @Nullable Inode> change) {
        pending.add(new Change(change));
        change.forEach((name, inode) -> {
            if (inode == null) {
                names.remove(name);
            } else {
                names.put(name, inode);
            }
        });
    }

    private static Map<Path, @Nullable Inode> one(Path name, @Nullable Inode inode) {
        Map<Path, @Nullable Inode> change = new HashMap<>();
        change.put(name, inode);
        return change;
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        OutputStream[] out = new OutputStream[1];
        if (failsNext() && failure == Failure.DONE_AND_DENIED) {
            perform("create", () -> {}); // If it fails there is no file: that is what it promises.
        }
        perform("create", () -> {
            out[0] = disk.create(file);
            Inode inode = new Inode();
            open.put(out[0], inode);
            change(one(file, inode));
        });
        return out[0];
    }

    @Override
    public void write(OutputStream file, byte[] bytes, int offset, int length) throws IOException {
        if (failsNext() && failure != Failure.DONE_AND_DENIED && failure != Failure.DEATH) {
            append(file, bytes, offset, length / 2);
        }
        perform("write", () -> append(file, bytes, offset, length));
    }

    private void append(OutputStream file, byte[] bytes, int offset, int length) throws IOException {
        disk.write(file, bytes, offset, length);
        Inode inode = open.get(file);
        int before = inode.written.length;
        inode.written = Arrays.copyOf(inode.written, before + length);
        System.arraycopy(bytes, offset, inode.written, before, length);
    }

    @Override
    public void force(OutputStream file) throws IOException {
        Inode inode = open.get(file);
        if (failsNext() && failure == Failure.INPUT_OUTPUT) {
            inode.lost = true;
        }
        perform("force", () -> {
            if (!inode.lost) {
                inode.durable = inode.written.clone();
            }
        });
    }

    @Override
    public void close(OutputStream file) throws IOException {
        disk.close(file); // Closed it is, also where that fails.
        perform("close", () -> {});
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        perform("move", () -> {
            disk.move(from, to);
            Map<Path, @Nullable Inode> change = one(from, null);
            change.put(to, names.get(from));
            change(change);
        });
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        if (!links) {
            operations.add("link");
            throw new IOException("Operation not permitted");
        }
        if (failsNext() && failure == Failure.DONE_AND_DENIED) {
            perform("link", () -> {}); // If it fails there is no such name.
        }
        perform("link", () -> {
            disk.link(name, file);
            change(one(name, names.get(file)));
        });
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        perform("force folder", () -> {
            durable.clear();
            durable.putAll(names);
            pending.clear();
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        perform("delete", () -> {
            disk.delete(file);
            change(one(file, null));
        });
    }

    /** Whether what the process sees is what it has done. */
    boolean isTrue() throws IOException {
        for (Map.Entry<Path, Inode> entry : names.entrySet()) {
            if (!Arrays.equals(Files.readAllBytes(entry.getKey()), entry.getValue().written)) {
                return false;
            }
        }
        return true;
    }

    /** The folders that there may be after a power failure, each as files by name. */
    Set<Map<Path, byte[]>> afterPowerFailure() {
        Map<List<Object>, Map<Path, byte[]>> states = new HashMap<>();
        for (int kept = 0; kept < 1 << pending.size(); kept++) {
            Map<Path, Inode> state = new TreeMap<>(durable);
            for (int i = 0; i < pending.size(); i++) {
                if ((kept >> i & 1) == 1) {
                    pending.get(i).names().forEach((name, inode) -> {
                        if (inode == null) {
                            state.remove(name);
                        } else {
                            state.put(name, inode);
                        }
                    });
                }
            }
            fill(state, states);
        }
        return new LinkedHashSet<>(states.values());
    }

    /** Adds every combination of what may remain of the files. */
    private static void fill(Map<Path, Inode> names, Map<List<Object>, Map<Path, byte[]>> states) {
        List<Map<Path, byte[]>> contents = List.of(new TreeMap<>());
        for (Inode inode : new LinkedHashSet<>(names.values())) {
            List<Map<Path, byte[]>> more = new ArrayList<>();
            for (Map<Path, byte[]> before : contents) {
                for (byte[] remains : inode.remains()) {
                    Map<Path, byte[]> content = new TreeMap<>(before);
                    names.forEach((name, of) -> {
                        if (of == inode) {
                            content.put(name, remains);
                        }
                    });
                    more.add(content);
                }
            }
            contents = more;
        }
        contents.forEach(content -> {
            List<Object> key = new ArrayList<>();
            content.forEach((name, bytes) -> key.addAll(List.of(name, Arrays.hashCode(bytes))));
            states.put(key, content);
        });
    }
}
