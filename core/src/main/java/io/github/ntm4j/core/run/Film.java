package io.github.ntm4j.core.run;

import io.github.ntm4j.core.checkpoint.AtomicFiles;
import io.github.ntm4j.core.checkpoint.Safetensors;
import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.machine.Machine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * What is kept after s sequences depends on s alone, so a training that is resumed keeps what an unbroken one does.
 */
public final class Film {
    private static final long FIRST_INTERVAL = 100;
    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,17})\\.safetensors");

    private final RunFolder folder;
    private final RunConfig config;
    private final Machine<?> machine;
    private final int most;
    private final TreeSet<Long> kept = new TreeSet<>();
    private long interval;

    /** The film of a run that has come to some number of sequences: what was kept later is deleted. */
    Film(RunFolder folder, RunConfig config, Machine<?> machine, long sequences) {
        this.folder = folder;
        this.config = config;
        this.machine = machine;
        this.most = config.training().snapshots();
        kept.addAll(frames(folder).keySet());
        deleteAll(kept.tailSet(sequences, false));
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
        if (now != interval) {
            interval = now;
            thin();
        }
        if (kept.isEmpty() || kept.getLast() / interval < sequences / interval) {
            keep(sequences);
        }
    }

    private void keep(long sequences) {
        Safetensors frame = Checkpoints.withoutTraining(config, machine, sequences);
        if (frame.firstNonFinite().isPresent()) {
            return; // The training is about to say so itself.
        }
        try {
            Files.createDirectories(folder.film());
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(folder.film(), e);
        }
        AtomicFiles.writeUnforced(folder.frame(sequences), frame.bytes());
        kept.add(sequences);
    }

    /** Keeps the first machine of each interval. */
    private void thin() {
        TreeSet<Long> others = new TreeSet<>();
        long last = -1;
        for (long sequences : kept) {
            if (sequences / interval == last) {
                others.add(sequences);
            }
            last = sequences / interval;
        }
        kept.removeAll(others);
        deleteAll(others);
    }

    private void deleteAll(Iterable<Long> frames) {
        for (Iterator<Long> each = frames.iterator(); each.hasNext(); ) {
            long sequences = each.next();
            try {
                Files.deleteIfExists(folder.frame(sequences));
            } catch (IOException e) {
                throw RunFailedException.cannotWrite(folder.frame(sequences), e);
            }
            each.remove();
        }
    }
}
