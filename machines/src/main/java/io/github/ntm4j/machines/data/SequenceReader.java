package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sequences of a file, one at a time. JSON Lines, which may be larger than memory, have an object a line
 *
 * <pre>
 * {"input": [[0, 1], [1, 0]], "target": [[1], [0]], "mask": [0, 1]}
 * {"input": [2, 0, 1], "target": [1, 1, 0]}
 * {"input": "abc", "target": "cba"}
 * {"input": ["jump", "twice"], "target": ["JUMP", "JUMP"]}
 * </pre>
 *
 * with a {@linkplain SequenceForm vector, a symbol, a character or a word} for each step; {@code target} and {@code mask} may be absent, and
 * have as many steps as the input, unless the coding says that answers follow their inputs. Blank lines are skipped. Tables and arrays are
 * read into memory, see {@link Reading}; each of them may be compressed by gzip. Everything wrong with a sequence is a {@link UserException}
 * that names the file, the line and, where there is one, the step, both counted from 1. After an error the reader is of no further use.
 */
public final class SequenceReader implements Closeable {
    private final DataStream stream;
    private final Lines lines;
    private final LineDecoder decoder;
    private final @Nullable SequenceCoding coding;

    private SequenceReader(InputStream in, String name, SequenceFormat format, @Nullable SequenceCoding coding) {
        this.coding = coding;
        stream = DataStream.of(in, name, format.reading().format());
        boolean arrays = stream.format() == Reading.Format.NPZ || stream.format() == Reading.Format.NPY;
        decoder = new LineDecoder(name, format, arrays ? "sequence" : "line");
        lines = switch (stream.format()) {
            case AUTO, JSON_LINES -> new Lines.Json(new LineInput(stream.in(), name, format.maxLineBytes()), decoder);
            case CSV, TSV -> TableFile.read(stream.in(), name, stream.format() == Reading.Format.TSV, format, decoder);
            case NPZ -> ArrayFile.readNpz(stream.in(), name, format, decoder);
            case NPY -> ArrayFile.readNpy(stream.in(), name, format, decoder);
        };
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param format what its lines must be like
     * @return a reader before the first line
     * @throws UserException if it is missing, a folder, not readable, or a table or an array that is not as expected
     */
    public static SequenceReader open(Path file, SequenceFormat format) {
        return opened(file, format, null);
    }

    /**
     * Opens a file of sequences for a machine.
     *
     * @param file the file
     * @param coding how its lines become vectors
     * @return a reader before the first line
     * @throws UserException if it is missing, a folder, not readable, or a table or an array that is not as expected
     */
    public static SequenceReader open(Path file, SequenceCoding coding) {
        return open(file, coding, Reading.DEFAULT);
    }

    /**
     * Opens a file of sequences for a machine.
     *
     * @param file the file
     * @param coding how its sequences become vectors
     * @param reading how the file is read
     * @return a reader before the first sequence
     * @throws UserException if it is missing, a folder, not readable, or a table or an array that is not as expected
     */
    public static SequenceReader open(Path file, SequenceCoding coding, Reading reading) {
        return opened(file, SequenceFormat.of(coding).withReading(reading), coding);
    }

    /** Opens a file; closes it again where its first bytes are refused. */
    private static SequenceReader opened(Path file, SequenceFormat format, @Nullable SequenceCoding coding) {
        InputStream in = stream(file);
        try {
            return new SequenceReader(in, file.toString(), format, coding);
        } catch (UserException refused) {
            try {
                in.close();
            } catch (IOException e) {
                refused.addSuppressed(e);
            }
            throw refused;
        }
    }

    private static InputStream stream(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserException("cannot read " + file + ": it is a folder, not a file of JSON Lines");
        }
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    /**
     * Reads a stream, such as the standard input; {@link #close} closes it.
     *
     * @param in the stream
     * @param name what messages call it, such as {@code <stdin>}
     * @param format what its lines must be like
     * @return a reader before the first line
     * @throws UserException if it cannot be read, or is a table or an array that is not as expected
     */
    public static SequenceReader of(InputStream in, String name, SequenceFormat format) {
        return new SequenceReader(in, name, format, null);
    }

    /**
     * Reads a stream of sequences for a machine; {@link #close} closes it.
     *
     * @param in the stream
     * @param name what messages call it, such as {@code <stdin>}
     * @param coding how its lines become vectors
     * @return a reader before the first line
     * @throws UserException if it cannot be read, or is a table or an array that is not as expected
     */
    public static SequenceReader of(InputStream in, String name, SequenceCoding coding) {
        return of(in, name, coding, Reading.DEFAULT);
    }

    /**
     * Reads a stream of sequences for a machine; {@link #close} closes it.
     *
     * @param in the stream
     * @param name what messages call it, such as {@code <stdin>}
     * @param coding how its sequences become vectors
     * @param reading how it is read
     * @return a reader before the first sequence
     * @throws UserException if it cannot be read, or is a table or an array that is not as expected
     */
    public static SequenceReader of(InputStream in, String name, SequenceCoding coding, Reading reading) {
        return new SequenceReader(in, name, SequenceFormat.of(coding).withReading(reading), coding);
    }

    /**
     * The next line as it stands.
     *
     * @return the line; null at the end
     * @throws UserException if the line is not a sequence of the expected format
     */
    public @Nullable SequenceLine nextLine() {
        SequenceLine line = lines.next();
        if (line != null && coding != null) {
            decoder.requireSteps(line, coding);
        }
        return line;
    }

    /**
     * The next sequence, in arrays of its own.
     *
     * @return its vectors, by the coding that was given, or as they stand where none was; null at the end
     * @throws UserException if the line is not a sequence of the expected format, or has no vectors
     */
    public @Nullable SequenceData next() {
        SequenceLine line = nextLine();
        return line == null ? null : decoder.encode(line, coding == null ? plain(line) : coding);
    }

    private static SequenceCoding plain(SequenceLine line) {
        return SequenceCoding.vectors(width(line.input()), line.target() == null ? 1 : width(line.target()));
    }

    private static int width(SequenceSide side) {
        if (side instanceof SequenceSide.Vectors vectors) {
            return vectors.width();
        }
        throw new IllegalStateException("expected a format of vectors, or a coding");
    }

    /**
     * How the file turned out to be written.
     *
     * @return not {@code AUTO}
     */
    public Reading.Format fileFormat() {
        return stream.format();
    }

    /**
     * What messages call a sequence, before its number.
     *
     * @return {@code line} or {@code sequence}
     */
    public String each() {
        return decoder.each();
    }

    /**
     * Settings of a task that reading the file found out, beside what its sequences are like.
     *
     * @return values by their keys, such as {@code label_column}
     */
    public Map<String, Object> found() {
        return lines instanceof Lines.Held held ? held.found() : Map.of();
    }

    /**
     * What was found in a file that is not of JSON Lines, for people.
     *
     * @return a line, such as {@code 28 rows, columns parted by tabs, no header: a series in each row, column 1 its label}; empty for JSON
     *     Lines
     */
    public String note() {
        return lines instanceof Lines.Held held ? held.note() : "";
    }

    /**
     * What the file is, as it stands; reads it to its end.
     *
     * @return SHA-256 in hexadecimal
     */
    public String sha256() {
        return stream.sha256(decoder.name());
    }

    /** Whether the sequences can be found again in the file by where their lines begin. */
    boolean canBeFoundAgain() {
        return lines instanceof Lines.Json && !stream.packed();
    }

    /** All sequences that are left, to be drawn from in memory. */
    Sequences all(SequenceCoding all) {
        if (lines instanceof Lines.Held held) {
            return new SequenceList(decoder, held.all(), all, stream.sha256(decoder.name()), held.holdBack());
        }
        HeldBytes bytes = new HeldBytes(decoder.name());
        List<SequenceLine> read = new ArrayList<>();
        for (SequenceLine line = nextLine(); line != null; line = nextLine()) {
            bytes.add(line.bytes());
            read.add(line);
        }
        return new SequenceList(decoder, read, all, stream.sha256(decoder.name()), new Sequences.HoldBack.Any());
    }

    @Override
    public void close() {
        try {
            lines.close();
            stream.close();
        } catch (IOException e) {
            throw UserException.cannotRead(decoder.name(), e);
        }
    }
}
