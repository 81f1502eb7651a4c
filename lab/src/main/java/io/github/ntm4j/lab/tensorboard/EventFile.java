package io.github.ntm4j.lab.tensorboard;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the scalars of a run to a TensorBoard event file, {@code events.out.tfevents.<seconds since 1970>.ntm4j}. The name
 * doesn't carry the name of the computer, as other writers' files do: runs are shared. Not thread-safe.
 *
 * <p>A run that is resumed gets a second file with a later number; TensorBoard reads the files of a folder in that order.
 */
public final class EventFile implements Closeable {
    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\..*");
    private static final String VERSION = "brain.Event:2";
    private static final long MAX_FILE_BYTES = 1L << 30;

    private final Path path;
    private final InstantSource clock;
    private final OutputStream out;

    private EventFile(Path path, InstantSource clock, OutputStream out) {
        this.path = path;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Begins the event file of a new run.
     *
     * @param folder of the run; must exist
     * @param clock tells the time of every point
     * @return the file, open
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public static EventFile create(Path folder, InstantSource clock) {
        EventFile file = open(folder, clock);
        file.append(EventMessage.version(file.now(), VERSION));
        file.flush();
        return file;
    }

    /**
     * Begins another event file in the folder of a run that is resumed. Points that the run wrote after the checkpoint it is
     * resumed from, at {@code firstStep} or later, are dropped by TensorBoard.
     *
     * @param folder of the run; must exist
     * @param clock tells the time of every point
     * @param firstStep the step that is written next
     * @return the new file, open
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public static EventFile resume(Path folder, InstantSource clock, long firstStep) {
        EventFile file = create(folder, clock);
        file.append(EventMessage.sessionStart(file.now(), firstStep));
        file.flush();
        return file;
    }

    private static EventFile open(Path folder, InstantSource clock) {
        try {
            long seconds = Math.max(clock.instant().getEpochSecond(), lastNumber(folder) + 1);
            while (true) {
                Path path = folder.resolve("events.out.tfevents." + seconds + ".ntm4j");
                try {
                    OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    return new EventFile(path, clock, new BufferedOutputStream(out));
                } catch (FileAlreadyExistsException e) {
                    seconds++;
                }
            }
        } catch (IOException e) {
            throw RunFailedException.cannotWrite("an event file in " + folder, e);
        }
    }

    private static long lastNumber(Path folder) throws IOException {
        long last = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "events.out.tfevents.*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    last = Math.max(last, Long.parseLong(name.group(1)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return last;
    }

    /**
     * Where the file is.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    /**
     * Adds a point to a curve; it reaches the file at the latest with {@link #flush}.
     *
     * @param tag the curve's name; slashes group curves
     * @param step where on the axis
     * @param value how high
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public void scalar(String tag, long step, float value) {
        append(EventMessage.scalar(new Scalar(now(), step, tag, value)));
    }

    /** Passes all points on to the file, so that TensorBoard sees them. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
    }

    private void append(byte[] message) {
        try {
            EventRecords.write(out, message);
        } catch (IOException e) {
            throw RunFailedException.cannotWrite(path, e);
        }
    }

    private double now() {
        Instant now = clock.instant();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    /**
     * What an event file holds.
     *
     * @param scalars in the order of the file
     * @param cutShort whether the last record is incomplete, as a process that was killed leaves it
     */
    public record Content(List<Scalar> scalars, boolean cutShort) {
        /** Copies the list. */
        public Content {
            scalars = List.copyOf(scalars);
        }
    }

    /**
     * Reads the scalars of an event file, and checks every record's checksum. Events of other kinds are skipped.
     *
     * @param file where it is
     * @return the scalars
     * @throws UserException if the file is missing, larger than 1 GiB, not an event file, or damaged
     */
    public static Content read(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + file + ": it is a folder, not an event file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new UserException("cannot read " + file + ": larger than " + MAX_FILE_BYTES + " bytes");
            }
            return read(new EventRecords(in), file.toString());
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    /**
     * Reads an event file that is in memory, in the same way.
     *
     * @param file the bytes of the file
     * @param where what messages call it, such as the file's name
     * @return what it holds
     * @throws UserException if it is not an event file, or damaged
     */
    public static Content parse(byte[] file, String where) {
        try {
            return read(new EventRecords(new ByteArrayInputStream(file)), where);
        } catch (IOException e) {
            throw UserException.cannotRead(where, e);
        }
    }

    private static Content read(EventRecords records, String where) throws IOException {
        List<Scalar> scalars = new ArrayList<>();
        long record = 0;
        try {
            for (byte[] message = records.next(); message != null; message = records.next()) {
                record++;
                EventMessage event = EventMessage.parse(message);
                if (record == 1 && !VERSION.equals(event.version())) {
                    throw new EventFormatException("the first record doesn't say " + VERSION);
                }
                scalars.addAll(event.scalars());
            }
            if (record == 0) {
                throw new EventFormatException("it holds not one whole record");
            }
        } catch (EventFormatException e) {
            throw new UserException(where + (record <= 1 ? " is not an event file, or damaged" : " is damaged") + ", at byte "
                    + records.recordStart() + ": " + e.getMessage(), e);
        }
        return new Content(scalars, records.cutShort());
    }
}
