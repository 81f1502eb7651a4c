package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads sequences from JSON Lines, one at a time, so that files may be larger than memory. Each line is an object
 *
 * <pre>
 * {"input": [[0, 1], [1, 0]], "target": [[1], [0]], "mask": [0, 1]}
 * {"input": [2, 0, 1], "target": [1, 1, 0]}
 * {"input": "abc", "target": "cba"}
 * </pre>
 *
 * with a {@linkplain SequenceForm vector, a symbol or a character} for each step; {@code target} and {@code mask} may be absent, and have
 * as many steps as the input, unless the coding says that answers follow their inputs. Blank lines are skipped. Everything wrong with a
 * line is a {@link UserException} that names the file, the line and, where there is one, the step, both counted from 1. After an error the
 * reader is of no further use.
 */
public final class SequenceReader implements Closeable {
    private final LineInput lines;
    private final LineDecoder decoder;
    private final @Nullable SequenceCoding coding;

    private SequenceReader(InputStream in, String name, SequenceFormat format, @Nullable SequenceCoding coding) {
        this.coding = coding;
        lines = new LineInput(in, name, format.maxLineBytes());
        decoder = new LineDecoder(name, format);
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param format what its lines must be like
     * @return a reader before the first line
     * @throws UserException if it is missing, a folder, or not readable
     */
    public static SequenceReader open(Path file, SequenceFormat format) {
        return new SequenceReader(stream(file), file.toString(), format, null);
    }

    /**
     * Opens a file of sequences for a machine.
     *
     * @param file the file
     * @param coding how its lines become vectors
     * @return a reader before the first line
     * @throws UserException if it is missing, a folder, or not readable
     */
    public static SequenceReader open(Path file, SequenceCoding coding) {
        return new SequenceReader(stream(file), file.toString(), SequenceFormat.of(coding), coding);
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
     */
    public static SequenceReader of(InputStream in, String name, SequenceCoding coding) {
        return new SequenceReader(in, name, SequenceFormat.of(coding), coding);
    }

    /**
     * The next line as it stands.
     *
     * @return the line; null at the end
     * @throws UserException if the line is not a sequence of the expected format
     */
    public @Nullable SequenceLine nextLine() {
        if (!lines.next()) {
            return null;
        }
        SequenceLine line = decoder.parse(lines.bytes(), lines.length(), lines.number());
        if (coding != null) {
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

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw UserException.cannotRead(decoder.name(), e);
        }
    }
}
