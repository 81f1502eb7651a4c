package io.github.ntm4j.studio.run;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.run.MetricsReader;
import io.github.ntm4j.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of a run, followed as they grow: nothing is read twice, and nothing is read where the file has not changed. */
final class Followed {
    private final RunFolder run;
    private final int most;
    private History history;
    private MetricsReader.Position position = MetricsReader.Position.START;
    private long size = -1;
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
     * Reads what is new.
     *
     * @return whether anything is
     */
    synchronized boolean advance() {
        try {
            BasicFileAttributes now = Files.readAttributes(run.metrics(), BasicFileAttributes.class);
            if (now.size() == size && now.lastModifiedTime().equals(written)) {
                return false;
            }
            size = now.size();
            written = now.lastModifiedTime();
        } catch (IOException absent) {
            boolean before = size >= 0;
            size = -1;
            written = null;
            begin();
            return before;
        }
        try {
            problem = null;
            return read();
        } catch (UserException damaged) {
            problem = damaged.getMessage();
            return true;
        }
    }

    private boolean read() {
        for (boolean news = false; ; news = true) {
            MetricsReader.Part part = MetricsReader.readSome(run, position);
            if (part.again()) {
                begin();
            }
            part.lines().forEach(history::add);
            if (part.next().equals(position)) {
                return news || part.again();
            }
            position = part.next();
        }
    }

    private void begin() {
        history = new History(most);
        position = MetricsReader.Position.START;
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
    synchronized Optional<FileTime> written() {
        return Optional.ofNullable(written);
    }

    /** Why the metrics cannot be read. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
