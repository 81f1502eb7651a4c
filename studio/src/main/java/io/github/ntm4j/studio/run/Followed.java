package io.github.ntm4j.studio.run;

import io.github.ntm4j.learning.run.MetricsLine;
import io.github.ntm4j.learning.run.MetricsReader;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.OwnFiles;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of a run, followed as they grow: nothing is read twice, and nothing is read where the file has not changed. */
final class Followed {
    private static final long PATIENCE = 1000;

    private final RunFolder run;
    private final int most;

    /** Of who reads the file. */
    private final ReentrantLock reading = new ReentrantLock();

    private MetricsReader.Position position = MetricsReader.Position.START;
    private long size = -1;

    /** Guarded by this, which is never held while something is read. */
    private History history;

    private @Nullable FileTime written;
    private @Nullable String problem;

    /**
     * Follows a run from its beginning.
     *
     * @param run its directory
     * @param most points in a series
     */
    Followed(RunFolder run, int most) {
        this.run = run;
        this.most = most;
        this.history = new History(most);
    }

    /** The run's directory. */
    RunFolder run() {
        return run;
    }

    /**
     * Reads what is new, up to what there is now. Where somebody else is at it, that is waited for a little.
     *
     * @return whether anything is
     */
    boolean advance() {
        try {
            if (!reading.tryLock(PATIENCE, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    /** Only the files are waited for here; nothing else waits for them. */
    private boolean read() {
        Optional<BasicFileAttributes> now = OwnFiles.file(run.path(), run.metrics());
        if (now.isEmpty()) {
            boolean before = size >= 0;
            size = -1;
            position = MetricsReader.Position.START;
            take(null, List.of(), true, null);
            return before;
        }
        long end = now.get().size();
        FileTime time = now.get().lastModifiedTime();
        if (end == size && time.equals(written())) {
            return false;
        }
        size = end;
        try {
            boolean news = false;
            boolean more = true;
            while (more) {
                MetricsReader.Part part = MetricsReader.readSome(run, position, 2 * most);
                news |= part.again() || !part.next().equals(position);
                more = !part.next().equals(position) && part.next().offset() < end;
                position = part.next();
                take(time, part.lines(), part.again(), null);
            }
            return news;
        } catch (UserException damaged) {
            take(time, List.of(), false, FileProblem.describe("metrics.jsonl", damaged));
            return true;
        }
    }

    private synchronized void take(@Nullable FileTime time, List<MetricsLine> lines, boolean again, @Nullable String wrong) {
        written = time;
        problem = wrong;
        if (again) {
            history = new History(most);
        }
        lines.forEach(history::add);
    }

    /**
     * What the metrics tell up to now.
     *
     * @param question what to take from the history, on which nothing else works meanwhile
     */
    synchronized <T extends @Nullable Object> T ask(Function<History, T> question) {
        return question.apply(history);
    }

    /** When the metrics were written to last. */
    synchronized Optional<FileTime> writtenLast() {
        return Optional.ofNullable(written);
    }

    private synchronized @Nullable FileTime written() {
        return written;
    }

    /** Why the metrics cannot be read. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
