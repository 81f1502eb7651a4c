package io.github.ntm4j.learning.run;

import io.github.ntm4j.machines.checkpoint.AtomicFiles;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.machines.model.ModelFormat;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The film of a training: the machine as it was before the first update and after every so many sequences, so that one can look at it doing
 * the same thing through its training. The interval doubles whenever there would be more than {@code training.snapshots} machines, and every
 * second one is then deleted:
 *
 * <pre>
 * interval(s) = the least of 100, 200, 400, ... with s / interval &lt; snapshots
 * </pre>
 *
 * Of the updates between two multiples of the interval the first is kept, whose number is the multiple itself where the batch divides it.
 * What is kept after s sequences depends on s alone, so a training that is resumed keeps what an unbroken one does. The files are written
 * beside the training, which only copies its parameters for them.
 */
public final class Film implements AutoCloseable {
    private static final long FIRST_INTERVAL = 100;
    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,17})\\.safetensors");

    private final RunFolder folder;
    private final RunConfig config;
    private final String made = ModelFormat.made();
    private final Machine machine;
    private final int most;
    private final TreeSet<Long> kept = new TreeSet<>();
    private long interval;
    private CompletableFuture<@Nullable Void> pending = CompletableFuture.completedFuture(null);

    /** The film of a run that has come to some number of sequences: what was kept later is deleted. */
    Film(RunFolder folder, RunConfig config, Machine machine, long sequences) {
        this.folder = folder;
        this.config = config;
        this.machine = machine;
        this.most = config.training().snapshots();
        kept.addAll(frames(folder).keySet());
        SortedSet<Long> later = kept.tailSet(sequences, false);
        deleteAll(List.copyOf(later));
        later.clear();
        if (Files.isDirectory(folder.film())) {
            AtomicFiles.removeLeftovers(folder.film());
        }
    }

    /**
     * The machines of a run's film.
     *
     * @param run its directory
     * @return files that {@link Model#load} takes by how many sequences the training had seen, the untrained one first; none where there is
     *     no film. While the run trains, a file may be deleted at any time
     */
    public static SequencedMap<Long, Path> frames(RunFolder run) {
        SequencedMap<Long, Path> frames = new TreeMap<>();
        if (Files.isDirectory(run.film())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(run.film(), "*.safetensors")) {
                for (Path file : files) {
                    Matcher name = NAME.matcher(Objects.toString(file.getFileName()));
                    if (name.matches()) {
                        frames.put(Long.parseLong(name.group(1)), file);
                    }
                }
            } catch (IOException e) {
                throw UserException.cannotRead(run.film(), e);
            }
        }
        return Collections.unmodifiableSequencedMap(frames);
    }

    /** How many sequences lie between two machines of a training that has come to some number of sequences. */
    static long interval(long sequences, int most) {
        long interval = FIRST_INTERVAL;
        while (sequences / interval >= most) {
            interval *= 2;
        }
        return interval;
    }

    /** Between two updates: keeps the machine if it is time. */
    void show(long sequences) {
        if (most == 0) {
            return;
        }
        long now = interval(sequences, most);
        List<Long> others = now == interval ? List.of() : thin(now);
        interval = now;
        if (kept.isEmpty() || kept.getLast() / interval < sequences / interval) {
            float[] values = machine.parameters().values().clone();
            kept.add(sequences);
            beside(() -> {
                deleteAll(others);
                write(sequences, values);
            });
        } else if (!others.isEmpty()) {
            beside(() -> deleteAll(others));
        }
    }

    private void write(long sequences, float[] values) {
        Safetensors frame = Checkpoints.withoutTraining(config, made, machine.parameters(), values, OptionalLong.of(sequences));
        if (frame.firstNonFinite().isPresent()) {
            return; // The training is about to say so itself.
        }
        try {
            Files.createDirectories(folder.film());
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder.film(), e);
        }
        AtomicFiles.writeUnforced(folder.frame(sequences), frame.bytes());
    }

    /** Does something on another thread after all that was to be done before. */
    private void beside(Runnable action) {
        settle();
        pending = CompletableFuture.runAsync(action);
    }

    /**
     * Waits until everything is in its file, as before a checkpoint: whoever goes on from that finds the film up to there.
     *
     * @throws RunFailedException if it could not be written
     */
    void settle() {
        try {
            pending.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RunFailedException failed) {
                throw new RunFailedException(String.valueOf(failed.getMessage()), failed);
            }
            throw e;
        }
    }

    /** Waits until nothing more is written. */
    @Override
    public void close() {
        pending.handle((_, _) -> true).join();
    }

    /** Keeps the first machine of each interval; returns the others. */
    private List<Long> thin(long now) {
        List<Long> others = new ArrayList<>();
        long last = -1;
        for (long sequences : kept) {
            if (sequences / now == last) {
                others.add(sequences);
            }
            last = sequences / now;
        }
        kept.removeAll(others);
        return others;
    }

    private void deleteAll(Collection<Long> frames) {
        for (long sequences : frames) {
            try {
                Files.deleteIfExists(folder.frame(sequences));
            } catch (IOException e) {
                throw RunFailedException.cannotWrite(folder.frame(sequences), e);
            }
        }
    }
}
